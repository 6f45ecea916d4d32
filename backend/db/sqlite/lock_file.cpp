#include "backend/db/sqlite/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace tms::db::sqlite {
namespace {

std::string read_holder(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
  return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : "unknown";
}

void write_holder(int descriptor) {
  const std::string text = std::to_string(::getpid());
  // Only for the message above: a full disk must not keep the server from starting.
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

LockFile::LockFile(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot open " + file.string());
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
    write_holder(descriptor_);
    return;
  }
  const int error = errno;
  const std::string holder = read_holder(descriptor_);
  ::close(descriptor_);
  if (error != EWOULDBLOCK) {
    throw std::system_error(error, std::generic_category(), "cannot lock " + file.string());
  }
  throw DatabaseInUse("the database is in use by another process (pid " + holder + ", lock file " +
                      file.string() + "): stop it first");
}

LockFile::~LockFile() {
  ::close(descriptor_);
}

}  // namespace tms::db::sqlite
