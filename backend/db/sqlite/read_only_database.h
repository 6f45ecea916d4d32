#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "backend/db/database.h"
#include "backend/db/schema.h"
#include "backend/db/sqlite/reader_pool.h"

namespace tms::db {

/// A database file that another process may be serving: for backups and checks beside a running
/// server. One read-only connection, which never runs a checkpoint, so that it cannot meet the
/// WAL-reset bug (see sqlite/connection.h). Takes no lock file.
class ReadOnlySqliteDatabase final : public Database {
 public:
  /// The file is opened at the first call.
  explicit ReadOnlySqliteDatabase(const std::filesystem::path& file) : readers_(file, 1) {}

  [[nodiscard]] Engine engine() const override { return Engine::sqlite; }
  void read(Work work, core::Deadline deadline) override { readers_.read(work, deadline); }

  /// A mistake of the caller: throws std::logic_error.
  void write(Work work, core::Deadline deadline) override;
  void write_later(std::function<void(Transaction&)> work) override;

  /// Throws SchemaMismatch.
  SchemaStatus check_schema(core::Deadline deadline);

  enum class Depth {
    /// The form of every page, without the order of indexes.
    quick,
    /// Every index against its table, too: much slower.
    deep,
  };

  /// What SQLite's quick_check (or integrity_check) and foreign_key_check find wrong, a line each; at
  /// most ten of either.
  std::vector<std::string> damage(core::Deadline deadline, Depth depth = Depth::quick);

 private:
  sqlite::ReaderPool readers_;
};

}  // namespace tms::db
