#include "backend/db/sqlite/file_in_place.h"

#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "backend/db/database.h"

namespace tms::db::sqlite {
namespace {

// Somebody has to bring it back.
constexpr std::chrono::seconds kRetryAfter{5};

constexpr std::chrono::milliseconds kLately{100};

}  // namespace

FileInPlace::FileInPlace(std::filesystem::path file) : file_(std::move(file)) {
  struct stat found {};
  if (::stat(file_.c_str(), &found) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot look at " + file_.string());
  }
  device_ = found.st_dev;
  inode_ = found.st_ino;
}

void FileInPlace::require() const {
  if (is_there()) return;
  throw Unavailable("the database file " + file_.string() + " was moved away or replaced",
                    kRetryAfter);
}

bool FileInPlace::was_there_lately() const {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  if (now - seen_.load() < kLately) return true;
  if (!is_there()) return false;
  seen_ = now;
  return true;
}

bool FileInPlace::is_there() const {
  struct stat found {};
  return ::stat(file_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_;
}

}  // namespace tms::db::sqlite
