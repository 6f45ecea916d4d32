#include "backend/db/sqlite/sqlite_error.h"

#include <sqlite3.h>

#include <chrono>
#include <string>

#include "backend/db/database.h"

namespace tms::db::sqlite {
namespace {

using namespace std::chrono_literals;

// A full disk or a failing one is not mended within a second; a busy file may be.
constexpr auto kRetryAfterFault = 5s;
constexpr auto kRetryAfterBusy = 1s;

}  // namespace

void throw_error(sqlite3* connection, int code, std::string_view doing) {
  std::string text = std::string(doing) + ": " + sqlite3_errstr(code);
  if (connection != nullptr) text += std::string(": ") + sqlite3_errmsg(connection);
  text += " (" + std::to_string(code) + ")";
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      throw Unavailable(text, kRetryAfterBusy, Unavailable::Reason::overloaded);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
      throw Unavailable(text, kRetryAfterFault);
    default:
      throw StatementFailed(text);
  }
}

}  // namespace tms::db::sqlite
