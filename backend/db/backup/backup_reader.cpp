#include <algorithm>
#include <utility>

#include "backend/core/encoding.h"
#include "backend/db/backup/backup_file.h"
#include "backend/http/json_value.h"

namespace tms::db {
namespace {

// A description has 2,000 code points and stands there twice; more is no row of ours.
constexpr std::size_t kLongestLine = std::size_t{1024} * 1024;

[[noreturn]] void refuse(const std::string& reason) {
  throw BadBackup("the backup is damaged: " + reason);
}

http::JsonValue parse(const std::string& line) {
  auto value = http::parse_json(line);
  if (!value) refuse("a line is not JSON");
  return std::move(*value);
}

std::int64_t integer_of(const http::JsonValue& object, std::string_view name) {
  const auto* member = object.find(name);
  if (member == nullptr || member->as_integer() == nullptr)
    refuse("the number " + std::string(name) + " is missing");
  return *member->as_integer();
}

std::string text_of(const http::JsonValue& object, std::string_view name) {
  const auto* member = object.find(name);
  if (member == nullptr || member->as_string() == nullptr)
    refuse("the text " + std::string(name) + " is missing");
  return *member->as_string();
}

BackupValue value_of(const http::JsonValue& json, const BackupColumn& column) {
  if (json.is_null()) return nullptr;
  switch (column.kind) {
    case ColumnKind::integer:
      if (const auto* number = json.as_integer()) return *number;
      break;
    case ColumnKind::text:
      if (const auto* text = json.as_string()) return *text;
      break;
    case ColumnKind::uuid:
      if (const auto* text = json.as_string()) {
        if (const auto id = core::Uuid::parse(*text)) return *id;
      }
      break;
  }
  refuse("the column " + std::string(column.name) + " holds a value of another kind");
}

BackupRow row_of(const http::JsonArray& array, const BackupTable& table) {
  if (array.size() != table.columns.size())
    refuse("a row of " + std::string(table.name) + " has another number of columns");
  BackupRow row;
  row.reserve(array.size());
  for (std::size_t column = 0; column < array.size(); ++column)
    row.push_back(value_of(array[column], table.columns[column]));
  return row;
}

}  // namespace

BackupReader::BackupReader(const std::filesystem::path& file) : stream_(file, std::ios::binary) {
  if (!stream_) throw BadBackup("cannot read " + file.string());
  read_head();
}

bool BackupReader::read_line(std::string& line) {
  line.clear();
  if (!std::getline(stream_, line)) return false;
  if (line.size() > kLongestLine) refuse("a line is too long");
  // Every line ends with a line feed; getline does not tell.
  if (stream_.eof()) refuse("it ends in the middle of a line");
  bytes_ += static_cast<std::int64_t>(line.size()) + 1;
  return true;
}

void BackupReader::read_head() {
  std::string line;
  if (!read_line(line)) refuse("it is empty");
  const auto json = http::parse_json(line);
  if (!json || json->find("tms_backup") == nullptr) throw BadBackup("this is no backup of tms");
  if (integer_of(*json, "tms_backup") != 1) {
    throw BadBackup("this backup has a newer format: restore it with tms " +
                    text_of(*json, "program") + " or later");
  }
  hash_.add(line);
  hash_.add("\n");
  head_.schema = static_cast<int>(integer_of(*json, "schema"));
  head_.program = text_of(*json, "program");
  head_.engine = text_of(*json, "engine");
  head_.taken_at = text_of(*json, "taken_at");
  head_.user_counter = integer_of(*json, "user_counter");
}

std::optional<BackupRow> BackupReader::next(const BackupTable*& table) {
  std::string line;
  while (read_line(line)) {
    const http::JsonValue json = parse(line);
    if (json.find("sha256") != nullptr) {
      check_end(json);
      return std::nullopt;
    }
    hash_.add(line);
    hash_.add("\n");
    if (json.as_object() != nullptr) {
      begin_table(json);
      continue;
    }
    if (json.as_array() == nullptr || table_ == nullptr) refuse("a line is neither table nor row");
    ++rows_;
    table = table_;
    return row_of(*json.as_array(), *table_);
  }
  refuse("its end is missing");
}

void BackupReader::begin_table(const http::JsonValue& json) {
  const auto tables = backup_tables();
  const std::string name = text_of(json, "table");
  if (tables_ == tables.size() || tables[tables_].name != name)
    refuse("the table " + name + " is not expected here");
  table_ = &tables[tables_++];
  const auto* columns = json.find("columns");
  const bool same =
      columns != nullptr && columns->as_array() != nullptr &&
      std::equal(columns->as_array()->begin(), columns->as_array()->end(), table_->columns.begin(),
                 table_->columns.end(),
                 [](const http::JsonValue& given, const BackupColumn& column) {
                   return given.as_string() != nullptr && *given.as_string() == column.name;
                 });
  if (!same) refuse("the table " + name + " has other columns");
}

void BackupReader::check_end(const http::JsonValue& json) {
  if (text_of(json, "sha256") != core::hex_encode(hash_.finish()))
    refuse("its checksum is not that of its content");
  if (tables_ != backup_tables().size()) refuse("a table is missing");
  if (integer_of(json, "rows") != rows_) refuse("rows are missing");
  std::string line;
  if (read_line(line)) refuse("something follows its end");
}

}  // namespace tms::db
