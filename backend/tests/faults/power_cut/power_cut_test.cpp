// The power fails at any call to the disk, under load, again and again on the same database.

#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include "backend/tests/faults/power_cut/faulty_vfs.h"
#include "backend/tests/faults/power_cut/ledger.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {
namespace {

// A database lives through so many cuts; more rows make only the check slower.
constexpr int kCutsOfOneDatabase = 10;
constexpr int kMostCallsBeforeCut = 3000;
constexpr int kWriters = 4;

int cuts_wanted() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread, and nobody sets it
  return std::getenv("TMS_TEST_LONG") == nullptr ? 50 : 1000;
}

struct Outcome {
  int cuts = 0;
  int cuts_with_loss = 0;
  std::int64_t acknowledged = 0;
  std::size_t lost = 0;
  std::string other;
};

/// Starts as the server does, with the migrations, and writes until the power fails.
void write_until_cut(const std::filesystem::path& file, Ledger& ledger, std::uint64_t seed) {
  std::optional<db::SqliteDatabase> database;
  try {
    database.emplace(db::SqliteOptions{.file = file});
    database->migrate();
  } catch (const std::exception&) {
    return;  // the power failed at the start
  }
  std::vector<std::thread> writers;
  writers.reserve(kWriters);
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      std::mt19937_64 chance(seed * kWriters + static_cast<std::uint64_t>(writer));
      while (ledger.write(*database, chance() % 6000)) {
      }
    });
  }
  for (std::thread& writer : writers)
    writer.join();
}

Outcome cut_again_and_again(int cuts) {
  Outcome outcome;
  SimulatedDisk disk;
  const FaultyVfs vfs(disk);
  std::optional<TemporaryFolder> folder;
  std::unique_ptr<Ledger> ledger;
  for (; outcome.cuts < cuts; ++outcome.cuts) {
    if (outcome.cuts % kCutsOfOneDatabase == 0) {
      if (ledger) outcome.acknowledged += ledger->acknowledged();
      ledger = std::make_unique<Ledger>();
      folder.emplace();
    }
    const auto seed = static_cast<std::uint64_t>(outcome.cuts) + 1;
    std::mt19937_64 chance(seed);
    const std::filesystem::path file = folder->path() / "tms.db";
    disk.cut_at(1 + static_cast<int>(chance() % kMostCallsBeforeCut));
    write_until_cut(file, *ledger, seed);
    disk.restore_power(chance());

    db::SqliteDatabase restarted(db::SqliteOptions{.file = file});
    restarted.migrate();
    const Ledger::Findings found = ledger->check(restarted);
    outcome.lost += found.lost.size();
    if (!found.lost.empty()) ++outcome.cuts_with_loss;
    if (!(found.phantom.empty() && found.halved.empty() && found.damage.empty())) {
      outcome.other += "cut " + std::to_string(seed) + ": " + found.text();
    }
  }
  outcome.acknowledged += ledger->acknowledged();
  return outcome;
}

void print(const Outcome& outcome) {
  std::cout << "measured: " << outcome.cuts << " cuts, " << outcome.acknowledged
            << " acknowledged, lost " << outcome.lost << " in " << outcome.cuts_with_loss
            << " cuts\n";
}

TEST(PowerCut, loses_nothing_that_was_acknowledged) {
  const Outcome outcome = cut_again_and_again(cuts_wanted());
  print(outcome);
  EXPECT_EQ(outcome.lost, 0U);
  EXPECT_EQ(outcome.other, "");
  EXPECT_GT(outcome.acknowledged, outcome.cuts * 10);
}

TEST(PowerCut, loses_acknowledged_writes_with_synchronous_normal) {
  // Else the simulated disk would be blind.
  const ForcedPragma weaker("synchronous", "normal");
  const Outcome outcome = cut_again_and_again(20);
  print(outcome);
  EXPECT_GT(outcome.lost, 0U);
  // The last transactions vanish, but what is left is whole.
  EXPECT_EQ(outcome.other, "");
}

}  // namespace
}  // namespace tms::tests
