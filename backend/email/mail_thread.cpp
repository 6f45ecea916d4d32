#include "backend/email/mail_thread.h"

#include <exception>

namespace tms::email {
namespace {

constexpr std::chrono::milliseconds kLookAgain{2'000};
constexpr std::chrono::milliseconds kAfterDatabaseFailure{5'000};

}  // namespace

void MailBell::ring() {
  const std::scoped_lock lock(mutex_);
  rung_ = true;
  changed_.notify_all();
}

bool MailBell::wait(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  const bool called = changed_.wait_for(lock, timeout, [this] { return rung_ || stopped_; });
  if (called && timeout.count() > 0) {
    // Else the work for a mail that is really sent would show in the time of that answer, and tell
    // whether an address is known (row 13 of the security checklist).
    changed_.wait_for(lock, kHeadStart, [this] { return stopped_; });
  }
  rung_ = false;
  return !stopped_;
}

void MailBell::stop() {
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

MailThread::MailThread(MailBell& bell,
                       MailSender& sender,
                       std::function<void(const std::string&)> log)
    : bell_(bell), sender_(sender), log_(std::move(log)), thread_([this] { run(); }) {}

MailThread::~MailThread() {
  bell_.stop();
  thread_.join();
}

void MailThread::tell(const std::exception& error) noexcept {
  try {
    log_(std::string("the outbox cannot be read: ") + error.what());
  } catch (...) {  // NOLINT(bugprone-empty-catch): no memory for a text; the thread must go on
  }
}

void MailThread::run() {
  std::chrono::milliseconds pause{0};
  while (bell_.wait(pause)) {
    try {
      pause = sender_.send_next() ? std::chrono::milliseconds{0} : kLookAgain;
    } catch (const std::exception& error) {
      tell(error);
      pause = kAfterDatabaseFailure;
    }
  }
}

}  // namespace tms::email
