#include "backend/hosts/app/json_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend/http/json_value.h"

namespace tms::hosts {
namespace {

TEST(Printable, escapes_what_forges_lines_or_drives_terminals) {
  EXPECT_EQ(printable("a\nb\r\tc"), "a\\x0ab\\x0d\\x09c");
  EXPECT_EQ(printable("\x1b[31mred"), "\\x1b[31mred");
  EXPECT_EQ(printable("\x7f"), "\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b");
  EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(printable("\xc3\xa9 \xe2\x82\xac"), "\xc3\xa9 \xe2\x82\xac");
}

TEST(JsonLog, writes_one_json_object_a_line) {
  testing::internal::CaptureStderr();
  JsonLog log(LogLevel::info);
  log.write(LogLevel::debug, "unseen", {});
  log.write(LogLevel::warn, "seen",
            {{"text", "two\nlines \"quoted\""}, {"number", std::int64_t{-5}}});
  const std::string output = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), 1);
  const auto line = http::parse_json(output);
  ASSERT_TRUE(line) << output;
  EXPECT_EQ(*line->find("level")->as_string(), "warn");
  EXPECT_EQ(*line->find("event")->as_string(), "seen");
  EXPECT_EQ(*line->find("text")->as_string(), "two\\x0alines \"quoted\"");
  EXPECT_EQ(*line->find("number")->as_integer(), -5);
  EXPECT_THAT(*line->find("time")->as_string(), testing::EndsWith("Z"));
}

}  // namespace
}  // namespace tms::hosts
