#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>

#include "backend/hosts/app/settings.h"
#include "backend/hosts/server/worker_pool.h"
#include "backend/http/response.h"
#include "backend/http/route_table.h"

namespace tms::hosts {

/// db::SqliteDatabase::submit_write_job: runs the job on the writer thread and calls the completion
/// once what it wrote is durable, or with why it is not. Throws when the queue is full.
using WriteLane = std::function<void(std::function<void()> job,
                                     std::function<void(std::exception_ptr)> completion)>;

/// Where a request runs.
enum class Lane {
  /// On the thread that read it: SQLite reads, about 50 us.
  here,
  /// SQLite's writer thread: one commit for all that wait.
  writer,
  /// PostgreSQL: a worker that may block on its connection.
  worker,
  /// Routes that hash a password.
  hashing,
};

/// Brings each request to the threads it may block. Safe to use on many threads.
class Scheduler {
 public:
  /// Makes the response. Must not throw.
  using Job = std::function<http::Response()>;
  /// Makes the response for a request that could not run, or whose writes were lost.
  using Failed = std::function<http::Response(std::exception_ptr)>;
  /// Called exactly once, on any thread, with the response. Must not throw or wait.
  using Done = std::function<void(http::Response)>;

  /// With a `write_lane` the database is SQLite, without one PostgreSQL.
  Scheduler(const Settings& settings, WriteLane write_lane);

  [[nodiscard]] Lane lane_for(http::Cost cost, http::Effect effect) const;

  void run(Lane lane, Job job, const Failed& failed, const Done& done);

  [[nodiscard]] std::size_t queued_for_hashing() const { return hashing_.queued(); }
  [[nodiscard]] std::size_t queued_for_workers() const { return workers_ ? workers_->queued() : 0; }

  /// Finishes what waits in the pools and joins their threads.
  void stop();

 private:
  void run_on(WorkerPool& pool, Job job, const Failed& failed, const Done& done);
  void run_on_writer(Job job, const Failed& failed, const Done& done);

  WriteLane write_lane_;
  WorkerPool hashing_;
  std::unique_ptr<WorkerPool> workers_;
};

}  // namespace tms::hosts
