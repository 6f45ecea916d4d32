#include "backend/tests/support/task_world.h"

#include <stdexcept>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"

namespace tms::tests {
namespace {

constexpr db::Statement kAddUser{"test_add_user", R"sql(
insert into users (username, username_folded, email, email_folded, password_hash, inbox_list_id, created_at, updated_at)
values ($1, $1, $2, $2, '', $3, $4, $4)
returning user_id)sql"};

constexpr db::Statement kAddList{"test_add_list", R"sql(
insert into lists (list_id, name, created_at)
values ($1, 'List', $2))sql"};

constexpr db::Statement kSetRole{"test_set_role", R"sql(
insert into list_members (user_id, list_id, role)
values ($1, $2, $3)
on conflict (user_id, list_id) do update set role = excluded.role)sql"};

constexpr db::Statement kRemoveMember{"test_remove_member", R"sql(
delete from list_members
where user_id = $1
  and list_id = $2)sql"};

constexpr db::Statement kAddSession{"test_add_session", R"sql(
insert into sessions (session_id, user_id, created_at, last_seen, expires_at, user_agent, address)
values ($1, $2, $3, $3, $4, '', ''))sql"};

constexpr db::Statement kEndSession{"test_end_session", R"sql(
delete from sessions
where session_id = $1)sql"};

constexpr db::Statement kRaiseSeq{"test_raise_seq", R"sql(
update lists
set seq = seq + 1
where list_id = $1)sql"};

constexpr db::Statement kAddTask{"test_add_task", R"sql(
insert into tasks (
  list_id, task_id, user_id, description, description_folded, status, created_at, updated_at, version, seq
)
select list_id, $2, $3, 'x', 'x', 'pending', $4, $4, 1, seq
from lists
where list_id = $1)sql"};

constexpr db::Statement kDumpLists{"test_dump_lists", R"sql(
select list_id, seq, purged_seq
from lists
order by list_id)sql"};

constexpr db::Statement kDumpTasks{"test_dump_tasks", R"sql(
select list_id, task_id, user_id, description, description_folded, coalesce(due_date, '-'), status,
  created_at, updated_at, coalesce(completed_at, -1), coalesce(deleted_at, -1), version, seq
from tasks
order by list_id, task_id)sql"};

}  // namespace

Person TaskWorld::add_person(std::string_view name) {
  Person person;
  person.inbox = add_list();
  const std::string email = std::string(name) + "@example.org";
  database_.write(
      [&](db::Transaction& transaction) {
        transaction.query(
            kAddUser, [&](const db::Row& row) { person.user_id = row.integer(0); }, name, email,
            person.inbox, clock_.now());
      },
      soon());
  set_role(person.inbox, person, "owner");
  add_session(person);
  return person;
}

Person TaskWorld::sign_in_again(const Person& person) {
  Person again = person;
  add_session(again);
  return again;
}

void TaskWorld::add_session(Person& person) {
  person.session_id = core::random_id(random_);
  const core::Timestamp end = clock_.now() + std::chrono::hours(24 * 90);
  database_.write(
      [&](db::Transaction& transaction) {
        transaction.execute(kAddSession, person.session_id, person.user_id, clock_.now(), end);
      },
      soon());
}

void TaskWorld::end_session(const Person& person) {
  database_.write(
      [&](db::Transaction& transaction) { transaction.execute(kEndSession, person.session_id); },
      soon());
}

core::Uuid TaskWorld::add_list() {
  const core::Uuid list_id = new_id();
  database_.write(
      [&](db::Transaction& transaction) { transaction.execute(kAddList, list_id, clock_.now()); },
      soon());
  return list_id;
}

void TaskWorld::set_role(const core::Uuid& list_id, const Person& person, std::string_view role) {
  database_.write(
      [&](db::Transaction& transaction) {
        if (role.empty()) {
          transaction.execute(kRemoveMember, person.user_id, list_id);
        } else {
          transaction.execute(kSetRole, person.user_id, list_id, role);
        }
      },
      soon());
}

http::Request TaskWorld::request(const Person& person) const {
  http::Request request;
  request.request_id = "test";
  request.deadline = soon();
  request.identity = http::Identity{person.session_id, person.user_id};
  return request;
}

http::Request TaskWorld::request_for_task(const Person& person, std::string_view task_id) const {
  http::Request made = request(person);
  made.path_parameters.emplace_back("task_id", task_id);
  return made;
}

http::Response TaskWorld::create(const Person& person, std::string_view body) const {
  http::Request made = request(person);
  made.body = body;
  return create_.handle(made);
}

http::Response TaskWorld::list(const Person& person, std::vector<http::NameValue> query) const {
  http::Request made = request(person);
  made.query = std::move(query);
  return list_.handle(made);
}

http::Response TaskWorld::get(const Person& person, std::string_view task_id) const {
  return get_.handle(request_for_task(person, task_id));
}

http::Response TaskWorld::update(const Person& person,
                                 std::string_view task_id,
                                 std::string_view body,
                                 std::string_view if_match) const {
  http::Request made = request_for_task(person, task_id);
  made.body = body;
  if (!if_match.empty()) made.headers.emplace_back("if-match", if_match);
  return update_.handle(made);
}

http::Response TaskWorld::remove(const Person& person, std::string_view task_id) const {
  return delete_.handle(request_for_task(person, task_id));
}

http::Response TaskWorld::restore(const Person& person, std::string_view task_id) const {
  return restore_.handle(request_for_task(person, task_id));
}

std::string TaskWorld::add_task(const Person& person, std::string_view description) const {
  const http::Response response =
      create(person, "{\"description\":\"" + std::string(description) + "\"}");
  if (response.status != 201) throw std::runtime_error("no task was created: " + response.body);
  return *text_at(at(json_of(response), "task"), "task_id");
}

void TaskWorld::add_many_tasks(const core::Uuid& list_id, const Person& person, int count) {
  database_.write(
      [&](db::Transaction& transaction) {
        for (int index = 0; index < count; ++index) {
          transaction.queue(kRaiseSeq, list_id);
          transaction.queue(kAddTask, list_id, new_id(), person.user_id, clock_.now());
        }
      },
      soon());
}

std::string TaskWorld::dump() {
  std::string text;
  const auto add = [&](const auto& value) {
    text += value;
    text += '|';
  };
  database_.read(
      [&](db::Transaction& transaction) {
        text.clear();
        transaction.query(kDumpLists, [&](const db::Row& row) {
          add(row.uuid(0).to_string());
          add(std::to_string(row.integer(1)));
          add(std::to_string(row.integer(2)));
          text += '\n';
        });
        transaction.query(kDumpTasks, [&](const db::Row& row) {
          add(row.uuid(0).to_string());
          add(row.uuid(1).to_string());
          add(std::to_string(row.integer(2)));
          for (int column = 3; column <= 6; ++column)
            add(row.text(column));
          for (int column = 7; column <= 12; ++column)
            add(std::to_string(row.integer(column)));
          text += '\n';
        });
      },
      soon());
  return text;
}

}  // namespace tms::tests
