#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <utility>

namespace tms::db::postgres {

/// Keeps a server that is down from being asked by everybody at once: after a failed attempt one
/// caller at a time may try again, and only when a pause has passed (100 ms, doubled up to 1 s,
/// with jitter); the others are refused at once. An attempt that fails after it was overtaken by news
/// (it began before another one failed or succeeded) says nothing new. Safe on many threads.
class BackOff {
  using Moment = std::chrono::steady_clock::time_point;

 public:
  enum class Outcome { failed, succeeded, unknown };

  /// An attempt to connect that was allowed. Unless told otherwise, it failed.
  class Attempt {
   public:
    Attempt(BackOff& owner, Moment began, bool probes)
        : owner_(owner), began_(began), probes_(probes) {}
    ~Attempt() { owner_.end(*this); }
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    void succeed() { outcome_ = Outcome::succeeded; }

    /// It was ended by its caller's haste and says nothing about the server.
    void abandon() { outcome_ = Outcome::unknown; }

   private:
    friend class BackOff;

    BackOff& owner_;
    Moment began_;
    /// The one that was let through although the server is known to be down.
    bool probes_;
    Outcome outcome_ = Outcome::failed;
  };

  using Now = std::function<Moment()>;

  explicit BackOff(Now now = std::chrono::steady_clock::now) : now_(std::move(now)) {}

  /// Throws Unavailable while the server is known to be down and it is not this caller's turn.
  [[nodiscard]] Attempt begin();

 private:
  void end(const Attempt& attempt);

  Now now_;
  std::mutex mutex_;  // guards everything below
  int failures_ = 0;
  bool probing_ = false;
  Moment next_attempt_;
  /// The last failure that counted, or success.
  Moment last_news_ = Moment::min();
};

}  // namespace tms::db::postgres
