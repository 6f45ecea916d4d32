#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <utility>

namespace tms::db::postgres {

/// Keeps a server that is down from being asked by everybody at once: after a failed attempt one
/// caller at a time may try again, and only when a pause has passed (100 ms, doubled up to 1 s,
/// with jitter); the others are refused at once. Safe on many threads.
class BackOff {
 public:
  enum class Outcome { failed, succeeded, unknown };

  /// An attempt to connect that was allowed. Unless told otherwise, it failed.
  class Attempt {
   public:
    explicit Attempt(BackOff& owner) : owner_(owner) {}
    ~Attempt() { owner_.end(outcome_); }
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    void succeed() { outcome_ = Outcome::succeeded; }

    /// It was ended by its caller's haste and says nothing about the server.
    void abandon() { outcome_ = Outcome::unknown; }

   private:
    BackOff& owner_;
    Outcome outcome_ = Outcome::failed;
  };

  using Now = std::function<std::chrono::steady_clock::time_point()>;

  explicit BackOff(Now now = std::chrono::steady_clock::now) : now_(std::move(now)) {}

  /// Throws Unavailable while the server is known to be down and it is not this caller's turn.
  [[nodiscard]] Attempt begin();

 private:
  void end(Outcome outcome);

  Now now_;
  std::mutex mutex_;  // guards everything below
  int failures_ = 0;
  bool probing_ = false;
  std::chrono::steady_clock::time_point next_attempt_;
};

}  // namespace tms::db::postgres
