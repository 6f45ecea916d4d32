#include "backend/db/sqlite/prepared_statement.h"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "backend/db/sqlite/sqlite_error.h"

namespace tms::db::sqlite {
namespace {

// More placeholders than any statement of the code base has; ends the search below.
constexpr int kMostPlaceholders = 100;

/// Leaves the statement ready for its next use, and without pointers to the caller's values.
class Reset {
 public:
  explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
  ~Reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  sqlite3_stmt* statement_;
};

// Asks the value, not the statement: sqlite3_column_… look up the column and the last error each time. That
// is allowed where no other thread uses the connection (https://www.sqlite.org/c3ref/value.html), and a
// connection here is one thread's at a time.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): final, and never deleted by a base
class SqliteRow final : public Row {
 public:
  SqliteRow(sqlite3_stmt* statement, std::string_view name)
      : statement_(statement), columns_(sqlite3_column_count(statement)), name_(name) {}

  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_value_type(value(column)) == SQLITE_NULL;
  }

  [[nodiscard]] std::int64_t integer(int column) const override {
    return sqlite3_value_int64(value_of_type(column, SQLITE_INTEGER));
  }

  [[nodiscard]] std::string_view text(int column) const override {
    sqlite3_value* found = value_of_type(column, SQLITE_TEXT);
    // The text before its length: the first call may convert, the second reports the result.
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(found));
    return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(found))};
  }

  [[nodiscard]] core::Uuid uuid(int column) const override {
    sqlite3_value* found = value_of_type(column, SQLITE_BLOB);
    core::Uuid id;
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_value_blob(found));
    if (static_cast<std::size_t>(sqlite3_value_bytes(found)) != id.bytes.size()) complain(column);
    std::copy_n(bytes, id.bytes.size(), id.bytes.begin());
    return id;
  }

 private:
  [[nodiscard]] sqlite3_value* value(int column) const {
    if (column < 0 || column >= columns_) complain(column);
    return sqlite3_column_value(statement_, column);
  }

  [[nodiscard]] sqlite3_value* value_of_type(int column, int type) const {
    sqlite3_value* found = value(column);
    if (sqlite3_value_type(found) != type) complain(column);
    return found;
  }

  [[noreturn]] void complain(int column) const {
    throw std::logic_error("statement " + std::string(name_) + ": column " +
                           std::to_string(column) + " is not what the code reads it as");
  }

  sqlite3_stmt* statement_;
  int columns_;
  std::string_view name_;
};

int bind_one(sqlite3_stmt* statement, int index, const Parameter::Storage& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, index, *number);
  }
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    // A null pointer would bind NULL, an empty view may hold one.
    const char* bytes = text->data() == nullptr ? "" : text->data();
    return sqlite3_bind_text64(statement, index, bytes, text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  if (const auto* id = std::get_if<core::Uuid>(&value)) {
    return sqlite3_bind_blob64(statement, index, id->bytes.data(), id->bytes.size(), SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, index);
}

}  // namespace

PreparedStatement::PreparedStatement(sqlite3* connection, const Statement& statement)
    : connection_(connection), statement_(statement) {
  const std::string_view sql = statement.text(Engine::sqlite);
  sqlite3_stmt* prepared = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, &rest);
  handle_.reset(prepared);
  if (code != SQLITE_OK) fail(code);
  if (prepared == nullptr || std::any_of(rest, sql.data() + sql.size(), [](char character) {
        return character != ' ' && character != '\n' && character != ';';
      })) {
    throw std::logic_error("statement " + std::string(statement.name) + " is not one statement");
  }
  map_placeholders();
}

std::size_t PreparedStatement::run(Transaction::Visitor visit,
                                   std::span<const Parameter> parameters) {
  if (sqlite3_stmt_busy(handle_.get()) != 0) {
    throw std::logic_error("statement " + std::string(statement_.name) + " is used by its visitor");
  }
  const Reset reset(handle_.get());
  bind(parameters);
  const SqliteRow row(handle_.get(), statement_.name);
  std::size_t rows = 0;
  int code = sqlite3_step(handle_.get());
  for (; code == SQLITE_ROW; code = sqlite3_step(handle_.get())) {
    visit(row);
    ++rows;
  }
  if (code != SQLITE_DONE) fail(code);
  return rows;
}

bool PreparedStatement::read_only() const {
  return sqlite3_stmt_readonly(handle_.get()) != 0;
}

void PreparedStatement::map_placeholders() {
  // SQLite numbers "$1" as a name, by first appearance: `values ($2, $1)` gives 1 = $2 and 2 = $1.
  const int count = sqlite3_bind_parameter_count(handle_.get());
  int found = 0;
  for (int number = 1; found < count && number <= kMostPlaceholders; ++number) {
    const std::string name = "$" + std::to_string(number);
    const int index = sqlite3_bind_parameter_index(handle_.get(), name.c_str());
    placeholders_.push_back(index);
    if (index != 0) ++found;
  }
  if (found < count) {
    throw std::logic_error("statement " + std::string(statement_.name) +
                           " has a placeholder other than $1, $2 …");
  }
}

void PreparedStatement::bind(std::span<const Parameter> parameters) {
  const bool own_text = !statement_.sqlite_sql.empty();  // which may leave out the last ones
  if (parameters.size() < placeholders_.size() ||
      (parameters.size() > placeholders_.size() && !own_text)) {
    throw std::logic_error("statement " + std::string(statement_.name) + " wants " +
                           std::to_string(placeholders_.size()) + " parameters, not " +
                           std::to_string(parameters.size()));
  }
  for (std::size_t position = 0; position < placeholders_.size(); ++position) {
    if (placeholders_[position] == 0) continue;
    const int code =
        bind_one(handle_.get(), placeholders_[position], parameters[position].storage());
    if (code != SQLITE_OK) fail(code);
  }
}

void PreparedStatement::fail(int code) const {
  throw_error(connection_, code, statement_.name);
}

void PreparedStatement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

}  // namespace tms::db::sqlite
