#include <algorithm>
#include <stdexcept>

#include "backend/db/backup/backup.h"
#include "backend/db/migrations.h"

namespace tms::db {
namespace {

// Rows sent in one round trip of PostgreSQL; they lie in memory meanwhile.
constexpr int kRowsPerFlush = 500;

constexpr Statement kFindUser{"find_any_user", R"sql(
select user_id
from users
limit 1)sql"};

void check_head(const BackupHead& head) {
  const int known = migrations().back().version;
  if (head.schema == known) return;
  throw BadBackup("the backup has schema version " + std::to_string(head.schema) +
                  ", this program has " + std::to_string(known) + ": restore it with tms " +
                  head.program + ", then start this program, which migrates");
}

std::size_t place_of(const BackupTable& table, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column, &BackupColumn::name);
  if (found == table.columns.end()) throw std::logic_error("no such column");
  return static_cast<std::size_t>(found - table.columns.begin());
}

// Marks of clients are numbers of their list. Microseconds are ahead of any number that was ever
// given, by this database or an earlier restore, and purged_seq says that older ones know nothing.
void outdate_marks(const BackupTable& lists, BackupRow& row, core::Timestamp now) {
  BackupValue& seq = row.at(place_of(lists, "seq"));
  const std::int64_t raised = std::max(std::get<std::int64_t>(seq) + 1, core::to_micros(now));
  seq = raised;
  row.at(place_of(lists, "purged_seq")) = raised;
}

bool is_wanted(const BackupTable& table, const BackupRow& row, const RestoreOptions& options) {
  return table.name != "installation" || !options.leave_out ||
         !options.leave_out(std::get<std::string>(row.at(0)));
}

void copy_rows(Transaction& transaction, BackupReader& reader, const RestoreOptions& options) {
  const BackupTable* table = nullptr;
  int waiting = 0;
  while (auto row = reader.next(table)) {
    if (!is_wanted(*table, *row, options)) continue;
    if (table->name == "lists") outdate_marks(*table, *row, options.now);
    table->insert(transaction, *row);
    if (++waiting < kRowsPerFlush) continue;
    transaction.flush();
    waiting = 0;
  }
  raise_user_counter(transaction, reader.head().user_counter);
}

}  // namespace

BackupSummary check_backup(const std::filesystem::path& file) {
  BackupReader reader(file);
  check_head(reader.head());
  BackupSummary summary;
  summary.head = reader.head();
  for (const BackupTable& table : backup_tables())
    summary.rows.emplace(table.name, 0);
  const BackupTable* table = nullptr;
  while (const auto row = reader.next(table)) {
    ++summary.rows.find(table->name)->second;
    if (table->name == "installation") {
      summary.installation.emplace(std::get<std::string>(row->at(0)),
                                   std::get<std::string>(row->at(1)));
    }
  }
  summary.bytes = reader.bytes();
  return summary;
}

void restore_backup(Database& database,
                    const std::filesystem::path& file,
                    const RestoreOptions& options,
                    core::Deadline deadline) {
  database.write(
      [&](Transaction& transaction) {
        BackupReader reader(file);
        check_head(reader.head());
        delete_everything(transaction);
        copy_rows(transaction, reader, options);
      },
      deadline);
}

bool has_users(Database& database, core::Deadline deadline) {
  bool found = false;
  database.read([&](Transaction& transaction) { found = transaction.execute(kFindUser) > 0; },
                deadline);
  return found;
}

}  // namespace tms::db
