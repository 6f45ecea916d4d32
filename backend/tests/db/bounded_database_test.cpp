#include "backend/db/bounded_database.h"

#include <gmock/gmock.h>

namespace tms::db {
namespace {

using namespace std::chrono_literals;

/// Keeps the deadline that it was given.
class RecordingDatabase final : public Database {
 public:
  [[nodiscard]] Engine engine() const override { return Engine::postgres; }
  void read(Work /*work*/, core::Deadline deadline) override { given_ = deadline; }
  void write(Work /*work*/, core::Deadline deadline) override { given_ = deadline; }
  void write_later(std::function<void(Transaction&)> /*work*/) override {}

  [[nodiscard]] core::Deadline given() const { return given_; }

 private:
  core::Deadline given_ = core::Deadline::max();
};

class BoundedDatabaseTest : public testing::Test {
 protected:
  RecordingDatabase inner_;
  BoundedDatabase bounded_{inner_, 2s};
  const core::Deadline begun_ = std::chrono::steady_clock::now();
};

TEST_F(BoundedDatabaseTest, a_far_deadline_comes_nearer) {
  bounded_.read([](Transaction&) {}, begun_ + 1h);
  EXPECT_LT(inner_.given(), begun_ + 1min);
  EXPECT_GE(inner_.given(), begun_ + 2s);
  bounded_.write([](Transaction&) {}, core::Deadline::max());
  EXPECT_LT(inner_.given(), begun_ + 1min);
}

TEST_F(BoundedDatabaseTest, a_near_deadline_stays) {
  bounded_.write([](Transaction&) {}, begun_ + 1s);
  EXPECT_EQ(inner_.given(), begun_ + 1s);
}

}  // namespace
}  // namespace tms::db
