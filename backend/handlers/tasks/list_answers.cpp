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

std::string ListAnswers::name_of(const http::Request& request) {
  std::string name = request.identity.value().session_id;
  for (const auto& [key, value] : request.query) {
    append(name, key);
    append(name, value);
  }
  return name;
}

std::shared_ptr<const ListAnswer> ListAnswers::find(const std::string& name,
                                                    std::uint64_t data_version) {
  auto kept = known_.find(name);
  if (!kept || kept->data_version != data_version) return nullptr;
  return kept;
}

void ListAnswers::keep(std::string name, std::uint64_t data_version, const ListAnswer& answer) {
  if (!answer.last_seen) return;
  known_.put(std::move(name), std::make_shared<const Kept>(Kept{answer, data_version}),
             sizeof(Kept) + answer.body.size());
}

}  // namespace tms::handlers
