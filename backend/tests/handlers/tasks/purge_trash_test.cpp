#include "backend/handlers/tasks/purge_trash.h"

#include <gtest/gtest.h>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

class PurgeTrash : public DatabaseTest {
 protected:
  std::int64_t purge() { return handlers::purge_trash(database(), world.clock().now(), soon()); }

  [[nodiscard]] std::string mark() const { return *text_at(json_of(world.list(ann)), "since"); }

  TaskWorld world{database()};
  Person ann = world.add_person("ann");
};
INSTANTIATE_TEST_SUITE_P(Engines, PurgeTrash, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(PurgeTrash, leaves_live_and_freshly_deleted_tasks_alone) {
  world.add_task(ann, "live");
  const std::string deleted = world.add_task(ann, "deleted");
  world.remove(ann, deleted);
  world.clock().advance(handlers::kTrashLife - std::chrono::microseconds(1));
  const std::string before = world.dump();
  EXPECT_EQ(purge(), 0);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(PurgeTrash, deletes_for_good_what_lay_there_for_its_time) {
  const std::string live = world.add_task(ann, "live");
  const std::string deleted = world.add_task(ann, "deleted");
  world.remove(ann, deleted);
  world.clock().advance(handlers::kTrashLife);
  EXPECT_EQ(purge(), 1);

  const Person now = world.sign_in_again(ann);
  EXPECT_EQ(world.get(now, live).status, 200);
  EXPECT_EQ(world.restore(now, deleted).status, 404);
  EXPECT_EQ(world.dump().find(deleted), std::string::npos);
  EXPECT_EQ(purge(), 0);
}

TEST_P(PurgeTrash, tells_clients_to_start_again_that_have_not_heard_of_the_deletion) {
  const std::string deleted = world.add_task(ann, "deleted");
  const std::string before = mark();
  world.remove(ann, deleted);
  const std::string after = mark();
  world.clock().advance(handlers::kTrashLife);
  purge();

  const Person now = world.sign_in_again(ann);
  EXPECT_TRUE(bool_at(json_of(world.list(now, {{"since", before}})), "reset"));
  EXPECT_FALSE(bool_at(json_of(world.list(now, {{"since", after}})), "reset"));
}

TEST_P(PurgeTrash, goes_through_more_than_one_batch_and_more_than_one_list) {
  const Person bob = world.add_person("bob");
  for (int index = 0; index < 5; ++index)
    world.remove(ann, world.add_task(ann, "x"));
  for (int index = 0; index < 3; ++index)
    world.remove(bob, world.add_task(bob, "x"));
  world.clock().advance(handlers::kTrashLife);
  EXPECT_EQ(handlers::purge_trash(database(), world.clock().now(), soon(), 2), 8);
  EXPECT_EQ(purge(), 0);
}

}  // namespace
}  // namespace tms::tests
