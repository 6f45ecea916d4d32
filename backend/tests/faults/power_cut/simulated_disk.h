#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tms::tests {

/// What a disk with a volatile cache keeps of a few files when the power fails.
///
/// It knows for each file what was synced, and every write since. A cut keeps of the latter what
/// chance wants: nothing, some, in another order, or single sectors. A sync that fails takes the
/// writes before it out of reach of every later sync, as Linux does: the page cache still shows
/// them, and nobody will write them again.
class SimulatedDisk {
 public:
  using Bytes = std::vector<char>;

  enum class Call { write, sync, truncate };
  enum class Answer { go_on, fail, short_write, no_space, power_is_off };

  /// Which calls go wrong, counted from 1 over all files. `last` beyond `first`: until then.
  struct Fault {
    Call call = Call::sync;
    Answer answer = Answer::fail;
    int first = 0;
    int last = 0;
  };

  /// The power fails in place of the `nth` call of any kind.
  void cut_at(int nth);
  void set_fault(const Fault& fault);

  /// Every call asks first. After a cut everything is refused.
  Answer before(Call call);
  [[nodiscard]] bool power_is_off();
  /// Calls of that kind so far.
  [[nodiscard]] int calls(Call call);
  /// The fault has met a call.
  [[nodiscard]] bool fault_was_met();

  /// A file is opened; what is on the real disk counts as synced, unless it was made just now.
  void opened(const std::filesystem::path& file, bool made);
  void wrote(const std::filesystem::path& file, std::int64_t offset, Bytes bytes);
  void truncated(const std::filesystem::path& file, std::int64_t size);
  void synced(const std::filesystem::path& file);
  void sync_failed(const std::filesystem::path& file);
  void removed(const std::filesystem::path& file, bool synced);

  /// Writes what is left after the cut, the choice made by `seed`, over the real files, and turns
  /// the power on again, without faults.
  void restore_power(std::uint64_t seed);

 private:
  struct Change {
    std::int64_t offset = 0;
    Bytes bytes;
    bool truncates = false;  // to `offset`
  };
  struct File {
    Bytes synced;
    std::vector<Change> pending;
    /// Its name is in its folder for good.
    bool name_is_synced = true;
    bool is_removed = false;
  };

  static void apply(const Change& change, Bytes& content);
  static Bytes left_over(const File& file, std::uint64_t seed);

  std::mutex mutex_;  // guards everything below
  std::map<std::filesystem::path, File> files_;
  std::map<Call, int> calls_;
  int all_calls_ = 0;
  int cut_at_ = 0;
  bool power_is_off_ = false;
  std::optional<Fault> fault_;
  bool fault_was_met_ = false;
};

}  // namespace tms::tests
