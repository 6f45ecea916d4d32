#pragma once

#include <string>

#include "backend/db/backup/backup_file.h"

namespace tms::hosts {

/// What a backup holds, such as "3 users, 4 lists and 120 tasks (31000 bytes)".
inline std::string describe(const db::BackupSummary& summary) {
  const auto rows = [&](std::string_view table) {
    return std::to_string(summary.rows.find(table)->second) + " " + std::string(table);
  };
  return rows("users") + ", " + rows("lists") + " and " + rows("tasks") + " (" +
         std::to_string(summary.bytes) + " bytes)";
}

}  // namespace tms::hosts
