#include "backend/handlers/tasks/delete_task.h"

#include <gtest/gtest.h>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

class DeleteTask : public DatabaseTest {
 protected:
  TaskWorld world{database()};
  Person ann = world.add_person("ann");
  std::string id = world.add_task(ann, "x");
};
INSTANTIATE_TEST_SUITE_P(Engines, DeleteTask, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(DeleteTask, takes_the_task_out_of_sight) {
  const auto response = world.remove(ann, id);
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(world.get(ann, id).status, 404);
  EXPECT_TRUE(at(json_of(world.list(ann)), "tasks").as_array()->empty());
  EXPECT_EQ(world.update(ann, id, R"({"status":"completed"})").status, 404);
}

TEST_P(DeleteTask, again_is_204_and_changes_nothing) {
  world.remove(ann, id);
  const std::string before = world.dump();
  world.clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(world.remove(ann, id).status, 204);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(DeleteTask, of_what_is_not_there_is_404) {
  EXPECT_EQ(world.remove(ann, world.new_id().to_string()).status, 404);
  EXPECT_EQ(world.remove(ann, "x").status, 404);
}

TEST_P(DeleteTask, without_a_live_session_is_401_and_writes_nothing) {
  world.end_session(ann);
  const std::string before = world.dump();
  EXPECT_EQ(world.remove(ann, id).status, 401);
  EXPECT_EQ(world.dump(), before);
}

}  // namespace
}  // namespace tms::tests
