// Every kind of input: what a rule accepts keeps its promise, and is accepted again as it is.

#include "backend/core/utf8.h"
#include "backend/fuzz/fuzz.h"
#include "backend/validators/description.h"
#include "backend/validators/due_date.h"
#include "backend/validators/email_address.h"
#include "backend/validators/one_time_code.h"
#include "backend/validators/password.h"
#include "backend/validators/search_text.h"
#include "backend/validators/text.h"
#include "backend/validators/username.h"

namespace {

using namespace tms::validators;
using tms::fuzz::require;

void check_accounts(std::string_view text) {
  if (const auto checked = check_username(text);
      const auto* name = std::get_if<Username>(&checked)) {
    require(name->text.size() >= kMinUsername && name->text.size() <= kMaxUsername);
    require(std::holds_alternative<Username>(check_username(name->folded)));
  }
  if (const auto checked = check_email_address(text);
      const auto* address = std::get_if<EmailAddress>(&checked)) {
    require(address->text.size() <= kMaxEmail);
    require(address->text.find_first_of("\r\n\0 <>") == std::string::npos);
    require(std::holds_alternative<EmailAddress>(check_email_address(address->folded)));
  }
  if (const auto checked = check_new_password(text);
      const auto* password = std::get_if<std::string>(&checked)) {
    require(tms::core::is_valid_utf8(*password));
    require(std::holds_alternative<std::string>(check_current_password(text)));
  }
  if (const auto checked = check_one_time_code(text);
      const auto* code = std::get_if<std::string>(&checked)) {
    require(code->size() == 8);
    require(code->find_first_not_of("0123456789") == std::string::npos);
  }
}

void check_tasks(std::string_view text) {
  if (const auto checked = check_description(text);
      const auto* description = std::get_if<Description>(&checked)) {
    const auto length = count_code_points(description->text);
    require(length >= 1 && length <= kMaxDescription);
    require(trim(description->text) == description->text);
    require(tms::core::is_valid_utf8(description->folded));
    require(std::holds_alternative<Description>(check_description(description->text)));
  }
  if (const auto checked = check_due_date(text);
      const auto* date = std::get_if<std::string>(&checked)) {
    require(date->size() == 10 && is_calendar_date(*date));
  }
  if (const auto checked = check_search_text(text);
      const auto* query = std::get_if<std::string>(&checked)) {
    require(!query->empty() && tms::core::is_valid_utf8(*query));
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tms::fuzz::as_text(data, size);
  check_accounts(text);
  check_tasks(text);
  return 0;
}
