#include "backend/db/backup/backup.h"
#include "backend/db/migrations.h"

namespace tms::db {
namespace {

void copy_table(Transaction& transaction, const BackupTable& table, BackupWriter& writer) {
  writer.begin_table(table);
  BackupRow key = first_key(table);
  BackupRow last;
  const auto copy_row = [&](const Row& row) {
    last = read_backup_row(table, row);
    writer.add(last);
  };
  while (table.read_page(transaction, copy_row, key) > 0)
    key = key_of(table, last);
}

}  // namespace

BackupSummary take_backup(Database& database,
                          const std::filesystem::path& file,
                          std::string_view program_version,
                          core::Timestamp now,
                          core::Deadline deadline) {
  std::optional<BackupWriter> writer;
  database.read(
      [&](Transaction& transaction) {
        // Anew when the connection was lost and the work is run again.
        writer.emplace(file);
        BackupHead head;
        head.schema = migrations().back().version;
        head.program = program_version;
        head.engine = database.engine() == Engine::sqlite ? "sqlite" : "postgres";
        head.taken_at = core::format_timestamp(now);
        head.user_counter = read_user_counter(transaction);
        writer->begin(head);
        for (const BackupTable& table : backup_tables())
          copy_table(transaction, table, *writer);
      },
      deadline);
  writer->finish();
  BackupSummary summary = check_backup(writer->unfinished_file());
  writer->publish();
  return summary;
}

}  // namespace tms::db
