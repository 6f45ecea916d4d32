// Preloaded into the server: counts SQLite's commits in the first eight bytes of the file
// TMS_BENCHMARK_COMMITS, so that the runner knows how many writes share one. A commit is a sync of the
// write-ahead log after a page was written to it; checkpoints sync the log, too, and its new head.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>

namespace {

using Counter = std::atomic<std::uint64_t>;
static_assert(sizeof(Counter) == 8 && Counter::is_always_lock_free);

Counter* open_counter() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the server never changes its environment
  const char* name = std::getenv("TMS_BENCHMARK_COMMITS");
  const int file = name == nullptr ? -1 : ::open(name, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* memory = ::mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<Counter*>(memory);
}

// Far more descriptors than a server on one database has before its clients come.
constexpr int kMostFiles = 4096;

/// By descriptor: a page was written since the last sync.
std::array<std::atomic<bool>, kMostFiles> page_written;

constexpr std::size_t kPage = 4096;

bool is_log(int file) {
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  std::array<char, 4096> name{};
  const ssize_t length = ::readlink(link.c_str(), name.data(), name.size());
  return length > 0 &&
         std::string_view(name.data(), static_cast<std::size_t>(length)).ends_with("-wal");
}

void count_commit(int file) {
  static Counter* const counter = open_counter();
  if (counter == nullptr || file < 0 || file >= kMostFiles) return;
  if (page_written.at(static_cast<std::size_t>(file)).exchange(false) && is_log(file)) {
    counter->fetch_add(1, std::memory_order_relaxed);
  }
}

}  // namespace

// The names and the contract are the C library's; its parameters' names are reserved.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" int fdatasync(int file) {
  count_commit(file);
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}

extern "C" ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  if (size >= kPage && file >= 0 && file < kMostFiles) {
    page_written.at(static_cast<std::size_t>(file)) = true;
  }
  return ::syscall(SYS_pwrite64, file, bytes, size, offset);
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
