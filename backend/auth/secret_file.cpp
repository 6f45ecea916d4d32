#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "backend/auth/secret.h"

namespace tms::auth {
namespace {

core::Error refuse(std::string log) {
  core::Error error;
  error.log.value = std::move(log);
  return error;
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

bool write_durably(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

/// Whole or not at all, and never over a file that is there: the text goes to a file of its own that
/// then gets the name. Two processes that start together end up with the same file.
std::error_code make_file(const std::filesystem::path& file, std::string_view text) {
  const auto failure = [] { return std::error_code(errno, std::generic_category()); };
  std::string temporary = file.string() + ".XXXXXX";
  const File made(::mkstemp(temporary.data()));  // mode 0600
  if (made.get() < 0) return failure();
  std::error_code result;
  if (!write_durably(made.get(), text) ||
      (::link(temporary.c_str(), file.c_str()) != 0 && errno != EEXIST)) {
    result = failure();
  }
  ::unlink(temporary.c_str());
  const auto folder_path = file.has_parent_path() ? file.parent_path() : ".";
  const File folder(::open(folder_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!result && (folder.get() < 0 || ::fsync(folder.get()) != 0)) result = failure();
  return result;
}

}  // namespace

core::Result<Secret> load_secret(const SecretSource& source, core::Random& random) {
  if (source.text) return Secret::parse(*source.text);
  const std::string name = source.file.string();
  if (name.empty()) {
    return refuse("no secret: set TMS_SECRET_FILE to a file of one line id:key (or TMS_SECRET)");
  }
  std::error_code error;
  if (!std::filesystem::exists(source.file, error) && !error) {
    if (!source.make_missing_file) {
      return refuse("the secret file " + name + " is missing; make one line id:key of " +
                    "`openssl rand -hex 32` and give every server the same");
    }
    if (const auto failed = make_file(source.file, Secret::make_text(random))) {
      return refuse("cannot make the secret file " + name + ": " + failed.message());
    }
  }
  std::ifstream input(source.file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
  if (!input.good() && !input.eof()) return refuse("cannot read the secret file " + name);
  auto secret = Secret::parse(text);
  if (!secret) secret.error().log.value += " (" + name + ")";
  return secret;
}

}  // namespace tms::auth
