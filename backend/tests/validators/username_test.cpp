#include "backend/validators/username.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;

TEST(Username, keeps_what_was_typed_and_folds_it) {
  const auto name = std::get<Username>(check_username("Bob.Miller_7-x"));
  EXPECT_EQ(name.text, "Bob.Miller_7-x");
  EXPECT_EQ(name.folded, "bob.miller_7-x");
}

TEST(Username, length_is_3_to_32) {
  EXPECT_EQ(code_of(check_username("")), "too_short");
  EXPECT_EQ(code_of(check_username("ab")), "too_short");
  EXPECT_EQ(code_of(check_username("abc")), "ok");
  EXPECT_EQ(code_of(check_username(std::string(32, 'a'))), "ok");
  EXPECT_EQ(code_of(check_username(std::string(33, 'a'))), "too_long");
}

TEST(Username, other_characters_are_refused) {
  for (const char* name : {"a b", " abc", "abc ", "a@b", "bo\xc3\xb6", "\uff42\uff4f\uff42",
                           "a/b/c", "abc\n", "abc\x7f", "b\u043eb"}) {
    EXPECT_NE(code_of(check_username(name)), "ok") << name;
  }
  EXPECT_EQ(code_of(check_username(std::string_view("ab\0c", 4))), "invalid");
}

TEST(Username, of_separators_alone_is_refused) {
  EXPECT_EQ(code_of(check_username("._-")), "invalid");
}

TEST(Username, reserved_names_are_refused_in_any_case_and_with_separators) {
  for (const char* name :
       {"admin", "ADMIN", "Ad-Min", "root", "support", "postmaster", "no-reply", "www", "me_"}) {
    EXPECT_EQ(code_of(check_username(name)), "invalid") << name;
  }
  EXPECT_EQ(code_of(check_username("admin2")), "ok");
}

TEST(Username, error_names_the_field_it_was_asked_for) {
  EXPECT_EQ(std::get<core::FieldError>(check_username("", "name")).field, "name");
}

}  // namespace
}  // namespace tms::validators
