#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backend/core/clock.h"
#include "backend/db/postgres/connection_settings.h"
#include "backend/db/postgres/postgres_error.h"
#include "backend/db/postgres/segment_results.h"
#include "backend/db/postgres/statement_request.h"

struct pg_conn;
struct pg_result;

namespace tms::db::postgres {

/// The server answers, but will not let us in; trying again does not help.
class AccessRefused : public Unavailable {
 public:
  explicit AccessRefused(const std::string& log_text)
      : Unavailable(log_text, std::chrono::seconds(5)) {}
};

/// One session of a PostgreSQL server in pipeline mode, over non-blocking libpq; used by one thread
/// at a time. When a deadline passes the session is closed: PQcancel would block and open a second
/// connection.
class Connection {
 public:
  /// Connects. Throws Unavailable, AccessRefused.
  Connection(const ConnectionSettings& settings, core::Deadline deadline);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends the requests in one go, waits for all results and returns the number of rows of the
  /// last one. After an error the rest is skipped by the server. Throws ConnectionLost, Conflict,
  /// Unavailable, StatementFailed, and what a visitor throws.
  std::size_t run(std::span<const StatementRequest> requests, core::Deadline deadline);

  /// Sends a request whose result nobody needs; `ready` or the next `run` collects it.
  void send_and_forget(StatementRequest request);

  /// Runs statements separated by semicolons, outside of any pipeline.
  void run_script(const std::string& script, core::Deadline deadline);

  /// An idle session that the server has not ended in the meantime. After an idle limit libpq still
  /// calls the connection good, while its socket has something to read (PostgreSQL 15).
  [[nodiscard]] bool ready(core::Deadline deadline);

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] std::chrono::steady_clock::time_point opened_at() const { return opened_at_; }
  /// The server's process, different for every session.
  [[nodiscard]] int backend_pid() const;
  /// Such as 150020.
  [[nodiscard]] int server_version() const;

 private:
  struct Closer {
    void operator()(pg_conn* connection) const;
  };

  void connect(const ConnectionSettings& settings, core::Deadline deadline);
  void poll_until_connected(core::Deadline deadline);
  void send(const StatementRequest& request, std::vector<Step>& steps);
  void sync();
  void flush(core::Deadline deadline);
  void settle(core::Deadline deadline);
  std::size_t collect(std::span<const Step> steps, core::Deadline deadline);
  [[nodiscard]] std::unique_ptr<pg_result, void (*)(pg_result*)> next_result(
      core::Deadline deadline);
  /// Waits for `events`; returns what happened.
  short wait(short events, core::Deadline deadline);
  [[noreturn]] void lose(const std::string& doing);
  void shut_down();

  std::unique_ptr<pg_conn, Closer> handle_;
  std::unordered_map<const Statement*, std::string> prepared_;
  std::size_t prepared_so_far_ = 0;
  std::optional<StatementRequest> forgotten_request_;
  std::vector<Step> forgotten_;
  bool collecting_ = false;
  bool broken_ = false;
  std::chrono::steady_clock::time_point opened_at_;
};

}  // namespace tms::db::postgres
