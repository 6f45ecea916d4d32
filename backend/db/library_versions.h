#pragma once

#include <string>

namespace tms::db {

/// The database libraries that this process runs with.
struct LibraryVersions {
  /// Version and source id, such as "3.40.1 (2022-12-28 14:03:47 df5c…)".
  std::string sqlite;
  /// The library is not the one of the header files that the program was compiled with.
  bool sqlite_differs_from_headers = false;
  /// Can corrupt a database that two connections write and checkpoint at once (sqlite.org/wal.html).
  bool has_wal_reset_bug = false;
  /// Of libpq, such as "15.10".
  std::string libpq;
};

LibraryVersions library_versions();

}  // namespace tms::db
