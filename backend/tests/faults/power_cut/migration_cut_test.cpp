// The power fails at every call to the disk during the first start: the next start completes it.

#include <gmock/gmock.h>

#include <iostream>

#include "backend/tests/faults/power_cut/faulty_vfs.h"
#include "backend/tests/faults/power_cut/ledger.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {
namespace {

/// False when the power failed before the schema was there.
bool start(const std::filesystem::path& file) {
  try {
    db::SqliteDatabase database(db::SqliteOptions{.file = file});
    database.migrate();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

TEST(MigrationCut, is_completed_by_the_next_start_whatever_the_call) {
  SimulatedDisk disk;
  const FaultyVfs vfs(disk);
  int nth = 1;
  int unfinished = 0;
  for (bool power_failed = true; power_failed; ++nth) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "tms.db";
    disk.cut_at(nth);
    if (!start(file)) ++unfinished;
    power_failed = disk.power_is_off();
    disk.restore_power(static_cast<std::uint64_t>(nth));

    db::SqliteDatabase restarted(db::SqliteOptions{.file = file});
    restarted.migrate();
    Ledger ledger;
    ASSERT_TRUE(restarted.check_schema().current()) << "cut at call " << nth;
    ASSERT_TRUE(ledger.write(restarted, 10)) << "cut at call " << nth;
    ASSERT_TRUE(ledger.check(restarted).clean()) << "cut at call " << nth;
  }
  std::cout << "measured: " << nth - 2 << " calls, " << unfinished << " cuts before the commit\n";
  EXPECT_GT(unfinished, 50);
}

}  // namespace
}  // namespace tms::tests
