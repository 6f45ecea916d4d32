// A client whose `since` is from before a restore never misses a change.

#include <gtest/gtest.h>

#include "backend/db/backup/backup.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::handlers {
namespace {

class SinceAfterRestore : public tests::DatabaseTest {
 protected:
  std::string since_of(const http::Response& response) {
    const auto json = http::parse_json(response.body);
    return *json->find("since")->as_string();
  }

  bool is_told_to_reset(const std::string& since) {
    const auto json = http::parse_json(world_.list(person_, {{"since", since}}).body);
    return *json->find("reset")->as_bool();
  }

  void restore() {
    db::restore_backup(database(), file_, {world_.clock().now(), {}}, tests::soon());
    person_ = world_.sign_in_again(person_);
  }

  tests::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "backup";
  tests::TaskWorld world_{database()};
  tests::Person person_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         SinceAfterRestore,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(SinceAfterRestore, is_answered_with_reset_though_the_list_has_overtaken_it) {
  person_ = world_.add_person("ada");
  world_.add_task(person_, "kept");
  db::take_backup(database(), file_, "1.2.3", world_.clock().now(), tests::soon());
  const std::string at_backup = since_of(world_.list(person_));
  world_.add_task(person_, "lost by the restore");
  const std::string ahead = since_of(world_.list(person_));

  restore();
  for (int count = 0; count < 3; ++count)
    world_.add_task(person_, "new");

  EXPECT_TRUE(is_told_to_reset(at_backup));
  EXPECT_TRUE(is_told_to_reset(ahead));
  const std::string fresh = since_of(world_.list(person_));
  EXPECT_FALSE(is_told_to_reset(fresh));

  // The same backup a second time: the numbers of the first restore do not come again.
  world_.clock().advance(std::chrono::seconds(1));
  restore();
  for (int count = 0; count < 5; ++count)
    world_.add_task(person_, "newer");
  EXPECT_TRUE(is_told_to_reset(fresh));
}

TEST_P(SinceAfterRestore, of_the_first_load_tells_later_changes) {
  person_ = world_.add_person("ada");
  world_.add_task(person_, "kept");
  db::take_backup(database(), file_, "1.2.3", world_.clock().now(), tests::soon());
  restore();
  const std::string since = since_of(world_.list(person_));
  world_.add_task(person_, "new");
  const auto json = http::parse_json(world_.list(person_, {{"since", since}}).body);
  ASSERT_EQ(json->find("tasks")->as_array()->size(), 1U);
}

}  // namespace
}  // namespace tms::handlers
