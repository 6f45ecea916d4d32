#include "backend/validators/sort.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

TEST(Sort, each_text_comes_back_as_itself) {
  for (const char* text : {"created", "-created", "due", "-due", "updated", "-updated"}) {
    EXPECT_EQ(to_string(std::get<Sort>(check_sort(text))), text);
  }
}

TEST(Sort, other_texts_are_refused) {
  for (const char* text : {"", "-", "Created", "+created", "--due", "due ", "description",
                           "created_at; drop table tasks"}) {
    EXPECT_EQ(tests::code_of(check_sort(text)), "invalid") << text;
  }
}

}  // namespace
}  // namespace tms::validators
