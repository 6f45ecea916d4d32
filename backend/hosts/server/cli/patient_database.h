#pragma once

#include <chrono>
#include <memory>

#include "backend/db/postgres/postgres_database.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// A backup or restore may take this long. It is a guard against one that hangs.
inline core::Deadline patience() {
  return std::chrono::steady_clock::now() + std::chrono::hours(12);
}

/// The PostgreSQL of the settings for a command that works on whole tables: no time limit of a
/// request applies.
inline std::unique_ptr<db::PostgresDatabase> open_patient_postgres(const Settings& settings) {
  db::PostgresOptions options;
  options.url = settings.database_url;
  options.connections = 1;
  options.statement_timeout = std::chrono::hours(12);
  options.idle_in_transaction_timeout = std::chrono::hours(1);
  options.background_writes = false;
  return std::make_unique<db::PostgresDatabase>(options);
}

}  // namespace tms::hosts
