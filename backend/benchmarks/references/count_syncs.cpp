// Preloaded into the server: counts its calls of fsync and fdatasync in the first eight bytes of the
// file TMS_BENCHMARK_SYNCS, so that the runner knows how many writes share a commit.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

using Counter = std::atomic<std::uint64_t>;
static_assert(sizeof(Counter) == 8 && Counter::is_always_lock_free);

Counter* open_counter() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the server never changes its environment
  const char* name = std::getenv("TMS_BENCHMARK_SYNCS");
  const int file = name == nullptr ? -1 : ::open(name, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* memory = ::mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<Counter*>(memory);
}

void count() {
  static Counter* const counter = open_counter();
  if (counter != nullptr) counter->fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

// The names and the contract are the C library's; its parameters' names are reserved.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" int fdatasync(int file) {
  count();
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}

extern "C" int fsync(int file) {
  count();
  return static_cast<int>(::syscall(SYS_fsync, file));
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
