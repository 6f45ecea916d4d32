#pragma once

#include <sys/types.h>

#include <filesystem>

namespace tms::db::sqlite {

/// Knows a file by more than its name. SQLite goes on with a file that was moved away or replaced, and
/// what is written to it then nobody may ever find again. Immutable.
class FileInPlace {
 public:
  /// Of the file that has this name now. Throws std::system_error.
  explicit FileInPlace(std::filesystem::path file);

  /// Throws Unavailable when the name is gone or another file's. One stat(2).
  void require() const;

 private:
  std::filesystem::path file_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace tms::db::sqlite
