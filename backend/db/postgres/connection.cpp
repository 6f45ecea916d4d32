#include "backend/db/postgres/connection.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <stdexcept>
#include <utility>

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;

// Of 50 tasks in text form a fifth of the processor time went to writing and reading ids and numbers.
constexpr int kBinaryResults = 1;

using ResultHandle = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// Notices are for a person at a terminal; libpq's default prints them to stderr.
void ignore_notice(void* /*unused*/, const PGresult* /*unused*/) {}

std::string first_line(const char* text) {
  const std::string_view whole(text == nullptr ? "" : text);
  return std::string(whole.substr(0, whole.find('\n')));
}

/// libpq reports a refused connection as text alone; its verbose form, "FATAL:  28P01: …", holds
/// the SQLSTATE.
std::string sqlstate_in(std::string_view text) {
  const auto is_state = [](std::string_view part) {
    return part.size() == 7 && part.ends_with(": ") &&
           std::ranges::all_of(part.substr(0, 5), [](char character) {
             return (character >= '0' && character <= '9') ||
                    (character >= 'A' && character <= 'Z');
           });
  };
  for (std::size_t at = text.find(":  "); at != std::string_view::npos;
       at = text.find(":  ", at + 1)) {
    if (const std::string_view part = text.substr(at + 3, 7); is_state(part)) {
      return std::string(part.substr(0, 5));
    }
  }
  return {};
}

class Flag {
 public:
  explicit Flag(bool& flag) : flag_(flag) { flag = true; }
  ~Flag() { flag_ = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  bool& flag_;
};

}  // namespace

Connection::Connection(const ConnectionSettings& settings, core::Deadline deadline)
    : opened_at_(std::chrono::steady_clock::now()) {
  connect(settings, std::min(deadline, opened_at_ + settings.limits().connect));
}

Connection::~Connection() {
  if (broken_) shut_down();
}

void Connection::connect(const ConnectionSettings& settings, core::Deadline deadline) {
  const ConnectionSettings::Keywords keywords = settings.resolve(deadline);
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : keywords) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  handle_.reset(PQconnectStartParams(names.data(), values.data(), 0));
  if (!handle_) throw Unavailable("cannot connect to PostgreSQL: out of memory", 1s);
  PQsetNoticeReceiver(handle_.get(), ignore_notice, nullptr);
  PQsetErrorVerbosity(handle_.get(), PQERRORS_VERBOSE);
  poll_until_connected(deadline);
  if (PQsetnonblocking(handle_.get(), 1) != 0 || PQenterPipelineMode(handle_.get()) != 1) {
    lose("cannot set up the connection to PostgreSQL");
  }
}

void Connection::poll_until_connected(core::Deadline deadline) {
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (PQstatus(handle_.get()) != CONNECTION_BAD && status != PGRES_POLLING_OK &&
         status != PGRES_POLLING_FAILED) {
    // The socket changes with every address that is tried: `wait` asks for it anew.
    wait(status == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline);
    status = PQconnectPoll(handle_.get());
  }
  if (status == PGRES_POLLING_OK && PQstatus(handle_.get()) == CONNECTION_OK) return;
  // One line for every address that was tried.
  const char* message = PQerrorMessage(handle_.get());
  const std::string text = "cannot connect to PostgreSQL: " + first_line(message);
  if (is_hopeless(sqlstate_in(message))) throw AccessRefused(text);
  throw Unavailable(text, 1s);
}

std::size_t Connection::run(std::span<const StatementRequest> requests, core::Deadline deadline) {
  if (collecting_) throw std::logic_error("a visitor used its transaction");
  settle(deadline);
  std::vector<Step> steps;
  for (const StatementRequest& request : requests)
    send(request, steps);
  sync();
  flush(deadline);
  return collect(steps, deadline);
}

void Connection::send_and_forget(StatementRequest request) {
  if (broken_) return;
  try {
    settle(std::chrono::steady_clock::now() + 1s);
    forgotten_request_ = std::move(request);
    send(*forgotten_request_, forgotten_);
    sync();
    if (PQflush(handle_.get()) < 0) broken_ = true;
  } catch (const std::exception&) {
    broken_ = true;
  }
}

void Connection::settle(core::Deadline deadline) {
  if (broken_) throw ConnectionLost("the connection to PostgreSQL is closed");
  if (forgotten_.empty()) return;
  flush(deadline);
  const std::vector<Step> steps = std::exchange(forgotten_, {});
  collect(steps, deadline);
}

bool Connection::ready(core::Deadline deadline) {
  try {
    settle(deadline);
  } catch (const std::exception&) {
    broken_ = true;
  }
  if (broken_) return false;
  pollfd idle{PQsocket(handle_.get()), POLLIN | POLLRDHUP, 0};
  if (::poll(&idle, 1, 0) != 0) broken_ = true;
  return !broken_;
}

