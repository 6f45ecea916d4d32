#include <gtest/gtest.h>

#include <filesystem>
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

/// The source of every test.
std::string test_sources() {
  std::string text;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(TMS_TEST_SOURCE_DIR "/backend/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    text.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return text;
}

// What happens when something misbehaves is promised in tables; each promise names its tests.
TEST(OperationsDocument, names_only_tests_that_exist) {
  const std::string text = document();
  const std::string sources = test_sources();
  int named = 0;
  const std::regex name("`([A-Z][A-Za-z]+)\\.([a-z][a-z0-9_]+)`");
  for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match) {
    ++named;
    const std::string test = "(" + (*match)[1].str() + ", " + (*match)[2].str() + ")";
    EXPECT_NE(sources.find(test), std::string::npos) << test;
  }
  EXPECT_GT(named, 10);
}

}  // namespace
}  // namespace tms::hosts
