#include "backend/validators/task_id.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;

TEST(NewTaskId, is_a_version_7_uuid_in_either_case) {
  EXPECT_EQ(
      std::get<core::Uuid>(check_new_task_id("01890A5D-AC96-774B-BCCE-B302099A8057")).to_string(),
      "01890a5d-ac96-774b-bcce-b302099a8057");
}

TEST(NewTaskId, other_uuids_and_other_texts_are_refused) {
  for (const char* text :
       {"", "x", "01890a5d-ac96-474b-bcce-b302099a8057", "01890a5d-ac96-774b-ccce-b302099a8057",
        "00000000-0000-0000-0000-000000000000", "01890a5dac96774bbcceb302099a8057",
        "{01890a5d-ac96-774b-bcce-b302099a8057}", "01890a5d-ac96-774b-bcce-b302099a805g"}) {
    EXPECT_EQ(code_of(check_new_task_id(text)), "invalid") << text;
  }
}

TEST(ListId, is_any_uuid) {
  EXPECT_EQ(code_of(check_list_id("01890a5d-ac96-474b-bcce-b302099a8057")), "ok");
  EXPECT_EQ(code_of(check_list_id("inbox")), "invalid");
}

}  // namespace
}  // namespace tms::validators
