#include "backend/db/library_versions.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <string_view>

namespace tms::db {
namespace {

// The first release without the WAL-reset bug.
constexpr int kFirstSoundSqlite = 3051003;

}  // namespace

LibraryVersions library_versions() {
  const int libpq = PQlibVersion();
  return {std::string(sqlite3_libversion()) + " (" + sqlite3_sourceid() + ")",
          std::string_view(sqlite3_sourceid()) != SQLITE_SOURCE_ID,
          sqlite3_libversion_number() < kFirstSoundSqlite,
          std::to_string(libpq / 10'000) + "." + std::to_string(libpq % 10'000)};
}

}  // namespace tms::db
