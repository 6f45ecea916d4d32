#pragma once

#include "backend/db/migrations.h"

namespace tms::db {

// Times are microseconds since 1970 (UTC), booleans 0 or 1. PostgreSQL's texts that are compared or
// sorted are COLLATE "C", so that both engines order bytes.

inline constexpr std::string_view kFirstSchemaPostgres = R"sql(
create table installation (
  name text primary key,
  value text not null
);

create table users (
  user_id bigint generated always as identity primary key,
  username text not null,
  username_folded text collate "C" not null unique,
  email text not null,
  email_folded text collate "C" not null unique,
  password_hash text not null,
  inbox_list_id uuid not null,
  locked_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

create table lists (
  list_id uuid primary key,
  name text not null,
  seq bigint not null default 0,
  purged_seq bigint not null default 0,
  created_at bigint not null
);

create table list_members (
  user_id bigint not null references users on delete cascade,
  list_id uuid not null references lists on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  primary key (user_id, list_id)
);
create index list_members_by_list on list_members (list_id);

create table tasks (
  list_id uuid not null references lists on delete cascade,
  task_id uuid not null unique,
  user_id bigint references users on delete set null,
  description text not null,
  description_folded text collate "C" not null,
  due_date text collate "C",
  status text collate "C" not null check (status in ('pending', 'in_progress', 'completed')),
  created_at bigint not null,
  updated_at bigint not null,
  completed_at bigint,
  deleted_at bigint,
  version bigint not null,
  seq bigint not null,
  primary key (list_id, task_id)
);
create index tasks_by_seq on tasks (list_id, seq);
create index tasks_by_created on tasks (list_id, created_at desc, task_id);
create index tasks_by_user on tasks (user_id);
create index tasks_in_trash on tasks (deleted_at) where deleted_at is not null;

create table pending_signups (
  flow text collate "C" primary key,
  username text not null,
  username_folded text collate "C" not null,
  email text not null,
  email_folded text collate "C" not null,
  password_hash text not null,
  created_at bigint not null
);
create index pending_signups_by_age on pending_signups (created_at);

create table code_flows (
  flow text collate "C" primary key,
  purpose text collate "C" not null check (purpose in ('signup', 'reset')),
  subject text collate "C" not null,
  user_id bigint references users on delete cascade,
  withheld bigint not null check (withheld in (0, 1)),
  generation bigint not null,
  failures bigint not null,
  next_send_at bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index code_flows_by_user on code_flows (user_id);
create index code_flows_by_expiry on code_flows (expires_at);

create table sessions (
  session_id text collate "C" primary key,
  user_id bigint not null references users on delete cascade,
  created_at bigint not null,
  last_seen bigint not null,
  expires_at bigint not null,
  user_agent text not null,
  address text not null
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

create table outbox (
  outbox_id bigint generated always as identity primary key,
  kind text collate "C" not null,
  flow text collate "C",
  generation bigint not null,
  recipient text not null,
  username text not null,
  state text collate "C" not null check (state in ('queued', 'sent', 'failed', 'expired')),
  attempts bigint not null,
  next_attempt_at bigint not null,
  expires_at bigint not null,
  created_at bigint not null,
  last_error text not null default ''
);
create index outbox_by_state on outbox (state, next_attempt_at);

create table throttles (
  bucket text collate "C" primary key,
  count bigint not null,
  window_started_at bigint not null,
  blocked_until bigint not null,
  expires_at bigint not null
);
create index throttles_by_expiry on throttles (expires_at);
)sql";

inline constexpr std::string_view kFirstSchemaSqlite = R"sql(
create table installation (
  name text primary key,
  value text not null
) strict, without rowid;

create table users (
  user_id integer primary key autoincrement,
  username text not null,
  username_folded text not null unique,
  email text not null,
  email_folded text not null unique,
  password_hash text not null,
  inbox_list_id blob not null,
  locked_at integer,
  created_at integer not null,
  updated_at integer not null
) strict;

create table lists (
  list_id blob primary key,
  name text not null,
  seq integer not null default 0,
  purged_seq integer not null default 0,
  created_at integer not null
) strict, without rowid;

create table list_members (
  user_id integer not null references users on delete cascade,
  list_id blob not null references lists on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  primary key (user_id, list_id)
) strict, without rowid;
create index list_members_by_list on list_members (list_id);

create table tasks (
  list_id blob not null references lists on delete cascade,
  task_id blob not null unique,
  user_id integer references users on delete set null,
  description text not null,
  description_folded text not null,
  due_date text,
  status text not null check (status in ('pending', 'in_progress', 'completed')),
  created_at integer not null,
  updated_at integer not null,
  completed_at integer,
  deleted_at integer,
  version integer not null,
  seq integer not null,
  primary key (list_id, task_id)
) strict, without rowid;
create index tasks_by_seq on tasks (list_id, seq);
create index tasks_by_created on tasks (list_id, created_at desc, task_id);
create index tasks_by_user on tasks (user_id);
create index tasks_in_trash on tasks (deleted_at) where deleted_at is not null;

create table pending_signups (
  flow text primary key,
  username text not null,
  username_folded text not null,
  email text not null,
  email_folded text not null,
  password_hash text not null,
  created_at integer not null
) strict, without rowid;
create index pending_signups_by_age on pending_signups (created_at);

create table code_flows (
  flow text primary key,
  purpose text not null check (purpose in ('signup', 'reset')),
  subject text not null,
  user_id integer references users on delete cascade,
  withheld integer not null check (withheld in (0, 1)),
  generation integer not null,
  failures integer not null,
  next_send_at integer not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict, without rowid;
create index code_flows_by_user on code_flows (user_id);
create index code_flows_by_expiry on code_flows (expires_at);

create table sessions (
  session_id text primary key,
  user_id integer not null references users on delete cascade,
  created_at integer not null,
  last_seen integer not null,
  expires_at integer not null,
  user_agent text not null,
  address text not null
) strict, without rowid;
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

create table outbox (
  outbox_id integer primary key autoincrement,
  kind text not null,
  flow text,
  generation integer not null,
  recipient text not null,
  username text not null,
  state text not null check (state in ('queued', 'sent', 'failed', 'expired')),
  attempts integer not null,
  next_attempt_at integer not null,
  expires_at integer not null,
  created_at integer not null,
  last_error text not null default ''
) strict;
create index outbox_by_state on outbox (state, next_attempt_at);

create table throttles (
  bucket text primary key,
  count integer not null,
  window_started_at integer not null,
  blocked_until integer not null,
  expires_at integer not null
) strict, without rowid;
create index throttles_by_expiry on throttles (expires_at);
)sql";

}  // namespace tms::db