void Connection::send(const StatementRequest& request, std::vector<Step>& steps) {
  const Statement& statement = *request.statement;
  auto known = prepared_.find(&statement);
  if (known == prepared_.end()) {
    const std::string name = "s" + std::to_string(++prepared_so_far_);
    known = prepared_.emplace(&statement, name).first;
    const std::string sql(statement.text(Engine::postgres));
    if (PQsendPrepare(handle_.get(), name.c_str(), sql.c_str(), 0, nullptr) != 1) {
      lose("cannot send");
    }
    steps.push_back({&request, true});
  }
  std::vector<const char*> values;
  values.reserve(request.values.size());
  for (const auto& value : request.values)
    values.push_back(value ? value->c_str() : nullptr);
  if (PQsendQueryPrepared(handle_.get(), known->second.c_str(), static_cast<int>(values.size()),
                          values.data(), nullptr, nullptr, kBinaryResults) != 1) {
    lose("cannot send");
  }
  steps.push_back({&request, false});
}

void Connection::sync() {
  if (PQpipelineSync(handle_.get()) != 1) lose("cannot send");
}

void Connection::flush(core::Deadline deadline) {
  // Both sides may be waiting for the other to read: read while there is more to write.
  for (int left = PQflush(handle_.get()); left != 0; left = PQflush(handle_.get())) {
    if (left < 0) lose("cannot send");
    const short happened = wait(POLLIN | POLLOUT, deadline);
    if ((happened & POLLIN) != 0 && PQconsumeInput(handle_.get()) != 1) lose("cannot receive");
  }
}

std::size_t Connection::collect(std::span<const Step> steps, core::Deadline deadline) {
  const Flag collecting(collecting_);
  SegmentResults results(steps);
  for (int nulls = 0;;) {
    const ResultHandle result = next_result(deadline);
    if (result) {
      nulls = 0;
      if (!results.take(result.get())) break;
      continue;
    }
    results.end_statement();
    // When the server shuts down the end of the segment may never come.
    if (++nulls > 2 || PQstatus(handle_.get()) == CONNECTION_BAD) lose("the session ended");
  }
  for (const Statement* statement : results.not_prepared())
    prepared_.erase(statement);
  if (results.error()) {
    const std::string& sqlstate = results.error()->sqlstate;
    // 0A000: a plan that a migration has made stale; the next connection prepares it anew.
    if (is_fatal_for_connection(sqlstate) || sqlstate == "0A000") broken_ = true;
  }
  return results.finish();
}

ResultHandle Connection::next_result(core::Deadline deadline) {
  while (PQisBusy(handle_.get()) != 0) {
    wait(POLLIN, deadline);
    if (PQconsumeInput(handle_.get()) != 1) lose("cannot receive");
  }
  return {PQgetResult(handle_.get()), &PQclear};
}

void Connection::run_script(const std::string& script, core::Deadline deadline) {
  settle(deadline);
  if (PQexitPipelineMode(handle_.get()) != 1) lose("cannot leave the pipeline");
  if (PQsendQuery(handle_.get(), script.c_str()) != 1) lose("cannot send");
  flush(deadline);
  std::optional<ServerError> error;
  for (ResultHandle result = next_result(deadline); result; result = next_result(deadline)) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) {
      continue;
    }
    if (!error) error = error_of(result.get());
  }
  if (PQstatus(handle_.get()) == CONNECTION_BAD) lose("the session ended");
  if (PQenterPipelineMode(handle_.get()) != 1) lose("cannot enter the pipeline");
  if (error) throw_error(*error, "script");
}

short Connection::wait(short events, core::Deadline deadline) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    // Far deadlines are waited for in pieces that fit into poll's int.
    const int timeout = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
    pollfd socket{PQsocket(handle_.get()), events, 0};
    const int count = ::poll(&socket, 1, timeout);
    if (count > 0) return socket.revents;
    if (count < 0 && errno != EINTR) lose("poll failed");
    if (count == 0 && left.count() <= 60'000) {
      broken_ = true;
      const bool connected = PQstatus(handle_.get()) == CONNECTION_OK;
      throw Unavailable(
          "PostgreSQL did not answer in time", 1s,
          connected ? Unavailable::Reason::overloaded : Unavailable::Reason::unreachable);
    }
  }
}

void Connection::lose(const std::string& doing) {
  broken_ = true;
  throw ConnectionLost(doing + ": " + first_line(PQerrorMessage(handle_.get())));
}

void Connection::shut_down() {
  // PQfinish says goodbye, which may block on a socket that nobody reads any more.
  if (handle_ && PQsocket(handle_.get()) >= 0) ::shutdown(PQsocket(handle_.get()), SHUT_RDWR);
}

int Connection::backend_pid() const {
  return PQbackendPID(handle_.get());
}

int Connection::server_version() const {
  return PQserverVersion(handle_.get());
}

void Connection::Closer::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

}  // namespace tms::db::postgres
