#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "backend/email/mail_sender.h"

namespace tms::email {

/// A bell that one thread waits for; ringing before the wait is not lost.
class MailBell {
 public:
  /// What whoever rang does next, answering a call, is done before the thread that waits goes on.
  static constexpr std::chrono::milliseconds kHeadStart{20};

  void ring();
  /// Waits until `timeout` has passed, or it rang and kHeadStart more, or it is stopped; false once
  /// stopped. Without a timeout there is no head start: then the thread is at work already.
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
