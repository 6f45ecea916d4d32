#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tms::core {

/// Values by name, within a number of bytes: what was not used for longest goes first. Safe on many
/// threads.
template <class Value>
class LruCache {
 public:
  /// What an entry costs beside its name and its value: nodes of list and index, with their malloc.
  static constexpr std::size_t kEntryBytes = 160;

  explicit LruCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Null when there is none of that name.
  [[nodiscard]] std::shared_ptr<const Value> find(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    const auto found = index_.find(name);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->value;
  }

  /// Takes the place of an older value of that name. `bytes` is what the value itself needs; one that
  /// is larger than the whole cache is not kept.
  void put(std::string name, std::shared_ptr<const Value> value, std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    if (const auto old = index_.find(name); old != index_.end()) drop(old->second);
    const std::size_t cost = bytes + name.size() + kEntryBytes;
    if (cost > most_bytes_) return;
    while (bytes_ + cost > most_bytes_)
      drop(std::prev(entries_.end()));
    entries_.push_front({std::move(name), std::move(value), cost});
    index_.emplace(entries_.front().name, entries_.begin());
    bytes_ += cost;
  }

  /// What the next one to be put may take the place of: the value that was not used for longest. Null when
  /// there is none.
  [[nodiscard]] std::shared_ptr<const Value> oldest() const {
    const std::scoped_lock lock(mutex_);
    return entries_.empty() ? nullptr : entries_.back().value;
  }

  /// Whether a value of so many bytes fits beside all others.
  [[nodiscard]] bool has_room_for(std::size_t bytes) const {
    const std::scoped_lock lock(mutex_);
    return bytes_ + bytes + kEntryBytes <= most_bytes_;
  }

  /// Never above the limit.
  [[nodiscard]] std::size_t bytes() const {
    const std::scoped_lock lock(mutex_);
    return bytes_;
  }

 private:
  struct Entry {
    std::string name;
    std::shared_ptr<const Value> value;
    std::size_t cost;
  };
  using Entries = std::list<Entry>;

  void drop(typename Entries::iterator entry) {
    bytes_ -= entry->cost;
    index_.erase(entry->name);
    entries_.erase(entry);
  }

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  /// The one used last comes first.
  Entries entries_;
  /// By views of the names in `entries_`, whose nodes never move.
  std::unordered_map<std::string_view, typename Entries::iterator> index_;
  std::size_t bytes_ = 0;
};

}  // namespace tms::core
