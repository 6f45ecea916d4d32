#include "backend/handlers/tasks/task_errors.h"

namespace tms::handlers {
namespace {

core::Error error(core::ErrorCode code, std::string_view detail) {
  core::Error error;
  error.code = code;
  error.detail.value = detail;
  return error;
}

}  // namespace

core::Error task_not_found() {
  return error(core::ErrorCode::not_found, "There is nothing of yours under this id.");
}

core::Error list_is_read_only() {
  return error(core::ErrorCode::read_only,
               "You can read the tasks of this list but not change them.");
}

core::Error task_id_taken() {
  return error(core::ErrorCode::task_id_taken, "Make a new id for this task and send it again.");
}

core::Error version_conflict(const TaskView& current) {
  core::Error conflict = error(core::ErrorCode::version_conflict,
                               "The task was changed after the version you started from.");
  http::JsonWriter json;
  write_task(json, current);
  conflict.extensions.emplace_back("task", std::move(json).take());
  return conflict;
}

}  // namespace tms::handlers
