#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/session_check.h"
#include "backend/core/uuid.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/create_task.h"
#include "backend/handlers/tasks/delete_task.h"
#include "backend/handlers/tasks/get_task.h"
#include "backend/handlers/tasks/get_tasks.h"
#include "backend/handlers/tasks/restore_task.h"
#include "backend/handlers/tasks/update_task.h"
#include "backend/http/json_value.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {

/// A signed-in user with an Inbox.
struct Person {
  std::int64_t user_id = 0;
  core::Uuid inbox;
  std::string session_id;
};

/// Users, lists and the task handlers on one database, for tests that speak HTTP values. Calls may
/// come from many threads; everything that prepares may not.
class TaskWorld {
 public:
  explicit TaskWorld(db::Database& database) : database_(database) {}

  Person add_person(std::string_view name);
  /// A further session of the same user.
  Person sign_in_again(const Person& person);
  void end_session(const Person& person);
  core::Uuid add_list();
  /// Gives, changes or (with an empty role) takes away a role in a list.
  void set_role(const core::Uuid& list_id, const Person& person, std::string_view role);

  core::Uuid new_id() { return core::Uuid::make_version_7(clock_.now(), random_); }
  ManualClock& clock() { return clock_; }
  db::Database& database() { return database_; }
  FixedRandom& random() { return random_; }

  http::Response create(const Person& person, std::string_view body) const;
  http::Response list(const Person& person, std::vector<http::NameValue> query = {}) const;
  http::Response get(const Person& person, std::string_view task_id) const;
  http::Response update(const Person& person,
                        std::string_view task_id,
                        std::string_view body,
                        std::string_view if_match = {}) const;
  http::Response remove(const Person& person, std::string_view task_id) const;
  http::Response restore(const Person& person, std::string_view task_id) const;

  /// Creates a task and returns its id; the description must need no escapes.
  std::string add_task(const Person& person, std::string_view description) const;

  /// Puts `count` tasks into a list in one transaction, past the handlers.
  void add_many_tasks(const core::Uuid& list_id, const Person& person, int count);

  /// Every row of lists and tasks as text: equal dumps mean that nothing was written.
  std::string dump();

  [[nodiscard]] http::Request request(const Person& person) const;

  const handlers::CreateTask& create_handler() const { return create_; }
  const handlers::GetTasks& list_handler() const { return list_; }
  const handlers::GetTask& get_handler() const { return get_; }
  const handlers::UpdateTask& update_handler() const { return update_; }
  const handlers::DeleteTask& delete_handler() const { return delete_; }
  const handlers::RestoreTask& restore_handler() const { return restore_; }

 private:
  http::Request request_for_task(const Person& person, std::string_view task_id) const;
  void add_session(Person& person);

  db::Database& database_;
  ManualClock clock_;
  FixedRandom random_;
  auth::SessionCheck session_check_{clock_, {}};
  handlers::CreateTask create_{database_, random_, session_check_};
  handlers::GetTasks list_{database_, session_check_};
  handlers::GetTask get_{database_, session_check_};
  handlers::UpdateTask update_{database_, session_check_};
  handlers::DeleteTask delete_{database_, session_check_};
  handlers::RestoreTask restore_{database_, session_check_};
};

}  // namespace tms::tests
