#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/hosts/app/dispatcher.h"
#include "backend/hosts/server/page_files.h"
#include "backend/hosts/server/server.h"
#include "backend/tests/support/lambda_handler.h"
#include "backend/tests/support/raw_client.h"
#include "backend/tests/support/recorded_log.h"

namespace tms::tests {

/// The whole HTTP server on a free port of loopback, with handlers of the test in place of the
/// application. The token `good` speaks for user 7 with session s7.
class LiveServer {
 public:
  struct Options {
    hosts::Settings settings = {};
    std::map<std::string, LambdaHandler::Function, std::less<>> handlers = {};
    /// False: as with PostgreSQL, light routes run on workers.
    bool sqlite = true;
    std::function<bool()> is_ready = [] { return true; };
    /// On the writer's thread, when a job is answered and its functions still exist.
    std::function<void()> after_write_job = [] {};
    std::optional<hosts::PageFiles> page = std::nullopt;
  };

  explicit LiveServer(Options options);
  ~LiveServer();

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] RecordedLog& log() { return log_; }
  [[nodiscard]] hosts::Server& server() { return *server_; }
  void stop() { server_->stop(); }

  /// Makes a second server for the same site, and lets go of it again.
  void listen_again(const hosts::Settings& settings) {
    const hosts::Server second(settings, *site_, log_);
  }

  /// One request on a connection of its own.
  RawResponse request(std::string_view bytes) const;

 private:
  hosts::WriteLane make_write_lane();

  Options options_;
  RecordedLog log_;
  core::SystemClock clock_;
  core::SystemRandom random_;
  std::map<std::string, LambdaHandler, std::less<>> handlers_;
  // Stands for SQLite's writer thread.
  std::unique_ptr<hosts::WorkerPool> writer_;
  std::unique_ptr<hosts::Scheduler> scheduler_;
  std::unique_ptr<hosts::Dispatcher> dispatcher_;
  hosts::Metrics metrics_;
  std::unique_ptr<hosts::Site> site_;
  std::unique_ptr<hosts::Server> server_;
};

/// `METHOD path` with Host and further header lines, each with its CRLF.
std::string request_text(std::string_view method_and_path, std::string_view header_lines = "");

}  // namespace tms::tests
