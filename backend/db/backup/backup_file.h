#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "backend/core/sha256.h"
#include "backend/db/backup/backup_tables.h"

// A backup is a text file of JSON lines:
//
//   {"tms_backup":1,"schema":1,"program":"0.1.0","engine":"sqlite","taken_at":"…","user_counter":7}
//   {"table":"users","columns":["user_id",…]}      then one array per row
//   …                                               the other tables
//   {"rows":1234,"sha256":"…"}                      SHA-256 of every byte before this line

namespace tms::http {
class JsonValue;
}

namespace tms::db {

/// The file is no backup, is damaged, or is not one that this program can restore; the text is for
/// the operator.
class BadBackup : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct BackupHead {
  /// Version of the schema that the rows have.
  int schema = 0;
  /// Version of the program that took it.
  std::string program;
  /// "sqlite" or "postgres"; either can be restored into either.
  std::string engine;
  /// RFC 3339.
  std::string taken_at;
  /// The highest id that a user was ever given.
  std::int64_t user_counter = 0;
};

struct BackupSummary {
  BackupHead head;
  /// Rows by table.
  std::map<std::string, std::int64_t, std::less<>> rows;
  std::int64_t bytes = 0;
  /// The rows of `installation`: which secret the backup belongs to.
  std::map<std::string, std::string> installation;
};

/// Writes a backup beside its final name and gives it the name when all of it is on the disk, so
/// that a file of that name is always whole. Readable by its owner alone. Throws std::system_error.
class BackupWriter {
 public:
  /// `file` must not exist: throws BadBackup.
  explicit BackupWriter(std::filesystem::path file);
  /// Removes what was not finished.
  ~BackupWriter();
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  void begin(const BackupHead& head);
  void begin_table(const BackupTable& table);
  void add(const BackupRow& row);

  /// Everything is written and on the disk, under `unfinished_file`.
  void finish();
  /// Gives the finished file its name.
  void publish();

  [[nodiscard]] const std::filesystem::path& unfinished_file() const { return unfinished_; }

 private:
  void write_line(std::string line);
  void flush();

  std::filesystem::path file_;
  std::filesystem::path unfinished_;
  int descriptor_ = -1;
  std::string buffer_;
  core::Sha256 hash_;
  std::int64_t rows_ = 0;
};

/// Reads a backup line by line and checks its form as it goes. Throws BadBackup.
class BackupReader {
 public:
  explicit BackupReader(const std::filesystem::path& file);

  [[nodiscard]] const BackupHead& head() const { return head_; }

  /// The next row, or nothing at the end, when the checksum was right. `table` is set to the row's
  /// table.
  std::optional<BackupRow> next(const BackupTable*& table);

  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  bool read_line(std::string& line);
  void read_head();
  void begin_table(const http::JsonValue& json);
  void check_end(const http::JsonValue& json);

  std::ifstream stream_;
  BackupHead head_;
  core::Sha256 hash_;
  const BackupTable* table_ = nullptr;
  std::size_t tables_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace tms::db
