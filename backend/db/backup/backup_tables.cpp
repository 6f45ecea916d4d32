#include "backend/db/backup/backup_tables.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace tms::db {
namespace {

constexpr std::array<BackupColumn, 2> kInstallationColumns{{
    {"name", ColumnKind::text, true},
    {"value", ColumnKind::text},
}};

constexpr Statement kReadInstallation{"backup_read_installation", R"sql(
select name, value
from installation
where name > $1
order by name
limit 1000)sql"};

constexpr Statement kInsertInstallation{"backup_insert_installation", R"sql(
insert into installation (name, value)
values ($1, $2))sql"};

constexpr std::array<BackupColumn, 10> kUserColumns{{
    {"user_id", ColumnKind::integer, true},
    {"username", ColumnKind::text},
    {"username_folded", ColumnKind::text},
    {"email", ColumnKind::text},
    {"email_folded", ColumnKind::text},
    {"password_hash", ColumnKind::text},
    {"inbox_list_id", ColumnKind::uuid},
    {"locked_at", ColumnKind::integer},
    {"created_at", ColumnKind::integer},
    {"updated_at", ColumnKind::integer},
}};

constexpr Statement kReadUsers{"backup_read_users", R"sql(
select user_id, username, username_folded, email, email_folded, password_hash, inbox_list_id,
  locked_at, created_at, updated_at
from users
where user_id > $1
order by user_id
limit 1000)sql"};

constexpr Statement kInsertUser{"backup_insert_user",
                                R"sql(
insert into users (user_id, username, username_folded, email, email_folded, password_hash,
  inbox_list_id, locked_at, created_at, updated_at)
overriding system value
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql",
                                R"sql(
insert into users (user_id, username, username_folded, email, email_folded, password_hash,
  inbox_list_id, locked_at, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr std::array<BackupColumn, 5> kListColumns{{
    {"list_id", ColumnKind::uuid, true},
    {"name", ColumnKind::text},
    {"seq", ColumnKind::integer},
    {"purged_seq", ColumnKind::integer},
    {"created_at", ColumnKind::integer},
}};

constexpr Statement kReadLists{"backup_read_lists", R"sql(
select list_id, name, seq, purged_seq, created_at
from lists
where list_id > $1
order by list_id
limit 1000)sql"};

constexpr Statement kInsertList{"backup_insert_list", R"sql(
insert into lists (list_id, name, seq, purged_seq, created_at)
values ($1, $2, $3, $4, $5))sql"};

constexpr std::array<BackupColumn, 3> kMemberColumns{{
    {"user_id", ColumnKind::integer, true},
    {"list_id", ColumnKind::uuid, true},
    {"role", ColumnKind::text},
}};

constexpr Statement kReadMembers{"backup_read_list_members", R"sql(
select user_id, list_id, role
from list_members
where (user_id, list_id) > ($1, $2)
order by user_id, list_id
limit 1000)sql"};

constexpr Statement kInsertMember{"backup_insert_list_member", R"sql(
insert into list_members (user_id, list_id, role)
values ($1, $2, $3))sql"};

constexpr std::array<BackupColumn, 13> kTaskColumns{{
    {"list_id", ColumnKind::uuid, true},
    {"task_id", ColumnKind::uuid, true},
    {"user_id", ColumnKind::integer},
    {"description", ColumnKind::text},
    {"description_folded", ColumnKind::text},
    {"due_date", ColumnKind::text},
    {"status", ColumnKind::text},
    {"created_at", ColumnKind::integer},
    {"updated_at", ColumnKind::integer},
    {"completed_at", ColumnKind::integer},
    {"deleted_at", ColumnKind::integer},
    {"version", ColumnKind::integer},
    {"seq", ColumnKind::integer},
}};

constexpr Statement kReadTasks{"backup_read_tasks", R"sql(
select list_id, task_id, user_id, description, description_folded, due_date, status, created_at,
  updated_at, completed_at, deleted_at, version, seq
from tasks
where (list_id, task_id) > ($1, $2)
order by list_id, task_id
limit 1000)sql"};

constexpr Statement kInsertTask{"backup_insert_task", R"sql(
insert into tasks (list_id, task_id, user_id, description, description_folded, due_date, status,
  created_at, updated_at, completed_at, deleted_at, version, seq)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr Statement kLockTables{"postgres_lock_all_tables", R"sql(
lock table installation, users, lists, list_members, tasks, pending_signups, code_flows, sessions,
  outbox, throttles
in exclusive mode)sql"};

constexpr Statement kDeleteTasks{"delete_all_tasks", "delete from tasks"};
constexpr Statement kDeleteMembers{"delete_all_list_members", "delete from list_members"};
constexpr Statement kDeleteLists{"delete_all_lists", "delete from lists"};
constexpr Statement kDeleteSessions{"delete_all_sessions", "delete from sessions"};
constexpr Statement kDeleteFlows{"delete_all_code_flows", "delete from code_flows"};
constexpr Statement kDeletePending{"delete_all_pending_signups", "delete from pending_signups"};
constexpr Statement kDeleteOutbox{"delete_all_of_outbox", "delete from outbox"};
constexpr Statement kDeleteThrottles{"delete_all_throttles", "delete from throttles"};
constexpr Statement kDeleteUsers{"delete_all_users", "delete from users"};
constexpr Statement kDeleteInstallation{"delete_all_of_installation", "delete from installation"};

constexpr Statement kReadUserCounter{"backup_read_user_counter",
                                     R"sql(
select case when is_called then last_value else 0 end
from users_user_id_seq)sql",
                                     R"sql(
select coalesce(max(seq), 0)
from sqlite_sequence
where name = 'users')sql"};

constexpr Statement kRaiseUserCounter{"postgres_raise_user_counter", R"sql(
select setval('users_user_id_seq', greatest(cast($1 as bigint), last_value))
from users_user_id_seq)sql"};

constexpr Statement kMakeUserCounter{"sqlite_make_user_counter", R"sql(
insert into sqlite_sequence (name, seq)
select 'users', 0
where not exists (
  select 1
  from sqlite_sequence
  where name = 'users'
))sql"};

constexpr Statement kSetUserCounter{"sqlite_raise_user_counter", R"sql(
update sqlite_sequence
set seq = max(seq, $1)
where name = 'users')sql"};

Parameter as_parameter(const BackupValue& value) {
  return std::visit([](const auto& held) { return Parameter(held); }, value);
}

// Statements take their values one by one; these two turn a row of a known length into that.
template <std::size_t... kIndex>
std::size_t query_values(Transaction& transaction,
                         const Statement& statement,
                         Transaction::Visitor visit,
                         const BackupRow& values,
                         std::index_sequence<kIndex...> /*places*/) {
  return transaction.query(statement, visit, as_parameter(values.at(kIndex))...);
}

template <std::size_t... kIndex>
void queue_values(Transaction& transaction,
                  const Statement& statement,
                  const BackupRow& values,
                  std::index_sequence<kIndex...> /*places*/) {
  transaction.queue(statement, as_parameter(values.at(kIndex))...);
}

template <const Statement& kStatement, std::size_t kKeyColumns>
std::size_t read_page(Transaction& transaction, Transaction::Visitor visit, const BackupRow& key) {
  return query_values(transaction, kStatement, visit, key, std::make_index_sequence<kKeyColumns>());
}

template <const Statement& kStatement, std::size_t kColumns>
void insert(Transaction& transaction, const BackupRow& row) {
  queue_values(transaction, kStatement, row, std::make_index_sequence<kColumns>());
}

constexpr std::array<BackupTable, 5> kTables{{
    {"installation", kInstallationColumns, read_page<kReadInstallation, 1>,
     insert<kInsertInstallation, kInstallationColumns.size()>},
    {"users", kUserColumns, read_page<kReadUsers, 1>, insert<kInsertUser, kUserColumns.size()>},
    {"lists", kListColumns, read_page<kReadLists, 1>, insert<kInsertList, kListColumns.size()>},
    {"list_members", kMemberColumns, read_page<kReadMembers, 2>,
     insert<kInsertMember, kMemberColumns.size()>},
    {"tasks", kTaskColumns, read_page<kReadTasks, 2>, insert<kInsertTask, kTaskColumns.size()>},
}};

constexpr std::array<std::string_view, 6> kLeftOut{
    "sessions", "code_flows", "outbox", "pending_signups", "throttles", "schema_migrations"};

BackupValue read_value(const Row& row, int column, ColumnKind kind) {
  if (row.is_null(column)) return nullptr;
  switch (kind) {
    case ColumnKind::integer:
      return row.integer(column);
    case ColumnKind::text:
      return std::string(row.text(column));
    case ColumnKind::uuid:
      return row.uuid(column);
  }
  throw std::logic_error("unknown kind of column");
}

}  // namespace

std::span<const BackupTable> backup_tables() {
  return kTables;
}

std::span<const std::string_view> tables_without_backup() {
  return kLeftOut;
}

// Below every key there is: ids of users begin at 1, names are not empty, no id is all zeros.
BackupRow first_key(const BackupTable& table) {
  BackupRow key;
  for (const BackupColumn& column : table.columns) {
    if (!column.is_key) continue;
    if (column.kind == ColumnKind::integer) {
      key.emplace_back(std::int64_t{0});
    } else if (column.kind == ColumnKind::text) {
      key.emplace_back(std::string());
    } else {
      key.emplace_back(core::Uuid{});
    }
  }
  return key;
}

BackupRow key_of(const BackupTable& table, const BackupRow& row) {
  BackupRow key;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    if (table.columns[column].is_key) key.push_back(row.at(column));
  }
  return key;
}

BackupRow read_backup_row(const BackupTable& table, const Row& row) {
  BackupRow values;
  values.reserve(table.columns.size());
  for (std::size_t column = 0; column < table.columns.size(); ++column)
    values.push_back(read_value(row, static_cast<int>(column), table.columns[column].kind));
  return values;
}

void delete_everything(Transaction& transaction) {
  if (transaction.engine() == Engine::postgres) transaction.execute(kLockTables);
  for (const Statement* statement :
       {&kDeleteTasks, &kDeleteMembers, &kDeleteLists, &kDeleteSessions, &kDeleteFlows,
        &kDeletePending, &kDeleteOutbox, &kDeleteThrottles, &kDeleteUsers, &kDeleteInstallation}) {
    transaction.execute(*statement);
  }
}

std::int64_t read_user_counter(Transaction& transaction) {
  std::int64_t value = 0;
  transaction.query(kReadUserCounter, [&](const Row& row) { value = row.integer(0); });
  return value;
}

void raise_user_counter(Transaction& transaction, std::int64_t value) {
  if (value < 1) return;
  if (transaction.engine() == Engine::postgres) {
    transaction.execute(kRaiseUserCounter, value);
    return;
  }
  transaction.execute(kMakeUserCounter);
  transaction.execute(kSetUserCounter, value);
}

}  // namespace tms::db
