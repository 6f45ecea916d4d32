// Backups of both engines, restored into both.

#include "backend/db/backup/backup.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/sample_rows.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr core::Timestamp kNow = core::from_micros(1'800'000'000'000'000);

constexpr Statement kColumns{"test_columns_of_all_tables",
                             R"sql(
select table_name || '.' || column_name
from information_schema.columns
where table_schema = current_schema())sql",
                             R"sql(
select m.name || '.' || c.name
from sqlite_master m
join pragma_table_info(m.name) c
where m.type = 'table' and m.name not like 'sqlite\_%' escape '\')sql"};
constexpr Statement kSessions{"test_count_what_signs_in", R"sql(
select (select count(*) from sessions) + (select count(*) from code_flows)
  + (select count(*) from pending_signups) + (select count(*) from outbox)
  + (select count(*) from throttles))sql"};
constexpr Statement kOutdatedLists{"test_count_lists_at", R"sql(
select count(*)
from lists
where seq = $1 and purged_seq = $1)sql"};
constexpr Statement kUsers{"test_count_users", "select count(*) from users"};
constexpr Statement kNewUser{"test_new_user", R"sql(
insert into users (username, username_folded, email, email_folded, password_hash, inbox_list_id,
  created_at, updated_at)
select 'new', 'new', 'new', 'new', '', list_id, 1, 1
from lists
limit 1
returning user_id)sql"};
constexpr Statement kFingerprints{"test_count_fingerprints",
                                  "select count(*) from installation where name like 'secret%'"};

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

class Backup : public tests::DatabaseTest {
 protected:
  BackupSummary take(const std::string& name) {
    return take_backup(database(), file(name), "1.2.3", kNow, tests::soon());
  }

  void restore(const std::string& name) {
    restore_backup(database(), file(name), {kNow, {}}, tests::soon());
  }

  [[nodiscard]] fs::path file(const std::string& name) const { return folder_.path() / name; }

  /// The rows of a backup, without the numbers of lists, which a restore raises.
  static std::multiset<std::string> rows_of(const fs::path& file) {
    std::multiset<std::string> rows;
    BackupReader reader(file);
    const BackupTable* table = nullptr;
    while (auto row = reader.next(table)) {
      if (table->name == "lists") row->at(2) = row->at(3) = nullptr;
      std::ostringstream line;
      line << table->name;
      for (const BackupValue& value : *row) {
        if (const auto* text = std::get_if<std::string>(&value)) line << "|text " << *text;
        if (const auto* number = std::get_if<std::int64_t>(&value)) line << '|' << *number;
        if (const auto* id = std::get_if<core::Uuid>(&value)) line << '|' << id->to_string();
        if (std::holds_alternative<std::nullptr_t>(value)) line << "|null";
      }
      rows.insert(line.str());
    }
    return rows;
  }

