#include "backend/db/postgres/postgres_error.h"

#include <algorithm>
#include <array>

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

// PostgreSQL manual, appendix A.
constexpr std::array kFatal{
    "57P01"sv,  // admin_shutdown
    "57P02"sv,  // crash_shutdown
    "57P03"sv,  // cannot_connect_now
    "57P04"sv,  // database_dropped
    "57P05"sv,  // idle_session_timeout
    "25P03"sv,  // idle_in_transaction_session_timeout
    "25006"sv,  // read_only_sql_transaction: this server is no longer the writer
};

constexpr std::array kHopeless{
    "3D000"sv,  // invalid_catalog_name
    "28P01"sv,  // invalid_password
    "28000"sv,  // invalid_authorization_specification
};

constexpr std::array kBusy{
    "57014"sv,  // query_canceled: statement_timeout
    "55P03"sv,  // lock_not_available: lock_timeout
};

bool is_conflict(std::string_view sqlstate) {
  return sqlstate == "40001" || sqlstate == "40P01";
}

/// Short of memory, disk or connections (53), or an input/output error (58).
bool is_shortage(std::string_view sqlstate) {
  return sqlstate.starts_with("53") || sqlstate.starts_with("58");
}

/// Class 22 quotes the value that was refused, which may be anything a user typed.
std::string describe(const ServerError& error, std::string_view doing) {
  std::string text(doing);
  if (!error.sqlstate.empty()) text += ": " + error.sqlstate;
  if (!error.sqlstate.starts_with("22")) text += ": " + error.message;
  return text;
}

}  // namespace

bool is_fatal_for_connection(std::string_view sqlstate) {
  return sqlstate.empty() || sqlstate.starts_with("08") ||
         std::ranges::find(kFatal, sqlstate) != kFatal.end();
}

bool is_hopeless(std::string_view sqlstate) {
  return std::ranges::find(kHopeless, sqlstate) != kHopeless.end();
}

void throw_error(const ServerError& error, std::string_view doing) {
  const std::string text = describe(error, doing);
  if (is_fatal_for_connection(error.sqlstate)) throw ConnectionLost(text);
  if (is_conflict(error.sqlstate)) throw Conflict(text);
  if (std::ranges::find(kBusy, error.sqlstate) != kBusy.end()) {
    throw Unavailable(text, 1s, Unavailable::Reason::overloaded);
  }
  if (is_shortage(error.sqlstate)) throw Unavailable(text, 5s, Unavailable::Reason::overloaded);
  throw StatementFailed(text);
}

}  // namespace tms::db::postgres
