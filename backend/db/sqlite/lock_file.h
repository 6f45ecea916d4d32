#pragma once

#include <filesystem>
#include <stdexcept>

namespace tms::db::sqlite {

/// Another process has the database open; the text names it.
class DatabaseInUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An exclusive flock on a file beside the database, held until destruction. The kernel lets go of
/// it when the process dies, so a lock file that was left behind locks nobody out.
class LockFile {
 public:
  /// Throws DatabaseInUse when another holder lives, std::system_error when the file cannot be made.
  explicit LockFile(const std::filesystem::path& file);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_;
};

}  // namespace tms::db::sqlite
