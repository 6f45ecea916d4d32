#include "backend/auth/one_time_codes.h"

#include <gtest/gtest.h>

#include <array>

namespace tms::tests {
namespace {

using auth::CodePurpose;

auth::Key key(const std::string& id, std::uint8_t fill) {
  auth::Key made{id, {}};
  made.bytes.fill(fill);
  return made;
}

const auth::OneTimeCodes kCodes({key("a", 1)});

TEST(OneTimeCodes, has_eight_digits) {
  for (int generation = 0; generation < 1000; ++generation) {
    const auto code = kCodes.code(CodePurpose::signup, "flow", generation);
    ASSERT_EQ(code.size(), 8U);
    ASSERT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
  }
}

TEST(OneTimeCodes, is_the_same_each_time_it_is_computed) {
  EXPECT_EQ(kCodes.code(CodePurpose::signup, "flow", 1),
            kCodes.code(CodePurpose::signup, "flow", 1));
}

TEST(OneTimeCodes, differs_by_purpose_flow_generation_and_key) {
  const auto code = kCodes.code(CodePurpose::signup, "flow", 1);
  EXPECT_NE(code, kCodes.code(CodePurpose::reset, "flow", 1));
  EXPECT_NE(code, kCodes.code(CodePurpose::signup, "flow2", 1));
  EXPECT_NE(code, kCodes.code(CodePurpose::signup, "flow", 2));
  EXPECT_NE(code, auth::OneTimeCodes({key("a", 2)}).code(CodePurpose::signup, "flow", 1));
}

TEST(OneTimeCodes, keeps_flow_and_generation_apart) {
  EXPECT_NE(kCodes.code(CodePurpose::signup, "flow1", 2),
            kCodes.code(CodePurpose::signup, "flow", 12));
}

TEST(OneTimeCodes, matches_only_itself) {
  const auto code = kCodes.code(CodePurpose::reset, "flow", 3);
  EXPECT_TRUE(kCodes.matches(CodePurpose::reset, "flow", 3, code));
  EXPECT_FALSE(kCodes.matches(CodePurpose::signup, "flow", 3, code));
  EXPECT_FALSE(kCodes.matches(CodePurpose::reset, "flow", 4, code));
  EXPECT_FALSE(kCodes.matches(CodePurpose::reset, "flow", 3, code.substr(0, 7)));
  EXPECT_FALSE(kCodes.matches(CodePurpose::reset, "flow", 3, code + "0"));
  EXPECT_FALSE(kCodes.matches(CodePurpose::reset, "flow", 3, ""));
}

TEST(OneTimeCodes, mailed_before_a_new_key_was_added_still_matches) {
  const auto code = kCodes.code(CodePurpose::signup, "flow", 1);
  const auth::OneTimeCodes rotated({key("b", 2), key("a", 1)});
  EXPECT_TRUE(rotated.matches(CodePurpose::signup, "flow", 1, code));
  EXPECT_NE(rotated.code(CodePurpose::signup, "flow", 1), code);
}

TEST(OneTimeCodes, uses_every_digit_in_every_place_alike) {
  constexpr int kDraws = 100'000;
  std::array<std::array<int, 10>, 8> counts{};
  for (int generation = 0; generation < kDraws; ++generation) {
    const auto code = kCodes.code(CodePurpose::signup, "chi-squared", generation);
    for (std::size_t place = 0; place < 8; ++place) {
      ++counts[place][static_cast<std::size_t>(code[place] - '0')];
    }
  }
  for (const auto& place : counts) {
    double chi_squared = 0;
    for (const int count : place) {
      const double off = count - kDraws / 10.0;
      chi_squared += off * off / (kDraws / 10.0);
    }
    // 9 degrees of freedom, p = 0.001. The draws are the same in every run.
    EXPECT_LT(chi_squared, 27.88);
  }
}

}  // namespace
}  // namespace tms::tests
