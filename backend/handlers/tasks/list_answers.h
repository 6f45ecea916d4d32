#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "backend/core/doorkeeper.h"
#include "backend/core/lru_cache.h"
#include "backend/core/packed_text.h"
#include "backend/handlers/tasks/task_page.h"
#include "backend/http/request.h"

namespace tms::handlers {

/// Answers to list calls, kept while the database stays as it was when they were read: then the same
/// call of the same session gets the same bytes without a look into the database. Whatever is written,
/// by whomever, ends them all: an end of a session, a lock, a membership need no thought of their own.
/// Safe on many threads.
class ListAnswers {
 public:
  /// The lists of some 2,500 people with 50 tasks on the page, packed.
  static constexpr std::size_t kBytes = 12 << 20;

  explicit ListAnswers(std::size_t most_bytes = kBytes) : known_(most_bytes) {}

  /// By what a call is known: the db::Database::data_version from before it is answered, its session and
  /// its query, in their order. `request.identity` must be there.
  [[nodiscard]] static std::string name_of(const http::Request& request,
                                           std::uint64_t data_version);

  /// What was answered to that call.
  [[nodiscard]] std::optional<ListAnswer> find(const std::string& name);

  /// Keeps what was answered under that name if it is asked for the second time, and if there is room:
  /// what belongs to an older version makes it, the rest only once in kTriesForAPlace, so that
  /// many calls in turn, more than fit, do not drive one another out before they come again. Answers
  /// 401 are not kept.
  void keep(std::string name, std::uint64_t data_version, const ListAnswer& answer);

  [[nodiscard]] std::size_t bytes() const { return known_.bytes(); }

 private:
  static constexpr std::uint64_t kTriesForAPlace = 32;

  struct Kept {
    core::Timestamp last_seen;
    core::PackedText body;
    std::uint64_t data_version = 0;
  };

  [[nodiscard]] bool may_take_a_place(std::uint64_t data_version, std::size_t bytes);

  core::Doorkeeper asked_;
  core::LruCache<Kept> known_;
  std::atomic<std::uint64_t> turned_away_ = 0;
};

}  // namespace tms::handlers
