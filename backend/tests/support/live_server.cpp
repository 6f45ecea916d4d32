#include "backend/tests/support/live_server.h"

#include <utility>

namespace tms::tests {

LiveServer::LiveServer(Options options)
    : options_(std::move(options)),
      writer_(
          std::make_unique<hosts::WorkerPool>(hosts::WorkerPool::Options{1, 1024, std::nullopt})) {
  hosts::Settings& settings = options_.settings;
  settings.listen = {"127.0.0.1", 0};
  for (auto& [action, function] : options_.handlers)
    handlers_.emplace(action, LambdaHandler(function));
  scheduler_ = std::make_unique<hosts::Scheduler>(settings, make_write_lane());
  dispatcher_ = std::make_unique<hosts::Dispatcher>(
      [this](std::string_view action) -> const http::Handler* {
        const auto found = handlers_.find(action);
        return found == handlers_.end() ? nullptr : &found->second;
      },
      [](std::string_view token, core::Timestamp) -> std::optional<http::Identity> {
        if (token != "good") return std::nullopt;
        return http::Identity{"s7", 7};
      },
      clock_, random_, log_,
      hosts::DispatcherOptions{settings.public_url.origin(), "tms_session",
                               settings.strict_transport()});
  hosts::SiteOptions site;
  site.public_https = settings.public_url.https;
  site.public_origin = settings.public_url.origin();
  site.trusted_proxies = settings.trusted_proxies;
  site.request_timeout = settings.limits.request_timeout;
  site.metrics_token = settings.metrics_token;
  site.config_json = R"({"mail_folder":null,"version":"test"})";
  site_ = std::make_unique<hosts::Site>(
      *dispatcher_, *scheduler_, options_.page ? &*options_.page : nullptr, metrics_, log_,
      [this](core::Deadline) { return options_.is_ready(); }, std::move(site));
  server_ = std::make_unique<hosts::Server>(settings, *site_, log_);
  server_->start();
}

LiveServer::~LiveServer() {
  server_->stop();
  scheduler_->stop();
  writer_->stop();
}

hosts::WriteLane LiveServer::make_write_lane() {
  if (!options_.sqlite) return nullptr;
  return [this](std::function<void()> job, std::function<void(std::exception_ptr)> completion) {
    const bool taken =
        writer_->submit({[this, job = std::move(job), completion = std::move(completion)] {
                           job();
                           completion(nullptr);
                           options_.after_write_job();
                         },
                         {}});
    if (!taken) throw std::runtime_error("the writer's queue is full");
  };
}

RawResponse LiveServer::request(std::string_view bytes) const {
  RawClient client(port());
  client.send(bytes);
  return client.receive();
}

std::string request_text(std::string_view method_and_path, std::string_view header_lines) {
  std::string text(method_and_path);
  text += " HTTP/1.1\r\nHost: localhost\r\n";
  text += header_lines;
  text += "\r\n";
  return text;
}

}  // namespace tms::tests
