// Every write and every sync fails once, the first, the second … to the last, and the power fails
// afterwards: what was acknowledged is there, and nobody was told of a success that was none.

#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "backend/tests/faults/power_cut/faulty_vfs.h"
#include "backend/tests/faults/power_cut/ledger.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {
namespace {

using Answer = SimulatedDisk::Answer;
using Call = SimulatedDisk::Call;

constexpr int kWrites = 40;
// For the longest disk full: longer than the whole of the writes.
constexpr int kForever = 1'000'000;

bool is_long() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  return std::getenv("TMS_TEST_LONG") != nullptr;
}

struct Outcome {
  bool started = false;
  int refused = 0;
  /// The last of the writes was accepted.
  bool works_at_the_end = false;
};

class FailingCalls : public testing::Test {
 protected:
  /// Starts, writes, and ends as the server does.
  static Outcome run(const std::filesystem::path& file, Ledger& ledger, int fault_length) {
    Outcome outcome;
    std::optional<db::SqliteDatabase> database;
    try {
      database.emplace(db::SqliteOptions{.file = file});
      database->migrate();
    } catch (const std::exception&) {
      return outcome;
    }
    outcome.started = true;
    for (int number = 0; number < kWrites || goes_on(outcome, number, fault_length); ++number) {
      const bool accepted = ledger.write(*database, static_cast<std::size_t>(number % 5) * 1500);
      if (!accepted) ++outcome.refused;
      outcome.works_at_the_end = accepted;
    }
    return outcome;
  }

  /// A fault that the last writes met must have its time to pass.
  static bool goes_on(const Outcome& outcome, int number, int fault_length) {
    return !outcome.works_at_the_end && number < kWrites + fault_length && fault_length < kForever;
  }

  /// The fault at the n-th call, for every n until it meets none; gives how many there were.
  int at_every_call(SimulatedDisk::Fault fault, int length, int step) {
    for (int nth = 1;; nth += step) {
      const TemporaryFolder folder;
      const std::filesystem::path file = folder.path() / "tms.db";
      Ledger ledger;
      fault.first = nth;
      fault.last = nth + length - 1;
      disk_.set_fault(fault);
      const Outcome outcome = run(file, ledger, length);
      if (!disk_.fault_was_met()) {
        EXPECT_EQ(outcome.refused, 0);
        return nth;
      }
      refused_ += outcome.refused;
      if (!outcome.started) ++refused_starts_;
      if (outcome.started && length < kForever) {
        EXPECT_TRUE(outcome.works_at_the_end) << "no write after the fault at call " << nth;
      }
      disk_.restore_power(static_cast<std::uint64_t>(nth));
      expect_clean(file, ledger, nth);
      acknowledged_ += ledger.acknowledged();
    }
  }

  static void expect_clean(const std::filesystem::path& file, Ledger& ledger, int nth) {
    db::SqliteDatabase restarted(db::SqliteOptions{.file = file});
    restarted.migrate();
    const Ledger::Findings found = ledger.check(restarted);
    EXPECT_TRUE(found.clean()) << "fault at call " << nth << ": " << found.text();
    EXPECT_TRUE(ledger.write(restarted, 10)) << "fault at call " << nth;
  }

  void print(int calls) const {
    std::cout << "measured: " << calls << " calls, " << acknowledged_ << " acknowledged, "
              << refused_ << " refused, " << refused_starts_ << " starts refused, lost 0\n";
  }

  SimulatedDisk disk_;
  const FaultyVfs vfs_{disk_};
  // Else no checkpoint would come within so few writes.
  const ForcedPragma checkpoints_{"wal_autocheckpoint", "20"};
  std::int64_t acknowledged_ = 0;
  int refused_ = 0;
  int refused_starts_ = 0;
};

TEST_F(FailingCalls, a_sync_that_fails_is_never_retried_into_silence) {
  const int calls = at_every_call({Call::sync, Answer::fail}, 1, 1);
  print(calls);
  EXPECT_GT(calls, kWrites);
  EXPECT_GT(refused_, kWrites / 2);
}

TEST_F(FailingCalls, a_write_that_fails_loses_nothing) {
  const int calls = at_every_call({Call::write, Answer::fail}, 1, is_long() ? 1 : 13);
  print(calls);
  EXPECT_GT(refused_, 0);
}

TEST_F(FailingCalls, half_a_write_loses_nothing) {
  const int calls = at_every_call({Call::write, Answer::short_write}, 1, is_long() ? 1 : 13);
  print(calls);
  EXPECT_GT(refused_, 0);
}

TEST_F(FailingCalls, a_full_disk_loses_nothing_and_works_again_when_freed) {
  const int calls = at_every_call({Call::write, Answer::no_space}, 20, is_long() ? 1 : 13);
  print(calls);
  EXPECT_GT(refused_, 0);
}

TEST_F(FailingCalls, a_disk_that_fails_for_good_loses_nothing) {
  const int calls = at_every_call({Call::sync, Answer::fail}, kForever, is_long() ? 1 : 3);
  print(calls);
  EXPECT_GT(refused_, kWrites);
}

}  // namespace
}  // namespace tms::tests