 private:
  tests::TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Backup,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(Backup, knows_every_table_and_column_of_the_schema) {
  std::set<std::string> expected;
  for (const BackupTable& table : backup_tables()) {
    for (const BackupColumn& column : table.columns)
      expected.insert(std::string(table.name) + "." + std::string(column.name));
  }
  std::set<std::string> found;
  database().read(
      [&](Transaction& transaction) {
        transaction.query(kColumns, [&](const Row& row) {
          const std::string column(row.text(0));
          const auto left_out = tables_without_backup();
          if (std::ranges::find(left_out, column.substr(0, column.find('.'))) == left_out.end())
            found.insert(column);
        });
      },
      tests::soon());
  EXPECT_EQ(found, expected);
}

TEST_P(Backup, gives_every_row_back_on_either_engine) {
  tests::add_sample_rows(database());
  const BackupSummary summary = take("first");
  EXPECT_EQ(summary.rows.at("users"), 3);
  EXPECT_EQ(summary.rows.at("tasks"), 4);
  const auto before = rows_of(file("first"));
  for (const Engine target : tests::engines_under_test()) {
    // On PostgreSQL this empties the database that the backup came from.
    tests::TestDatabase other(target);
    restore_backup(other.database(), file("first"), {kNow, {}}, tests::soon());
    const fs::path again = file(target == Engine::sqlite ? "sqlite" : "postgres");
    take_backup(other.database(), again, "1.2.3", kNow, tests::soon());
    EXPECT_EQ(rows_of(again), before);
  }
}

TEST_P(Backup, of_more_rows_than_a_page_is_whole) {
  tests::add_sample_rows(database());
  tests::add_sample_tasks(database(), 2500);
  EXPECT_EQ(take("large").rows.at("tasks"), 2504);
  const auto before = rows_of(file("large"));
  restore("large");
  take("again");
  EXPECT_EQ(rows_of(file("again")), before);
}

TEST_P(Backup, signs_nobody_in_and_restores_no_code) {
  tests::add_sample_rows(database());
  take("backup");
  EXPECT_THAT(text_of(file("backup")), testing::Not(HasSubstr("agent")));
  EXPECT_EQ(integer(kSessions), 5);
  restore("backup");
  EXPECT_EQ(integer(kSessions), 0);
}

TEST_P(Backup, raises_the_number_of_every_list_to_the_time_of_the_restore) {
  tests::add_sample_rows(database());
  take("backup");
  restore("backup");
  EXPECT_EQ(integer(kOutdatedLists, core::to_micros(kNow)), 2);
  // Of a clock that stands still the numbers go up all the same.
  take("second");
  restore("second");
  EXPECT_EQ(integer(kOutdatedLists, core::to_micros(kNow) + 1), 2);
}

TEST_P(Backup, gives_no_user_id_a_second_time) {
  tests::add_sample_rows(database());
  take("backup");
  restore("backup");
  std::int64_t user_id = 0;
  database().write(
      [&](Transaction& transaction) {
        transaction.query(kNewUser, [&](const Row& row) { user_id = row.integer(0); });
      },
      tests::soon());
  EXPECT_EQ(user_id, 71);
}

TEST_P(Backup, can_leave_out_to_which_secret_it_belongs) {
  tests::add_sample_rows(database());
  const BackupSummary summary = take("backup");
  EXPECT_EQ(summary.installation.at("secret_fingerprint:k1"), "00ff");
  restore_backup(database(), file("backup"),
                 {kNow, [](std::string_view name) { return name.starts_with("secret"); }},
                 tests::soon());
  EXPECT_EQ(integer(kFingerprints), 0);
}

TEST_P(Backup, with_a_byte_changed_or_missing_is_refused) {
  tests::add_sample_rows(database());
  take("backup");
  const std::string whole = text_of(file("backup"));
  // Every byte of the head and the end, and every eleventh of the rows.
  const std::size_t rows_begin = whole.find('\n');
  const std::size_t rows_end = whole.rfind('\n', whole.size() - 2);
  for (std::size_t place = 0; place < whole.size(); ++place) {
    if (place > rows_begin && place < rows_end && place % 11 != 0) continue;
    std::string damaged = whole;
    damaged[place] = static_cast<char>(damaged[place] ^ 1);
    write(file("damaged"), damaged);
    EXPECT_THROW(check_backup(file("damaged")), BadBackup) << "byte " << place << " changed";
    write(file("damaged"), whole.substr(0, place));
    EXPECT_THROW(check_backup(file("damaged")), BadBackup) << "cut at byte " << place;
  }
  write(file("damaged"), whole + "\n");
  EXPECT_THROW(check_backup(file("damaged")), BadBackup);
}

TEST_P(Backup, that_is_damaged_changes_nothing) {
  tests::add_sample_rows(database());
  take("backup");
  std::string text = text_of(file("backup"));
  text[text.find("ada@example.org")] = 'x';
  write(file("damaged"), text);
  EXPECT_THROW(restore("damaged"), BadBackup);
  EXPECT_EQ(integer(kUsers), 3);
  EXPECT_EQ(integer(kSessions), 5);
}

TEST_P(Backup, of_another_schema_is_refused_with_the_program_to_use) {
  take("backup");
  std::string text = text_of(file("backup"));
  text.replace(text.find("\"schema\":"), 10, "\"schema\":9");
  write(file("newer"), text);
  try {
    check_backup(file("newer"));
    FAIL() << "was taken";
  } catch (const BadBackup& error) {
    EXPECT_THAT(error.what(), HasSubstr("schema version 9"));
    EXPECT_THAT(error.what(), HasSubstr("restore it with tms 1.2.3"));
  }
}

TEST_P(Backup, never_writes_over_a_file) {
  write(file("backup"), "mine");
  EXPECT_THROW(take("backup"), BadBackup);
  EXPECT_EQ(text_of(file("backup")), "mine");
}

TEST_P(Backup, file_belongs_to_its_owner_alone_and_leaves_nothing_beside_it) {
  take("backup");
  EXPECT_EQ(fs::status(file("backup")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(file("")), fs::directory_iterator()), 1);
}

/// Until its end no file of this process may grow above `bytes`, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    (void)::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  sighandler_t handler_;
};

TEST_P(Backup, on_a_full_disk_fails_and_leaves_no_file) {
  tests::add_sample_rows(database());
  {
    const FullDisk full(500);
    EXPECT_THROW(take("backup"), std::system_error);
  }
  EXPECT_TRUE(fs::is_empty(file("")));
  take("backup");
}

}  // namespace
}  // namespace tms::db
