#include "backend/core/packed_text.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tms::core {
namespace {

/// The same in each run.
std::string random_text(std::size_t size) {
  std::mt19937 random(static_cast<std::mt19937::result_type>(size));
  std::string text(size, '\0');
  for (char& byte : text)
    byte = static_cast<char>(random());
  return text;
}

TEST(PackedText, comes_back_as_it_was) {
  for (const std::string& text :
       {std::string(), std::string(1, '\0'), std::string("tasks"), std::string(1 << 20, 'x'),
        random_text(17), random_text(100'000)}) {
    EXPECT_EQ(PackedText(text).unpack(), text) << text.size() << " bytes";
  }
}

TEST(PackedText, takes_less_memory_when_the_text_repeats_itself) {
  std::string text;
  for (int row = 0; row < 50; ++row)
    text += R"({"status":"pending","due_date":null,"version":)" + std::to_string(row) + "},";
  EXPECT_LT(PackedText(text).bytes(), text.size() / 4);
}

TEST(PackedText, takes_hardly_more_memory_when_it_does_not) {
  EXPECT_LT(PackedText(random_text(17'000)).bytes(), 17'200U);
}

}  // namespace
}  // namespace tms::core
