#include "backend/tests/faults/power_cut/faulty_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace tms::tests {
namespace {

using Answer = SimulatedDisk::Answer;
using Call = SimulatedDisk::Call;

constexpr const char* kName = "tms-faulty";
// What outlives a statement; SQLite's temporary files are nobody's loss.
constexpr int kDurableFiles = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;

/// SQLite gives the memory: `szOsFile` bytes, of which the real file system has those after ours.
struct File {
  sqlite3_file base;
  SimulatedDisk* disk;  // null for a file that is not watched
  std::filesystem::path* path;
  sqlite3_file* real;
};

File& ours(sqlite3_file* file) {
  return *reinterpret_cast<File*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return ours(file).real;
}

SimulatedDisk& disk_of(const sqlite3_vfs* vfs) {
  return *static_cast<SimulatedDisk*>(vfs->pAppData);
}

sqlite3_vfs* real_vfs() {
  return sqlite3_vfs_find("unix");
}

Answer ask(const File& file, Call call) {
  return file.disk == nullptr ? Answer::go_on : file.disk->before(call);
}

int close(sqlite3_file* file) {
  const int code = real(file)->pMethods->xClose(real(file));
  const std::unique_ptr<std::filesystem::path> gone(ours(file).path);
  return code;
}

int read(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
  if (ours(file).disk != nullptr && ours(file).disk->power_is_off()) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), buffer, amount, offset);
}

int write_through(const File& file, const void* data, int amount, sqlite3_int64 offset) {
  const int code = file.real->pMethods->xWrite(file.real, data, amount, offset);
  if (code == SQLITE_OK && file.disk != nullptr) {
    const char* bytes = static_cast<const char*>(data);
    file.disk->wrote(*file.path, offset, {bytes, bytes + amount});
  }
  return code;
}

int write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset) {
  const File& one = ours(file);
  switch (ask(one, Call::write)) {
    case Answer::go_on:
      return write_through(one, data, amount, offset);
    case Answer::no_space:
      return SQLITE_FULL;
    case Answer::short_write:
      write_through(one, data, amount / 2, offset);
      return SQLITE_IOERR_WRITE;
    default:
      return SQLITE_IOERR_WRITE;
  }
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const File& one = ours(file);
  if (ask(one, Call::truncate) != Answer::go_on) return SQLITE_IOERR_TRUNCATE;
  const int code = one.real->pMethods->xTruncate(one.real, size);
  if (code == SQLITE_OK && one.disk != nullptr) one.disk->truncated(*one.path, size);
  return code;
}

int sync(sqlite3_file* file, int /*flags*/) {
  const File& one = ours(file);
  const Answer answer = ask(one, Call::sync);
  if (answer == Answer::go_on) {
    if (one.disk != nullptr) one.disk->synced(*one.path);
    return SQLITE_OK;
  }
  if (answer != Answer::power_is_off) one.disk->sync_failed(*one.path);
  return SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int device_characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  return real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: with shared memory for the WAL, without memory-mapped reads, which would pass us by.
constexpr sqlite3_io_methods kMethods{2,
                                      close,
                                      read,
                                      write,
                                      truncate,
                                      sync,
                                      file_size,
                                      lock,
                                      unlock,
                                      check_reserved_lock,
                                      file_control,
                                      sector_size,
                                      device_characteristics,
                                      shm_map,
                                      shm_lock,
                                      shm_barrier,
                                      shm_unmap,
                                      nullptr,
                                      nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* granted) {
  File& one = ours(file);
  one = File{};
  one.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
  const bool watched = name != nullptr && (flags & kDurableFiles) != 0;
  if (watched && disk_of(vfs).power_is_off()) return SQLITE_CANTOPEN;
  const bool there = name != nullptr && std::filesystem::exists(name);
  const int code = real_vfs()->xOpen(real_vfs(), name, one.real, flags, granted);
  if (code != SQLITE_OK) return code;
  one.base.pMethods = &kMethods;
  if (watched) {
    one.disk = &disk_of(vfs);
    one.path = std::make_unique<std::filesystem::path>(name).release();
    one.disk->opened(*one.path, !there);
  }
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  if (disk_of(vfs).power_is_off()) return SQLITE_IOERR_DELETE;
  const int code = real_vfs()->xDelete(real_vfs(), name, sync_folder);
  if (code == SQLITE_OK) disk_of(vfs).removed(name, sync_folder != 0);
  return code;
}

}  // namespace

FaultyVfs::FaultyVfs(SimulatedDisk& disk) : vfs_(std::make_unique<sqlite3_vfs>(*real_vfs())) {
  vfs_->pNext = nullptr;
  vfs_->zName = kName;
  vfs_->pAppData = &disk;
  vfs_->szOsFile += static_cast<int>(sizeof(File));
  vfs_->xOpen = open;
  vfs_->xDelete = remove;
  if (sqlite3_vfs_register(vfs_.get(), 1) != SQLITE_OK) {
    throw std::runtime_error("SQLite takes no file system");
  }
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(vfs_.get());
  sqlite3_vfs_register(real_vfs(), 1);
}

}  // namespace tms::tests
