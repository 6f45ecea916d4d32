#include "backend/db/postgres/background_writer.h"

#include <exception>
#include <utility>

namespace tms::db::postgres {

BackgroundWriter::~BackgroundWriter() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void BackgroundWriter::add(std::function<void()> task) {
  const std::scoped_lock lock(mutex_);
  if (closed_ || tasks_.size() >= limit_) return;
  tasks_.push_back(std::move(task));
  if (!thread_.joinable()) thread_ = std::thread([this] { run_tasks(); });
  filled_.notify_one();
}

void BackgroundWriter::run_tasks() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      filled_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    try {
      task();
    } catch (const std::exception&) {
      // Failures are dropped, as promised; at the end they must not be waited for one by one.
      const std::scoped_lock lock(mutex_);
      if (closed_) tasks_.clear();
    }
  }
}

}  // namespace tms::db::postgres
