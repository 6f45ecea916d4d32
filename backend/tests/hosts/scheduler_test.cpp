#include "backend/hosts/server/scheduler.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>

#include "backend/db/database.h"

namespace tms::hosts {
namespace {

using http::Cost;
using http::Effect;
using http::Response;

// A writer lane whose commit is in the hands of the test.
struct HeldCommit {
  std::function<void(std::exception_ptr)> completion;
  WriteLane lane = [this](const std::function<void()>& job,
                          std::function<void(std::exception_ptr)> done) {
    job();
    completion = std::move(done);
  };
};

Response status(int code) {
  return Response::json(code, "{}");
}

int run(Scheduler& scheduler, Lane lane, const Scheduler::Job& job) {
  std::promise<int> done;
  scheduler.run(
      lane, job, [](const std::exception_ptr&) { return status(503); },
      [&](const Response& response) { done.set_value(response.status); });
  return done.get_future().get();
}

TEST(Scheduler, sqlite_reads_here_writes_on_the_writer_hashes_in_the_pool) {
  HeldCommit writer;
  const Scheduler scheduler(Settings{}, writer.lane);
  EXPECT_EQ(scheduler.lane_for(Cost::light, Effect::reads), Lane::here);
  EXPECT_EQ(scheduler.lane_for(Cost::light, Effect::writes), Lane::writer);
  EXPECT_EQ(scheduler.lane_for(Cost::heavy, Effect::writes), Lane::hashing);
}

TEST(Scheduler, postgres_light_routes_run_on_workers) {
  const Scheduler scheduler(Settings{}, nullptr);
  EXPECT_EQ(scheduler.lane_for(Cost::light, Effect::reads), Lane::worker);
  EXPECT_EQ(scheduler.lane_for(Cost::light, Effect::writes), Lane::worker);
  EXPECT_EQ(scheduler.lane_for(Cost::heavy, Effect::writes), Lane::hashing);
}

TEST(Scheduler, here_is_the_callers_thread_and_the_pools_are_others) {
  Scheduler scheduler(Settings{}, nullptr);
  std::thread::id ran_on;
  const auto job = [&] {
    ran_on = std::this_thread::get_id();
    return status(200);
  };
  EXPECT_EQ(run(scheduler, Lane::here, job), 200);
  EXPECT_EQ(ran_on, std::this_thread::get_id());
  EXPECT_EQ(run(scheduler, Lane::worker, job), 200);
  EXPECT_NE(ran_on, std::this_thread::get_id());
  EXPECT_EQ(run(scheduler, Lane::hashing, job), 200);
  EXPECT_NE(ran_on, std::this_thread::get_id());
}

TEST(Scheduler, write_is_answered_only_when_it_is_durable) {
  HeldCommit writer;
  Scheduler scheduler(Settings{}, writer.lane);
  int answered = 0;
  scheduler.run(
      Lane::writer, [] { return status(201); },
      [](const std::exception_ptr&) { return status(503); },
      [&](const Response& response) { answered = response.status; });
  EXPECT_EQ(answered, 0);
  writer.completion(nullptr);
  EXPECT_EQ(answered, 201);
}

TEST(Scheduler, write_whose_commit_was_lost_is_not_acknowledged) {
  HeldCommit writer;
  Scheduler scheduler(Settings{}, writer.lane);
  int answered = 0;
  scheduler.run(
      Lane::writer, [] { return status(201); },
      [](const std::exception_ptr&) { return status(503); },
      [&](const Response& response) { answered = response.status; });
  writer.completion(std::make_exception_ptr(std::runtime_error("disk full")));
  EXPECT_EQ(answered, 503);
}

TEST(Scheduler, full_writer_queue_is_told) {
  Scheduler scheduler(Settings{},
                      [](const auto&, const auto&) { throw std::runtime_error("full"); });
  EXPECT_EQ(run(scheduler, Lane::writer, [] { return status(200); }), 503);
}

TEST(Scheduler, full_hashing_queue_is_overloaded_and_says_so_at_once) {
  Settings settings;
  settings.limits.hashing_threads = 1;
  settings.limits.hashing_queue = 1;
  Scheduler scheduler(settings, nullptr);
  std::promise<void> started;
  std::promise<void> release;
  std::promise<void> finished;
  const auto failed = [](const std::exception_ptr&) { return status(500); };
  scheduler.run(
      Lane::hashing,
      [&] {
        started.set_value();
        release.get_future().wait();
        return status(200);
      },
      failed, [](const Response&) {});
  started.get_future().wait();
  scheduler.run(
      Lane::hashing, [] { return status(200); }, failed,
      [&](const Response&) { finished.set_value(); });
  EXPECT_EQ(scheduler.queued_for_hashing(), 1U);

  db::Unavailable::Reason reason{};
  scheduler.run(
      Lane::hashing, [] { return status(200); },
      [&](const std::exception_ptr& cause) {
        try {
          std::rethrow_exception(cause);
        } catch (const db::Unavailable& unavailable) {
          reason = unavailable.reason();
        }
        return status(503);
      },
      [](const Response& response) { EXPECT_EQ(response.status, 503); });
  EXPECT_EQ(reason, db::Unavailable::Reason::overloaded);
  release.set_value();
  finished.get_future().wait();
}

}  // namespace
}  // namespace tms::hosts
