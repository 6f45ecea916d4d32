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
  struct stat found {};
  if (::stat(file_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_)
    return;
  throw Unavailable("the database file " + file_.string() + " was moved away or replaced",
                    kRetryAfter);
}

}  // namespace tms::db::sqlite
