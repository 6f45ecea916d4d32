#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "backend/hosts/app/settings.h"

namespace tms::hosts {
namespace {

std::string document() {
  std::ifstream file(TMS_TEST_SOURCE_DIR "/docs/operations.md");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(OperationsDocument, lists_every_setting_and_no_other) {
  const std::string text = document();
  ASSERT_FALSE(text.empty());
  std::set<std::string> listed;
  const std::regex name("`(TMS_[A-Z_]*[A-Z])`");
  for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match) {
    listed.insert((*match)[1]);
  }
  const auto names = setting_names();
  EXPECT_EQ(listed, std::set<std::string>(names.begin(), names.end()));
}

}  // namespace
}  // namespace tms::hosts
