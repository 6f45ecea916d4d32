#include "backend/hosts/lambda/function.h"

#include "backend/hosts/lambda/action_function.h"
#include "backend/hosts/lambda/function_keys.h"
#include "backend/hosts/lambda/mail_function.h"
#include "backend/hosts/lambda/migrate_function.h"
#include "backend/http/router.h"

namespace tms::lambda {

core::Result<std::unique_ptr<Function>> make_function(const FunctionContext& context) {
  const std::string& action = context.settings.action;
  auto keys = read_function_keys(context);
  if (!keys) return keys.error();
  if (action == "send_mail") return make_mail_function(context, *keys);
  if (action == "migrate") return make_migrate_function(context, *keys);
  if (http::find_route(action) != nullptr) return make_action_function(context, *keys);
  core::Error error;
  error.log.value = "the handler " + action + " is no action";
  return error;
}

}  // namespace tms::lambda
