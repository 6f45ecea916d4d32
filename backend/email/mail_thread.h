#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "backend/email/mail_sender.h"

namespace tms::email {

/// A bell that one thread waits for; ringing before the wait is not lost.
class MailBell {
 public:
  void ring();
  /// Waits until rung, stopped or `timeout` has passed; false once stopped.
  bool wait(std::chrono::milliseconds timeout);
  void stop();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
  bool stopped_ = false;
};

/// The server's one mail thread: drains the outbox at start, after every commit that queued a mail,
/// and every few seconds for retries and for what other servers queued.
class MailThread {
 public:
  MailThread(MailBell& bell, MailSender& sender, std::function<void(const std::string&)> log);

  /// Ends after the mail in progress.
  ~MailThread();
  MailThread(const MailThread&) = delete;
  MailThread& operator=(const MailThread&) = delete;

 private:
  void run();
  void tell(const std::exception& error) noexcept;

  MailBell& bell_;
  MailSender& sender_;
  std::function<void(const std::string&)> log_;
  std::thread thread_;
};

}  // namespace tms::email
