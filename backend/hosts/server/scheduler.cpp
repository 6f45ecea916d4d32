#include "backend/hosts/server/scheduler.h"

#include <utility>

#include "backend/db/database.h"

namespace tms::hosts {
namespace {

std::exception_ptr overloaded(const std::string& log_text) {
  return std::make_exception_ptr(
      db::Unavailable(log_text, std::chrono::seconds(1), db::Unavailable::Reason::overloaded));
}

std::unique_ptr<WorkerPool> make_workers(const ServerLimits& limits) {
  return std::make_unique<WorkerPool>(
      WorkerPool::Options{limits.worker_threads, limits.worker_queue, limits.worker_max_wait});
}

}  // namespace

Scheduler::Scheduler(const Settings& settings, WriteLane write_lane)
    : write_lane_(std::move(write_lane)),
      hashing_({settings.limits.hashing_threads, settings.hashing_queue(), std::nullopt}),
      workers_(write_lane_ ? nullptr : make_workers(settings.limits)) {}

Lane Scheduler::lane_for(http::Cost cost, http::Effect effect) const {
  if (cost == http::Cost::heavy) return Lane::hashing;
  if (workers_) return Lane::worker;
  return effect == http::Effect::reads ? Lane::here : Lane::writer;
}

void Scheduler::run(Lane lane, Job job, const Failed& failed, const Done& done) {
  switch (lane) {
    case Lane::here:
      return done(job());
    case Lane::writer:
      return run_on_writer(std::move(job), failed, done);
    case Lane::worker:
      return run_on(*workers_, std::move(job), failed, done);
    case Lane::hashing:
      return run_on(hashing_, std::move(job), failed, done);
  }
}

void Scheduler::run_on(WorkerPool& pool, Job job, const Failed& failed, const Done& done) {
  WorkerPool::Task task;
  task.run = [job = std::move(job), done] { done(job()); };
  task.expired = [failed, done] { done(failed(overloaded("waited too long for a worker"))); };
  if (!pool.submit(std::move(task))) done(failed(overloaded("the queue is full")));
}

void Scheduler::run_on_writer(Job job, const Failed& failed, const Done& done) {
  // The response waits here until the commit that it speaks of is durable.
  auto response = std::make_shared<http::Response>();
  try {
    write_lane_([response, job = std::move(job)] { *response = job(); },
                [response, failed, done](const std::exception_ptr& error) {
                  done(error ? failed(error) : std::move(*response));
                });
  } catch (...) {
    done(failed(std::current_exception()));
  }
}

void Scheduler::stop() {
  hashing_.stop();
  if (workers_) workers_->stop();
}

}  // namespace tms::hosts
