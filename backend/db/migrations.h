#pragma once

#include <span>
#include <string_view>

#include "backend/db/database.h"

namespace tms::db {

/// One forward step of the schema. `sql` holds statements separated by semicolons.
struct Migration {
  int version;
  std::string_view name;
  std::string_view postgres;
  std::string_view sqlite;
};

/// Every step, oldest first, versions 1, 2, 3 … without gaps. A released step never changes.
std::span<const Migration> migrations();

}  // namespace tms::db
