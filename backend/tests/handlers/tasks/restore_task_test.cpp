#include "backend/handlers/tasks/restore_task.h"

#include <gtest/gtest.h>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

class RestoreTask : public DatabaseTest {
 protected:
  TaskWorld world{database()};
  Person ann = world.add_person("ann");
  std::string id = world.add_task(ann, "Buy milk");
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         RestoreTask,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(RestoreTask, brings_a_deleted_task_back_as_it_was_with_a_new_version) {
  world.update(ann, id, R"({"status":"completed","due_date":"2026-03-20"})");
  world.remove(ann, id);

  const auto response = world.restore(ann, id);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "ETag"), "\"4\"");
  const auto task = at(json_of(response), "task");
  EXPECT_EQ(text_at(task, "description"), "Buy milk");
  EXPECT_EQ(text_at(task, "status"), "completed");
  EXPECT_EQ(text_at(task, "due_date"), "2026-03-20");
  EXPECT_EQ(text_at(task, "completed_at"), "2026-03-12T09:30:00.000000Z");
  EXPECT_EQ(world.get(ann, id).body, response.body);
}

TEST_P(RestoreTask, of_a_live_task_changes_nothing) {
  const std::string before = world.dump();
  world.clock().advance(std::chrono::seconds(1));
  const auto response = world.restore(ann, id);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, world.get(ann, id).body);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(RestoreTask, of_what_is_not_there_is_404) {
  EXPECT_EQ(world.restore(ann, world.new_id().to_string()).status, 404);
}

TEST_P(RestoreTask, takes_an_empty_object_as_body_and_nothing_else) {
  world.remove(ann, id);
  auto request = world.request(ann);
  request.path_parameters.emplace_back("task_id", id);
  request.body = R"({"version":1})";
  EXPECT_EQ(wrong_fields(world.restore_handler().handle(request)),
            std::vector<std::string>{"version:unknown"});
  request.body = "[]";
  EXPECT_EQ(world.restore_handler().handle(request).status, 400);
  request.body = "{}";
  EXPECT_EQ(world.restore_handler().handle(request).status, 200);
}

TEST_P(RestoreTask, without_a_live_session_is_401_and_writes_nothing) {
  world.remove(ann, id);
  world.end_session(ann);
  const std::string before = world.dump();
  EXPECT_EQ(world.restore(ann, id).status, 401);
  EXPECT_EQ(world.dump(), before);
}

}  // namespace
}  // namespace tms::tests
