#include "backend/core/lru_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace tms::core {
namespace {

using Cache = LruCache<int>;

/// What one entry with a name of one letter and a value of ten bytes costs.
constexpr std::size_t kCost = 10 + 1 + Cache::kEntryBytes;

void put(Cache& cache, const std::string& name, int value, std::size_t bytes = 10) {
  cache.put(name, std::make_shared<const int>(value), bytes);
}

int find(Cache& cache, const std::string& name) {
  const auto found = cache.find(name);
  return found ? *found : 0;
}

TEST(LruCache, gives_back_what_was_put_under_a_name) {
  Cache cache(10 * kCost);
  put(cache, "a", 1);
  put(cache, "b", 2);
  EXPECT_EQ(find(cache, "a"), 1);
  EXPECT_EQ(find(cache, "b"), 2);
  EXPECT_EQ(find(cache, "c"), 0);
}

TEST(LruCache, gives_up_what_was_not_used_for_longest) {
  Cache cache(3 * kCost);
  put(cache, "a", 1);
  put(cache, "b", 2);
  put(cache, "c", 3);
  find(cache, "a");
  put(cache, "d", 4);
  EXPECT_EQ(find(cache, "a"), 1);
  EXPECT_EQ(find(cache, "b"), 0);
  EXPECT_EQ(find(cache, "c"), 3);
  EXPECT_EQ(find(cache, "d"), 4);
}

TEST(LruCache, is_never_larger_than_its_limit) {
  Cache cache(5 * kCost);
  for (int number = 0; number < 1000; ++number) {
    put(cache, std::to_string(number), number, static_cast<std::size_t>(number % 97));
    ASSERT_LE(cache.bytes(), 5 * kCost);
  }
}

TEST(LruCache, counts_a_value_that_is_replaced_once) {
  Cache cache(10 * kCost);
  put(cache, "a", 1);
  put(cache, "a", 2);
  EXPECT_EQ(find(cache, "a"), 2);
  EXPECT_EQ(cache.bytes(), kCost);
}

TEST(LruCache, does_not_keep_what_is_larger_than_itself_nor_the_value_before) {
  Cache cache(2 * kCost);
  put(cache, "a", 1);
  put(cache, "b", 2);
  put(cache, "a", 3, 3 * kCost);
  EXPECT_EQ(find(cache, "a"), 0);
  EXPECT_EQ(find(cache, "b"), 2);
}

TEST(LruCache, leaves_a_value_to_whoever_found_it) {
  Cache cache(kCost);
  put(cache, "a", 1);
  const auto held = cache.find("a");
  put(cache, "b", 2);
  ASSERT_EQ(find(cache, "a"), 0);
  EXPECT_EQ(*held, 1);
}

TEST(LruCache, tells_which_one_goes_next) {
  Cache cache(3 * kCost);
  EXPECT_EQ(cache.oldest(), nullptr);
  put(cache, "a", 1);
  put(cache, "b", 2);
  EXPECT_EQ(*cache.oldest(), 1);
  find(cache, "a");
  EXPECT_EQ(*cache.oldest(), 2);
}

TEST(LruCache, tells_whether_something_fits_beside_the_rest) {
  Cache cache(3 * kCost);
  put(cache, "a", 1);
  EXPECT_TRUE(cache.has_room_for(10 + 1));
  EXPECT_TRUE(cache.has_room_for(10 + 1 + kCost));
  EXPECT_FALSE(cache.has_room_for(10 + 1 + kCost + 1));
}

TEST(LruCache, stands_many_threads) {
  Cache cache(20 * kCost);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&cache, thread] {
      for (int round = 0; round < 5000; ++round) {
        const std::string name(1, static_cast<char>('a' + (round * 7 + thread) % 26));
        put(cache, name, name.front());
        const auto found = cache.find(name);
        if (found) {
          EXPECT_EQ(*found, name.front());
        }
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_LE(cache.bytes(), 20 * kCost);
}

}  // namespace
}  // namespace tms::core
