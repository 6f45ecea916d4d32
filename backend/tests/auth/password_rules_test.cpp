#include "backend/auth/password_rules.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::tests {
namespace {

std::string settable(std::string_view password) {
  return code_of(auth::check_settable_password(password, "password"));
}

bool names_account(std::string_view password) {
  return auth::check_not_account(password, "Countess-Ada", "Ada.Lovelace@example.org", "password")
      .has_value();
}

TEST(PasswordRules, ask_for_eight_code_points) {
  EXPECT_EQ(settable("1x2y3z4"), "too_short");
  EXPECT_EQ(settable("1x2y3z4w"), "ok");
  EXPECT_EQ(settable("\U0001F600\U0001F601\U0001F602\U0001F603\U0001F604\U0001F605\U0001F606"),
            "too_short");
  EXPECT_EQ(
      settable("\U0001F600\U0001F601\U0001F602\U0001F603\U0001F604\U0001F605\U0001F606\U0001F607"),
      "ok");
}

TEST(PasswordRules, ask_for_no_kinds_of_characters) {
  EXPECT_EQ(settable("only lower case letters"), "ok");
  EXPECT_EQ(settable("907264815509318"), "ok");
}

TEST(PasswordRules, refuse_common_ones) {
  EXPECT_EQ(settable("password123"), "common_password");
}

TEST(PasswordRules, refuse_common_ones_in_full_width_letters) {
  EXPECT_EQ(settable("\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11\uff12\uff13"),
            "common_password");
}

TEST(PasswordRules, refuse_name_address_and_local_part_in_any_case) {
  EXPECT_TRUE(names_account("countess-ADA"));
  EXPECT_TRUE(names_account("ada.lovelace@EXAMPLE.org"));
  EXPECT_TRUE(names_account("ADA.LOVELACE"));
  EXPECT_FALSE(names_account("countess-ada!"));
  EXPECT_FALSE(names_account("example.org"));
}

}  // namespace
}  // namespace tms::tests
