#include "backend/handlers/tasks/task.h"

namespace tms::handlers {
namespace {

std::optional<std::string> to_owned(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

std::optional<core::Timestamp> optional_time(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.timestamp(column);
}

}  // namespace

TaskView read_task(const db::Row& row, int first) {
  TaskView task;
  task.task_id = row.uuid(first);
  task.list_id = row.uuid(first + 1);
  if (!row.is_null(first + 2)) task.user_id = row.integer(first + 2);
  task.description = row.text(first + 3);
  if (!row.is_null(first + 4)) task.due_date = row.text(first + 4);
  task.status = row.text(first + 5);
  task.created_at = row.timestamp(first + 6);
  task.updated_at = row.timestamp(first + 7);
  task.completed_at = optional_time(row, first + 8);
  task.deleted_at = optional_time(row, first + 9);
  task.version = row.integer(first + 10);
  return task;
}

Task::Task(const TaskView& view)
    : task_id(view.task_id),
      list_id(view.list_id),
      user_id(view.user_id),
      description(view.description),
      due_date(to_owned(view.due_date)),
      status(view.status),
      created_at(view.created_at),
      updated_at(view.updated_at),
      completed_at(view.completed_at),
      deleted_at(view.deleted_at),
      version(view.version) {}

TaskView Task::view() const {
  return {task_id,    list_id,    user_id,      description, due_date, status,
          created_at, updated_at, completed_at, deleted_at,  version};
}

void write_task(http::JsonWriter& json, const TaskView& task) {
  json.begin_object();
  json.member("task_id", task.task_id);
  json.member("list_id", task.list_id);
  json.member("user_id", task.user_id);
  json.member("description", task.description);
  json.member("due_date", task.due_date);
  json.member("status", task.status);
  json.member("created_at", task.created_at);
  json.member("updated_at", task.updated_at);
  json.member("completed_at", task.completed_at);
  json.member("version", task.version);
  json.end_object();
}

std::string entity_tag(std::int64_t version) {
  return '"' + std::to_string(version) + '"';
}

http::Response task_response(int status, const TaskView& task) {
  http::JsonWriter json;
  json.begin_object();
  json.key("task");
  write_task(json, task);
  json.end_object();
  http::Response response = http::Response::json(status, std::move(json).take());
  response.headers.emplace_back("ETag", entity_tag(task.version));
  return response;
}

}  // namespace tms::handlers
