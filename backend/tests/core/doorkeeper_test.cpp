#include "backend/core/doorkeeper.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace tms::core {
namespace {

TEST(Doorkeeper, knows_a_name_from_its_second_time_on) {
  const auto doorkeeper = std::make_unique<Doorkeeper>();
  EXPECT_FALSE(doorkeeper->was_there("a"));
  EXPECT_TRUE(doorkeeper->was_there("a"));
  EXPECT_TRUE(doorkeeper->was_there("a"));
  EXPECT_FALSE(doorkeeper->was_there("b"));
}

TEST(Doorkeeper, knows_most_of_ten_thousand_names_and_takes_none_for_another) {
  const auto doorkeeper = std::make_unique<Doorkeeper>();
  int strangers = 0;
  int known = 0;
  for (int name = 0; name < 10'000; ++name)
    strangers += doorkeeper->was_there(std::to_string(name)) ? 0 : 1;
  for (int name = 0; name < 10'000; ++name)
    known += doorkeeper->was_there(std::to_string(name)) ? 1 : 0;
  EXPECT_EQ(strangers, 10'000);
  EXPECT_GE(known, 8'000);
}

}  // namespace
}  // namespace tms::core
