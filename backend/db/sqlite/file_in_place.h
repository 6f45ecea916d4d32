#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <filesystem>

namespace tms::db::sqlite {

/// Knows a file by more than its name. SQLite goes on with a file that was moved away or replaced, and
/// what is written to it then nobody may ever find again. Safe on many threads.
class FileInPlace {
 public:
  /// Of the file that has this name now. Throws std::system_error.
  explicit FileInPlace(std::filesystem::path file);

  /// Throws Unavailable when the name is gone or another file's. One stat(2).
  void require() const;

  /// As of the last tenth of a second, for callers to whom a stat(2) each time is too dear. Any thread.
  [[nodiscard]] bool was_there_lately() const;

 private:
  [[nodiscard]] bool is_there() const;

  std::filesystem::path file_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  /// On the steady clock; the start of time as long as nobody looked.
  mutable std::atomic<std::chrono::steady_clock::duration> seen_{
      std::chrono::steady_clock::duration::zero()};
};

}  // namespace tms::db::sqlite
