#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/core/uuid.h"
#include "backend/db/database.h"
#include "backend/http/json_writer.h"
#include "backend/http/response.h"

namespace tms::handlers {

/// The columns that read_task expects, of a table named `t`.
inline constexpr std::string_view kTaskColumns =
    "t.task_id, t.list_id, t.user_id, t.description, t.due_date, t.status, t.created_at, "
    "t.updated_at, "
    "t.completed_at, t.deleted_at, t.version";
inline constexpr int kTaskColumnCount = 11;

/// A task as a row or a Task holds it; the texts are views of their owner.
struct TaskView {
  core::Uuid task_id;
  core::Uuid list_id;
  /// Who made it; nothing once that user is deleted.
  std::optional<std::int64_t> user_id;
  std::string_view description;
  std::optional<std::string_view> due_date;
  std::string_view status;
  core::Timestamp created_at;
  core::Timestamp updated_at;
  std::optional<core::Timestamp> completed_at;
  std::optional<core::Timestamp> deleted_at;
  std::int64_t version = 0;
};

/// Reads kTaskColumns from column `first` on; valid as long as the row is.
TaskView read_task(const db::Row& row, int first);

/// A task that outlives its row.
struct Task {
  Task() = default;
  explicit Task(const TaskView& view);

  [[nodiscard]] TaskView view() const;

  core::Uuid task_id;
  core::Uuid list_id;
  std::optional<std::int64_t> user_id;
  std::string description;
  std::optional<std::string> due_date;
  std::string status;
  core::Timestamp created_at;
  core::Timestamp updated_at;
  std::optional<core::Timestamp> completed_at;
  std::optional<core::Timestamp> deleted_at;
  std::int64_t version = 0;
};

/// The object of the contract (openapi.yaml, schema Task).
void write_task(http::JsonWriter& json, const TaskView& task);

/// The entity tag of a version, with its quotes.
std::string entity_tag(std::int64_t version);

/// `{task}` with its ETag.
http::Response task_response(int status, const TaskView& task);

}  // namespace tms::handlers
