#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "backend/db/database.h"

namespace tms::db {

/// A database for callers with a person waiting: no transaction takes longer than `most`, whatever
/// their deadline. A network that swallows everything gives no sign of it but silence.
class BoundedDatabase final : public Database {
 public:
  /// `inner` must outlive it.
  BoundedDatabase(Database& inner, std::chrono::milliseconds most) : inner_(inner), most_(most) {}

  [[nodiscard]] Engine engine() const override { return inner_.engine(); }
  void read(Work work, core::Deadline deadline) override { inner_.read(work, earlier(deadline)); }
  void read_one(Work work, core::Deadline deadline) override {
    inner_.read_one(work, earlier(deadline));
  }
  [[nodiscard]] std::optional<std::uint64_t> data_version() const override {
    return inner_.data_version();
  }
  void write(Work work, core::Deadline deadline) override { inner_.write(work, earlier(deadline)); }
  void write_later(std::function<void(Transaction&)> work) override {
    inner_.write_later(std::move(work));
  }

 private:
  [[nodiscard]] core::Deadline earlier(core::Deadline deadline) const {
    return std::min(deadline, std::chrono::steady_clock::now() + most_);
  }

  Database& inner_;
  std::chrono::milliseconds most_;
};

}  // namespace tms::db
