#pragma once

#include <memory>
#include <string>

#include "backend/tests/faults/power_cut/simulated_disk.h"

struct sqlite3_vfs;  // NOLINT(readability-identifier-naming): SQLite's name

namespace tms::tests {

/// While it lives every database that is opened goes through the simulated disk: it is SQLite's
/// default file system (sqlite.org/vfs.html), a thin layer over the real one. Reads and locks pass
/// through; syncs never reach the real disk.
class FaultyVfs {
 public:
  explicit FaultyVfs(SimulatedDisk& disk);
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

 private:
  std::unique_ptr<sqlite3_vfs> vfs_;
};

/// While it lives every new connection has this setting, whatever it asks for: so the code under
/// test can be run with a weaker one. `pragma` and `value` as in `pragma synchronous = normal`.
class ForcedPragma {
 public:
  ForcedPragma(std::string pragma, std::string value);
  ~ForcedPragma();
  ForcedPragma(const ForcedPragma&) = delete;
  ForcedPragma& operator=(const ForcedPragma&) = delete;
};

}  // namespace tms::tests
