// The disk that judges the database, judged itself.

#include "backend/tests/faults/power_cut/simulated_disk.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <string>

#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {
namespace {

class SimulatedDiskTest : public testing::Test {
 protected:
  SimulatedDiskTest() { std::ofstream(file_) << "old"; }

  void write(std::int64_t offset, const std::string& text) {
    disk_.wrote(file_, offset, {text.begin(), text.end()});
  }

  std::string after_cut(std::uint64_t seed) {
    disk_.restore_power(seed);
    std::ifstream stream(file_);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "file";
  SimulatedDisk disk_;
};

TEST_F(SimulatedDiskTest, synced_writes_outlive_every_cut) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    std::ofstream(file_) << "old";
    disk_.opened(file_, false);
    write(0, "new");
    disk_.synced(file_);
    EXPECT_EQ(after_cut(seed), "new");
  }
}

TEST_F(SimulatedDiskTest, unsynced_writes_are_kept_or_dropped_by_chance) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::ofstream(file_) << "old";
    disk_.opened(file_, false);
    write(0, "1");
    write(1, "2");
    seen.insert(after_cut(seed));
  }
  EXPECT_THAT(seen, testing::UnorderedElementsAre("old", "1ld", "o2d", "12d"));
}

TEST_F(SimulatedDiskTest, a_long_write_is_torn_at_sectors) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::ofstream(file_) << std::string(1024, '-');
    disk_.opened(file_, false);
    write(0, std::string(1024, '+'));
    seen.insert(after_cut(seed));
  }
  EXPECT_TRUE(seen.contains(std::string(512, '+') + std::string(512, '-')));
  EXPECT_TRUE(seen.contains(std::string(512, '-') + std::string(512, '+')));
}

TEST_F(SimulatedDiskTest, a_failed_sync_takes_earlier_writes_out_of_reach) {
  disk_.opened(file_, false);
  write(0, "new");
  disk_.sync_failed(file_);
  disk_.synced(file_);
  EXPECT_EQ(after_cut(1), "old");
}

TEST_F(SimulatedDiskTest, a_new_file_without_a_sync_may_be_gone) {
  std::set<bool> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::ofstream(file_) << "";
    disk_.opened(file_, true);
    write(0, "new");
    after_cut(seed);
    seen.insert(std::filesystem::exists(file_));
  }
  EXPECT_THAT(seen, testing::ElementsAre(false, true));
}

TEST_F(SimulatedDiskTest, nothing_works_after_the_cut) {
  disk_.cut_at(2);
  EXPECT_EQ(disk_.before(SimulatedDisk::Call::write), SimulatedDisk::Answer::go_on);
  EXPECT_EQ(disk_.before(SimulatedDisk::Call::sync), SimulatedDisk::Answer::power_is_off);
  EXPECT_EQ(disk_.before(SimulatedDisk::Call::write), SimulatedDisk::Answer::power_is_off);
}

}  // namespace
}  // namespace tms::tests
