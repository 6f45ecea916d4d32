#include "backend/db/postgres/role.h"

namespace tms::db::postgres {
namespace {

constexpr Statement kRoleName{"postgres_role_name", R"sql(
select cast(current_user as text))sql"};

// Who owns a table, or is a member of the role that does, may alter it. Superusers are members of all.
constexpr Statement kMayMigrate{"postgres_may_migrate", R"sql(
select 1
where has_schema_privilege(current_schema(), 'create')
  and not exists (
    select 1
    from pg_class c
    where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
      and c.relkind in ('r', 'p')
      and not pg_has_role(c.relowner, 'usage')
  ))sql"};

constexpr Statement kExcessRights{"postgres_excess_rights", R"sql(
select r.words
from pg_roles me
cross join lateral (values
  (1, 'is a superuser', me.rolsuper),
  (2, 'may make databases or roles', me.rolcreatedb or me.rolcreaterole),
  (3, 'may make schemas', has_database_privilege(current_database(), 'create')),
  (4, 'may make tables', has_schema_privilege(current_schema(), 'create')),
  (5, 'owns tables', exists (
    select 1
    from pg_class c
    where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
      and c.relkind in ('r', 'p')
      and pg_has_role(c.relowner, 'usage')
  )),
  (6, 'may empty tables', exists (
    select 1
    from pg_class c
    where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
      and c.relkind in ('r', 'p')
      and has_table_privilege(c.oid, 'truncate')
  ))
) as r(place, words, is_so)
where me.rolname = current_user
  and r.is_so
order by r.place)sql"};

// Roles cannot be parameters of a grant, so the name comes by a setting of the transaction.
constexpr Statement kNameRole{"postgres_name_role", R"sql(
select set_config('tms.grant_to', $1, true))sql"};

constexpr Statement kGrantRows{"postgres_grant_rows", R"sql(
do $$
declare
  role_name text := current_setting('tms.grant_to');
begin
  execute format('grant connect on database %I to %I', current_database(), role_name);
  execute format('grant usage on schema %I to %I', current_schema(), role_name);
  execute format('grant select, insert, update, delete on all tables in schema %I to %I',
                 current_schema(), role_name);
  execute format('revoke insert, update, delete on schema_migrations from %I', role_name);
  -- a backup reads where the counters stand
  execute format('grant usage, select on all sequences in schema %I to %I', current_schema(), role_name);
end
$$)sql"};

}  // namespace

std::string role_name(Database& database, core::Deadline deadline) {
  std::string name;
  database.read(
      [&](Transaction& transaction) {
        transaction.query(kRoleName, [&](const Row& row) { name = row.text(0); });
      },
      deadline);
  return name;
}

bool may_migrate(Database& database, core::Deadline deadline) {
  std::size_t rows = 0;
  database.read([&](Transaction& transaction) { rows = transaction.execute(kMayMigrate); },
                deadline);
  return rows == 1;
}

std::vector<std::string> excess_rights(Database& database, core::Deadline deadline) {
  std::vector<std::string> rights;
  database.read(
      [&](Transaction& transaction) {
        rights.clear();
        transaction.query(kExcessRights, [&](const Row& row) { rights.emplace_back(row.text(0)); });
      },
      deadline);
  return rights;
}

void grant_rows(Database& database, std::string_view role, core::Deadline deadline) {
  database.write(
      [&](Transaction& transaction) {
        transaction.execute(kNameRole, role);
        transaction.execute(kGrantRows);
      },
      deadline);
}

}  // namespace tms::db::postgres
