#include "backend/email/file_transport.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace tms::email {
namespace {

bool write_and_sync(const std::filesystem::path& path, const std::string& bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  std::size_t written = 0;
  bool good = true;
  while (good && written < bytes.size()) {
    const ssize_t count = ::write(descriptor, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    good = count > 0;
    if (good) written += static_cast<std::size_t>(count);
  }
  good = good && ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && good;
}

}  // namespace

FileTransport::FileTransport(std::filesystem::path folder, Sender sender)
    : folder_(std::move(folder)), sender_(std::move(sender)) {
  std::filesystem::create_directories(folder_);
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

std::filesystem::path FileTransport::next_name(const std::string& message_id) const {
  // One thread sends, so counting the files gives the order; the id keeps a re-sent mail apart.
  std::size_t count = 1;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, missing)) {
    if (entry.path().extension() == ".eml") ++count;
  }
  std::array<char, 32> number{};
  (void)std::snprintf(number.data(), number.size(), "%06zu", count);
  return folder_ / (std::string(number.data()) + "-" + message_id + ".eml");
}

SendResult FileTransport::send(const Message& message) {
  const std::string mail = render_mime(message, sender_);
  const std::filesystem::path name = next_name(message.message_id);
  const std::filesystem::path unfinished = folder_ / ".unfinished";
  if (!write_and_sync(unfinished, mail) || std::rename(unfinished.c_str(), name.c_str()) != 0) {
    return {SendResult::Outcome::temporary,
            "cannot write " + name.string() + ": " + std::generic_category().message(errno)};
  }
  return {SendResult::Outcome::sent, name.string()};
}

}  // namespace tms::email
