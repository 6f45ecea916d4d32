#pragma once

#include <string_view>

struct sqlite3;

namespace tms::db::sqlite {

/// Throws what SQLite's result `code` means: Unavailable when the file, the disk or memory failed
/// (it may work again later), StatementFailed when the statement itself is wrong. `connection` may
/// be null.
[[noreturn]] void throw_error(sqlite3* connection, int code, std::string_view doing);

}  // namespace tms::db::sqlite
