#include "backend/tests/faults/power_cut/simulated_disk.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <utility>

namespace tms::tests {
namespace {

// A disk writes whole sectors; SQLite counts on no more either (SQLITE_IOCAP_POWERSAFE_OVERWRITE).
constexpr std::int64_t kSector = 512;

enum class Kept { nothing, beginning, some, sectors };

SimulatedDisk::Bytes read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

void SimulatedDisk::cut_at(int nth) {
  const std::scoped_lock lock(mutex_);
  cut_at_ = nth;
  all_calls_ = 0;
}

void SimulatedDisk::set_fault(const Fault& fault) {
  const std::scoped_lock lock(mutex_);
  fault_ = fault;
  fault_was_met_ = false;
  calls_.clear();
}

SimulatedDisk::Answer SimulatedDisk::before(Call call) {
  const std::scoped_lock lock(mutex_);
  if (++all_calls_ == cut_at_) power_is_off_ = true;
  if (power_is_off_) return Answer::power_is_off;
  const int number = ++calls_[call];
  if (!fault_ || fault_->call != call || number < fault_->first || number > fault_->last) {
    return Answer::go_on;
  }
  fault_was_met_ = true;
  return fault_->answer;
}

bool SimulatedDisk::power_is_off() {
  const std::scoped_lock lock(mutex_);
  return power_is_off_;
}

int SimulatedDisk::calls(Call call) {
  const std::scoped_lock lock(mutex_);
  return calls_[call];
}

bool SimulatedDisk::fault_was_met() {
  const std::scoped_lock lock(mutex_);
  return fault_was_met_;
}

void SimulatedDisk::opened(const std::filesystem::path& file, bool made) {
  const std::scoped_lock lock(mutex_);
  const auto known = files_.find(file);
  if (known != files_.end() && !known->second.is_removed) return;
  File fresh;
  fresh.synced = read_file(file);
  fresh.name_is_synced = !made;
  files_.insert_or_assign(file, std::move(fresh));
}

void SimulatedDisk::wrote(const std::filesystem::path& file, std::int64_t offset, Bytes bytes) {
  const std::scoped_lock lock(mutex_);
  files_[file].pending.push_back({offset, std::move(bytes), false});
}

void SimulatedDisk::truncated(const std::filesystem::path& file, std::int64_t size) {
  const std::scoped_lock lock(mutex_);
  files_[file].pending.push_back({size, {}, true});
}

void SimulatedDisk::synced(const std::filesystem::path& file) {
  const std::scoped_lock lock(mutex_);
  File& one = files_[file];
  for (const Change& change : std::exchange(one.pending, {}))
    apply(change, one.synced);
  one.name_is_synced = true;
}

void SimulatedDisk::sync_failed(const std::filesystem::path& file) {
  const std::scoped_lock lock(mutex_);
  // The worst that may happen: none of it is on the disk, and the next sync reports success.
  files_[file].pending.clear();
}

void SimulatedDisk::removed(const std::filesystem::path& file, bool synced) {
  const std::scoped_lock lock(mutex_);
  if (synced) {
    files_.erase(file);
  } else {
    files_[file].is_removed = true;
  }
}

void SimulatedDisk::restore_power(std::uint64_t seed) {
  const std::scoped_lock lock(mutex_);
  std::mt19937_64 chance(seed);
  for (const auto& [path, file] : files_) {
    const bool name_is_left = file.is_removed || !file.name_is_synced ? chance() % 2 == 0 : true;
    if (name_is_left) {
      const Bytes content = left_over(file, chance());
      std::ofstream(path, std::ios::binary | std::ios::trunc)
          .write(content.data(), static_cast<std::streamsize>(content.size()));
    } else {
      std::filesystem::remove(path);
    }
    // Shared memory does not outlive the machine.
    std::filesystem::remove(path.string() + "-shm");
  }
  files_.clear();
  calls_.clear();
  fault_.reset();
  cut_at_ = 0;
  power_is_off_ = false;
}

void SimulatedDisk::apply(const Change& change, Bytes& content) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.truncates) {
    content.resize(offset);
    return;
  }
  content.resize(std::max(content.size(), offset + change.bytes.size()));
  std::ranges::copy(change.bytes, content.begin() + change.offset);
}

SimulatedDisk::Bytes SimulatedDisk::left_over(const File& file, std::uint64_t seed) {
  std::mt19937_64 chance(seed);
  const auto kept = static_cast<Kept>(chance() % 4);
  Bytes content = file.synced;
  if (kept == Kept::nothing) return content;
  std::vector<Change> survivors;
  for (const Change& change : file.pending) {
    if (kept == Kept::beginning) {
      if (chance() % 16 == 0) break;
      survivors.push_back(change);
    } else if (kept == Kept::some || change.truncates) {
      if (chance() % 2 == 0) survivors.push_back(change);
    } else {
      // Torn: every sector that it touches lives or dies by itself.
      const auto end = change.offset + static_cast<std::int64_t>(change.bytes.size());
      for (std::int64_t at = change.offset; at < end;) {
        const std::int64_t next = std::min(end, (at / kSector + 1) * kSector);
        const auto first = change.bytes.begin() + (at - change.offset);
        if (chance() % 2 == 0) survivors.push_back({at, Bytes(first, first + (next - at)), false});
        at = next;
      }
    }
  }
  // The order among them is the disk's own.
  if (kept == Kept::some || kept == Kept::sectors) std::ranges::shuffle(survivors, chance);
  for (const Change& change : survivors)
    apply(change, content);
  return content;
}

}  // namespace tms::tests
