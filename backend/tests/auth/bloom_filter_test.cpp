#include "backend/auth/bloom_filter.h"

#include <gtest/gtest.h>

namespace tms::tests {
namespace {

std::vector<std::string> numbered(const std::string& word, int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i)
    texts.push_back(word + std::to_string(i));
  return texts;
}

TEST(BloomFilter, finds_everything_that_is_in_it) {
  const auto texts = numbered("in ", 5000);
  const auto bits = auth::make_bloom_filter(texts, 1e-3);
  for (const auto& text : texts)
    EXPECT_TRUE(auth::BloomFilter(bits).may_contain(text));
}

TEST(BloomFilter, finds_little_else) {
  const auto bits = auth::make_bloom_filter(numbered("in ", 5000), 1e-3);
  int found = 0;
  for (const auto& text : numbered("out ", 20'000)) {
    if (auth::BloomFilter(bits).may_contain(text)) ++found;
  }
  EXPECT_LT(found, 40);
}

TEST(BloomFilter, without_bits_holds_nothing) {
  EXPECT_FALSE(auth::BloomFilter({}).may_contain("anything"));
}

}  // namespace
}  // namespace tms::tests
