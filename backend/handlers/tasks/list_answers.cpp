#include "backend/handlers/tasks/list_answers.h"

#include <utility>

namespace tms::handlers {
namespace {

// With its length before it, so that no two calls have one name.
void append(std::string& name, std::string_view part) {
  name += std::to_string(part.size());
  name += ':';
  name += part;
}

}  // namespace

std::string ListAnswers::name_of(const http::Request& request, std::uint64_t data_version) {
  std::string name = std::to_string(data_version);
  append(name += '/', request.identity.value().session_id);
  for (const auto& [key, value] : request.query) {
    append(name, key);
    append(name, value);
  }
  return name;
}

std::optional<ListAnswer> ListAnswers::find(const std::string& name) {
  const auto kept = known_.find(name);
  if (!kept) return std::nullopt;
  return ListAnswer{kept->last_seen, kept->body.unpack()};
}

void ListAnswers::keep(std::string name, std::uint64_t data_version, const ListAnswer& answer) {
  if (!answer.last_seen || !asked_.was_there(name)) return;
  // Packing comes last, because it costs most.
  if (!may_take_a_place(data_version, name.size() + sizeof(Kept) + answer.body.size())) return;
  auto kept = std::make_shared<const Kept>(
      Kept{*answer.last_seen, core::PackedText(answer.body), data_version});
  const std::size_t bytes = sizeof(Kept) + kept->body.bytes();
  known_.put(std::move(name), std::move(kept), bytes);
}

bool ListAnswers::may_take_a_place(std::uint64_t data_version, std::size_t bytes) {
  if (known_.has_room_for(bytes)) return true;
  const auto oldest = known_.oldest();
  if (!oldest || oldest->data_version < data_version) return true;
  return turned_away_.fetch_add(1, std::memory_order_relaxed) % kTriesForAPlace == 0;
}

}  // namespace tms::handlers
