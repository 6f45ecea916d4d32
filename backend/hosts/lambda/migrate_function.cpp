#include "backend/hosts/lambda/migrate_function.h"

#include <stdexcept>

#include "backend/auth/installation.h"
#include "backend/hosts/lambda/function_database.h"
#include "backend/http/json_writer.h"

namespace tms::lambda {
namespace {

// A cluster that slept for a day needs 30 s or more; the deployment waits.
constexpr std::chrono::seconds kWait{100};
constexpr std::chrono::seconds kStatementTime{30};

// Names are constants of this file: roles cannot be parameters of a statement. rds_iam, which only
// Aurora has, is what lets a role log in with a token.
constexpr db::Statement kMakeRoles{"postgres_make_roles", R"sql(
do $$
declare
  role_name text;
begin
  foreach role_name in array array['tms_app', 'tms_migrate'] loop
    if not exists (select 1 from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
    if exists (select 1 from pg_roles where rolname = 'rds_iam') then
      execute format('grant rds_iam to %I', role_name);
    end if;
  end loop;
  execute format('grant create, connect on database %I to tms_migrate', current_database());
  execute format('grant connect on database %I to tms_app', current_database());
  grant usage, create on schema public to tms_migrate;
  grant usage on schema public to tms_app;
end
$$)sql"};

constexpr db::Statement kGrantTables{"postgres_grant_tables", R"sql(
do $$
begin
  if exists (select 1 from pg_roles where rolname = 'tms_app') then
    grant select, insert, update, delete on all tables in schema public to tms_app;
    grant usage on all sequences in schema public to tms_app;
  end if;
end
$$)sql"};

class MigrateFunction final : public Function {
 public:
  MigrateFunction(FunctionContext context, auth::Secret secret)
      : context_(std::move(context)), secret_(std::move(secret)) {}

  std::string handle(const Invocation& invocation) override;

 private:
  void make_roles() const;

  FunctionContext context_;
  auth::Secret secret_;
};

core::Deadline soon() {
  return std::chrono::steady_clock::now() + kStatementTime;
}

// The database answers Unavailable(waking) every few seconds until the cluster is awake.
template <class Work>
void when_awake(const Work& work) {
  const auto end = std::chrono::steady_clock::now() + kWait;
  for (;;) {
    try {
      return work();
    } catch (const db::Unavailable&) {
      if (std::chrono::steady_clock::now() >= end) throw;
    }
  }
}

void MigrateFunction::make_roles() const {
  const std::string& owner = context_.settings.database_owner;
  if (owner.empty()) return;
  const auto database = make_function_database(context_, owner);
  database->write([](db::Transaction& transaction) { transaction.execute(kMakeRoles); }, soon());
}

std::string MigrateFunction::handle(const Invocation&) {
  when_awake([this] { make_roles(); });
  const auto database = make_function_database(context_);
  const db::SchemaStatus applied = database->migrate();
  database->write([](db::Transaction& transaction) { transaction.execute(kGrantTables); }, soon());
  if (const auto checked = auth::check_secret(*database, secret_, soon()); !checked) {
    throw std::runtime_error(checked.error().log.value);
  }
  http::JsonWriter json;
  json.begin_object();
  json.member("version", database->check_schema().version);
  json.key("applied");
  json.begin_array();
  for (const db::Migration& migration : applied.pending)
    json.string(migration.name);
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

}  // namespace

core::Result<std::unique_ptr<Function>> make_migrate_function(const FunctionContext& context,
                                                              const FunctionKeys& keys) {
  auto secret = auth::Secret::parse(keys.secret_lines);
  if (!secret) return secret.error();
  return std::unique_ptr<Function>(std::make_unique<MigrateFunction>(context, std::move(*secret)));
}

}  // namespace tms::lambda
