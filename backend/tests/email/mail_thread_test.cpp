#include "backend/email/mail_thread.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::email {
namespace {

class CountingTransport final : public Transport {
 public:
  SendResult send(const Message&) override {
    const std::scoped_lock lock(mutex_);
    ++count_;
    changed_.notify_all();
    return {};
  }

  bool wait_for(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

TEST(MailThread, sends_what_waits_at_the_start_and_what_commits_later) {
  tests::TestDatabase fresh(db::Engine::sqlite);
  const tests::ManualClock clock;
  MailBell bell;
  Outbox outbox(clock, [&] { bell.ring(); });
  CountingTransport transport;
  MailSender sender({fresh.database(), clock, outbox, transport,
                     [](const MailJob&) { return "00000000"; }, [](const std::string&) {},
                     "http://localhost", 10});
  const auto enqueue = [&] {
    const MailJob job{MailKind::password_changed, "", 0,
                      "ada@example.org",          "", clock.now() + std::chrono::hours(1)};
    fresh.database().write([&](db::Transaction& transaction) { outbox.enqueue(transaction, job); },
                           tests::soon());
  };

  enqueue();
  const MailThread thread(bell, sender, [](const std::string&) {});
  EXPECT_TRUE(transport.wait_for(1));
  enqueue();
  EXPECT_TRUE(transport.wait_for(2));
}

TEST(MailBell, ring_before_the_wait_is_not_lost_and_stop_ends_it) {
  MailBell bell;
  bell.ring();
  EXPECT_TRUE(bell.wait(std::chrono::hours(1)));
  bell.stop();
  EXPECT_FALSE(bell.wait(std::chrono::hours(1)));
}

TEST(MailBell, gives_whoever_rings_a_head_start) {
  MailBell bell;
  bell.ring();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(bell.wait(std::chrono::seconds(60)));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, MailBell::kHeadStart);
}

TEST(MailBell, that_is_stopped_gives_no_head_start_to_wait_for) {
  MailBell bell;
  bell.ring();
  bell.stop();
  EXPECT_FALSE(bell.wait(std::chrono::seconds(60)));
}

}  // namespace
}  // namespace tms::email
