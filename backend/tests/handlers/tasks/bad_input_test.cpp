// Bad input of every kind to the task calls: the documented 4xx, and nothing written.

#include <gtest/gtest.h>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/field_codes.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

struct BadBody {
  std::string body;
  int status;
  /// Of a 422.
  std::vector<std::string> fields;
};

/// Wrong for create_task and update_task alike.
std::vector<BadBody> bad_for_both() {
  return {
      {"", 400, {}},
      {"{", 400, {}},
      {"[]", 400, {}},
      {"null", 400, {}},
      {"\"x\"", 400, {}},
      {R"({"description":"x","description":"y"})", 400, {}},
      {R"({"description":"x",})", 400, {}},
      {"{\"description\":\"\xff\"}", 400, {}},
      {R"({"description":"\ud800"})", 400, {}},
      {R"({"description":"x"} x)", 400, {}},
      {R"({"description":)" + repeat("[", 1000) + repeat("]", 1000) + "}", 400, {}},
      {R"({"description":1})", 422, {"description:type"}},
      {R"({"description":null})", 422, {"description:type"}},
      {R"({"description":["x"]})", 422, {"description:type"}},
      {R"({"description":{"x":1}})", 422, {"description:type"}},
      {R"({"description":true})", 422, {"description:type"}},
      {R"({"description":""})", 422, {"description:too_short"}},
      {R"({"description":" \n\t\u00a0\u3000\ufeff"})", 422, {"description:too_short"}},
      {R"({"description":")" + repeat("x", 2001) + "\"}", 422, {"description:too_long"}},
      {R"({"description":"a\u0000b"})", 422, {"description:invalid"}},
      {R"({"description":"a\u001bb"})", 422, {"description:invalid"}},
      {R"({"description":"a\u007fb"})", 422, {"description:invalid"}},
      {R"({"description":"a\u0085b"})", 422, {"description:invalid"}},
      {R"({"description":"a\rb"})", 422, {"description:invalid"}},
      {R"({"description":"x","due_date":"2026-02-30"})", 422, {"due_date:invalid"}},
      {R"({"description":"x","due_date":"0000-01-01"})", 422, {"due_date:invalid"}},
      {R"({"description":"x","due_date":""})", 422, {"due_date:invalid"}},
      {R"({"description":"x","due_date":"2026-01-01T00:00:00Z"})", 422, {"due_date:invalid"}},
      {R"({"description":"x","due_date":20260101})", 422, {"due_date:type"}},
      {R"({"description":"x","status":"done"})", 422, {"status:invalid"}},
      {R"({"description":"x","status":null})", 422, {"status:type"}},
      {R"({"description":"x","status":1})", 422, {"status:type"}},
      {R"({"description":"x","Status":"pending"})", 422, {"Status:unknown"}},
      {R"({"description":"x","owner":1,"version":1,"created_at":"x","user_id":2,"role":"owner","verified":true})",
       422,
       {"created_at:unknown", "owner:unknown", "role:unknown", "user_id:unknown",
        "verified:unknown", "version:unknown"}},
      {R"({"description":"","due_date":"x","status":"x","more":1})",
       422,
       {"description:too_short", "due_date:invalid", "more:unknown", "status:invalid"}},
  };
}

std::vector<BadBody> bad_for_create() {
  return {
      {"{}", 422, {"description:required"}},
      {R"({"description":"x","task_id":"x"})", 422, {"task_id:invalid"}},
      {R"({"description":"x","task_id":null})", 422, {"task_id:type"}},
      {R"({"description":"x","task_id":"019ce17a-70c0-4abc-8def-0123456789ab"})",
       422,
       {"task_id:invalid"}},
      {R"({"description":"x","list_id":"inbox"})", 422, {"list_id:invalid"}},
      {R"({"description":"x","list_id":null})", 422, {"list_id:type"}},
  };
}

std::vector<BadBody> bad_for_update() {
  return {
      {R"({"task_id":"019ce17a-70c0-7abc-8def-0123456789ab"})", 422, {"task_id:unknown"}},
      {R"({"list_id":"019ce17a-70c0-7abc-8def-0123456789ab"})", 422, {"list_id:unknown"}},
      {R"({"completed_at":null,"deleted_at":null})",
       422,
       {"completed_at:unknown", "deleted_at:unknown"}},
  };
}

class BadInput : public DatabaseTest {
 protected:
  static void expect(const http::Response& response, const BadBody& bad) {
    EXPECT_EQ(response.status, bad.status) << bad.body;
    EXPECT_EQ(problem_code(response), bad.status == 400 ? "malformed_request" : "validation_failed")
        << bad.body;
    EXPECT_EQ(wrong_fields(response), bad.fields) << bad.body;
    EXPECT_EQ(header_of(response, "Content-Type"), "application/problem+json; charset=utf-8");
  }

  TaskWorld world{database()};
  Person ann = world.add_person("ann");
  std::string id = world.add_task(ann, "Kept");
};
INSTANTIATE_TEST_SUITE_P(Engines, BadInput, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(BadInput, to_create_task_is_refused_and_writes_nothing) {
  const std::string before = world.dump();
  for (const BadBody& bad : bad_for_both())
    expect(world.create(ann, bad.body), bad);
  for (const BadBody& bad : bad_for_create())
    expect(world.create(ann, bad.body), bad);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(BadInput, to_update_task_is_refused_and_writes_nothing) {
  const std::string before = world.dump();
  for (const BadBody& bad : bad_for_both())
    expect(world.update(ann, id, bad.body), bad);
  for (const BadBody& bad : bad_for_update())
    expect(world.update(ann, id, bad.body), bad);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(BadInput, in_the_query_of_any_call_is_422_and_writes_nothing) {
  const std::string before = world.dump();
  auto request = world.request(ann);
  request.path_parameters.emplace_back("task_id", id);
  request.body = R"({"description":"x"})";
  request.query = {{"force", "true"}};
  for (const http::Handler* handler :
       {static_cast<const http::Handler*>(&world.create_handler()),
        static_cast<const http::Handler*>(&world.list_handler()),
        static_cast<const http::Handler*>(&world.get_handler()),
        static_cast<const http::Handler*>(&world.update_handler()),
        static_cast<const http::Handler*>(&world.delete_handler()),
        static_cast<const http::Handler*>(&world.restore_handler())}) {
    EXPECT_EQ(wrong_fields(handler->handle(request)), std::vector<std::string>{"force:unknown"});
  }
  EXPECT_EQ(world.dump(), before);
}

}  // namespace
}  // namespace tms::tests
