#include "backend/auth/common_passwords.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "backend/core/encoding.h"
#include "backend/tests/support/fixed_random.h"

namespace tms::tests {
namespace {

using auth::is_common_password;

TEST(CommonPasswords, holds_every_password_of_the_list) {
  std::ifstream list(TMS_COMMON_PASSWORDS_LIST);
  int looked_up = 0;
  int missing = 0;
  for (std::string password; std::getline(list, password);) {
    if (password.size() < 8) continue;
    ++looked_up;
    if (!is_common_password(password)) ++missing;
  }
  EXPECT_EQ(looked_up, 488'130);
  EXPECT_EQ(missing, 0);
}

TEST(CommonPasswords, finds_at_most_one_random_password_in_a_thousand) {
  FixedRandom random;
  int found = 0;
  for (int i = 0; i < 100'000; ++i) {
    if (is_common_password(core::random_id(random))) ++found;
  }
  EXPECT_LE(found, 100);
}

TEST(CommonPasswords, are_common_in_capitals_too) {
  EXPECT_TRUE(is_common_password("iloveyou1"));
  EXPECT_TRUE(is_common_password("ILoveYou1"));
}

TEST(CommonPasswords, count_the_name_of_the_product) {
  EXPECT_TRUE(is_common_password("Task Management System"));
  EXPECT_TRUE(is_common_password("taskmanager1"));
  EXPECT_FALSE(is_common_password("my task manager is fine"));
}

TEST(CommonPasswords, leave_phrases_alone) {
  EXPECT_FALSE(is_common_password("correct horse battery"));
}

}  // namespace
}  // namespace tms::tests
