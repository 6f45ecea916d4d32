#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "backend/core/lru_cache.h"
#include "backend/handlers/tasks/task_page.h"
#include "backend/http/request.h"

namespace tms::handlers {

/// Answers to list calls, kept while the database stays as it was when they were read: then the same
/// call of the same session gets the same bytes without a look into the database. Whatever is written,
/// by whomever, ends them all: an end of a session, a lock, a membership need no thought of their own.
/// Safe on many threads.
class ListAnswers {
 public:
  /// The lists of some 700 people with 50 tasks on the page.
  static constexpr std::size_t kBytes = 12 << 20;

  explicit ListAnswers(std::size_t most_bytes = kBytes) : known_(most_bytes) {}

  /// By what a call is known: its session and its query, in their order. `request.identity` must be
  /// there.
  [[nodiscard]] static std::string name_of(const http::Request& request);

  /// What was answered at that db::Database::data_version, or null.
  [[nodiscard]] std::shared_ptr<const ListAnswer> find(const std::string& name,
                                                       std::uint64_t data_version);

  /// `data_version` is the one from before the answer was read. Answers 401 are not kept.
  void keep(std::string name, std::uint64_t data_version, const ListAnswer& answer);

  [[nodiscard]] std::size_t bytes() const { return known_.bytes(); }

 private:
  struct Kept : ListAnswer {
    std::uint64_t data_version = 0;
  };

  core::LruCache<Kept> known_;
};

}  // namespace tms::handlers
