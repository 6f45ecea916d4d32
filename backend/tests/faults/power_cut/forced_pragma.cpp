#include <sqlite3.h>

#include <optional>
#include <utility>

#include "backend/tests/faults/power_cut/faulty_vfs.h"

namespace tms::tests {
namespace {

struct Setting {
  std::string pragma;
  std::string value;
};

// sqlite3_auto_extension hands no pointer of ours to the callback.
std::optional<Setting>& forced() {
  static std::optional<Setting> setting;
  return setting;
}

/// SQLITE_IGNORE: the pragma of the code under test does nothing, without an error.
int ignore_pragma(void* /*unused*/,
                  int action,
                  const char* pragma,
                  const char* value,
                  const char* /*database*/,
                  const char* /*trigger*/) {
  const bool is_ours = action == SQLITE_PRAGMA && value != nullptr && forced()->pragma == pragma;
  return is_ours ? SQLITE_IGNORE : SQLITE_OK;
}

int set_up(sqlite3* connection, char** /*error*/, const sqlite3_api_routines* /*unused*/) {
  const std::string sql = "pragma " + forced()->pragma + " = " + forced()->value;
  const int code = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return code;
  return sqlite3_set_authorizer(connection, ignore_pragma, nullptr);
}

// The parameter's type is what it really is (sqlite.org/c3ref/auto_extension.html).
void (*as_extension())() {
  return reinterpret_cast<void (*)()>(set_up);
}

}  // namespace

ForcedPragma::ForcedPragma(std::string pragma, std::string value) {
  forced() = Setting{std::move(pragma), std::move(value)};
  sqlite3_auto_extension(as_extension());
}

ForcedPragma::~ForcedPragma() {
  sqlite3_cancel_auto_extension(as_extension());
}

}  // namespace tms::tests
