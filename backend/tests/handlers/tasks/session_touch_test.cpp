// Every task call keeps its session alive: it notes the use, at most hourly.

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

/// Counts the writes that nobody waits for and drops them.
class CountingDatabase final : public db::Database {
 public:
  explicit CountingDatabase(db::Database& inner) : inner_(inner) {}

  [[nodiscard]] db::Engine engine() const override { return inner_.engine(); }
  void read(Work work, core::Deadline deadline) override { inner_.read(work, deadline); }
  void write(Work work, core::Deadline deadline) override { inner_.write(work, deadline); }
  void write_later(std::function<void(db::Transaction&)>) override { ++notes_; }

  int take_notes() { return std::exchange(notes_, 0); }

 private:
  db::Database& inner_;
  int notes_ = 0;
};

class SessionTouch : public DatabaseTest {
 protected:
  /// The notes that each call took, in the order of the calls.
  std::vector<int> notes_of_all_calls() {
    std::vector<int> notes;
    const auto note = [&](const http::Response&) { notes.push_back(counting.take_notes()); };
    note(world.create(ann, R"({"description":"x"})"));
    note(world.list(ann));
    note(world.get(ann, id));
    note(world.update(ann, id, R"({"status":"completed"})"));
    note(world.remove(ann, id));
    note(world.restore(ann, id));
    note(world.get(ann, "missing"));
    note(world.update(ann, "missing", "{}"));
    return notes;
  }

  CountingDatabase counting{database()};
  TaskWorld world{counting};
  Person ann = world.add_person("ann");
  std::string id = world.add_task(ann, "x");
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         SessionTouch,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(SessionTouch, is_not_noted_again_within_the_hour) {
  world.clock().advance(std::chrono::hours(1) - std::chrono::microseconds(1));
  EXPECT_EQ(notes_of_all_calls(), std::vector<int>(8, 0));
}

TEST_P(SessionTouch, is_noted_by_every_call_from_an_hour_on) {
  world.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(notes_of_all_calls(), std::vector<int>(8, 1));
}

}  // namespace
}  // namespace tms::tests
