#include "backend/handlers/account/user_answer.h"

#include "backend/core/clock.h"
#include "backend/http/json_writer.h"

namespace tms::handlers {

http::Response user_answer(const auth::User& user) {
  http::JsonWriter json;
  json.begin_object();
  json.key("user");
  json.begin_object();
  json.member("user_id", user.user_id);
  json.member("username", user.username);
  json.member("email", user.email);
  json.member("created_at", user.created_at);
  json.end_object();
  json.end_object();
  return http::Response::json(200, std::move(json).take());
}

}  // namespace tms::handlers
