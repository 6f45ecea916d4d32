#include "backend/validators/status.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

TEST(Status, each_text_comes_back_as_itself) {
  for (const char* text : {"pending", "in_progress", "completed"}) {
    EXPECT_EQ(to_string(std::get<Status>(check_status(text))), text);
  }
}

TEST(Status, other_texts_are_refused) {
  for (const char* text :
       {"", "Pending", "COMPLETED", "done", "in progress", "in-progress", "pending ", "deleted"}) {
    EXPECT_EQ(tests::code_of(check_status(text)), "invalid") << text;
  }
}

}  // namespace
}  // namespace tms::validators
