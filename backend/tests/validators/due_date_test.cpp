#include "backend/validators/due_date.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;

TEST(DueDate, real_days_pass_unchanged) {
  for (const char* text : {"0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29", "2026-02-28",
                           "2026-04-30", "1582-10-10"}) {
    EXPECT_EQ(std::get<std::string>(check_due_date(text)), text);
  }
}

TEST(DueDate, days_that_do_not_exist_are_refused) {
  for (const char* text : {"2026-02-29", "2026-02-30", "1900-02-29", "2026-04-31", "2026-13-01",
                           "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01"}) {
    EXPECT_EQ(code_of(check_due_date(text)), "invalid") << text;
  }
}

TEST(DueDate, other_forms_are_refused) {
  for (const char* text :
       {"", "2026-1-1", "26-01-01", "2026/01/01", "20260101", "2026-01-01T00:00:00Z", " 2026-01-01",
        "2026-01-01 ", "10000-01-01", "-001-01-01", "+026-01-01", "2026-01-0a", "2026-W01-1",
        "\uff12026-01-01", "tomorrow"}) {
    EXPECT_EQ(code_of(check_due_date(text)), "invalid") << text;
  }
  EXPECT_EQ(code_of(check_due_date(std::string_view("2026-01-0\0", 10))), "invalid");
}

}  // namespace
}  // namespace tms::validators
