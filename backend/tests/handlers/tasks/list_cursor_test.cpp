#include "backend/handlers/tasks/list_cursor.h"

#include <gtest/gtest.h>

#include "backend/core/encoding.h"

namespace tms::handlers {
namespace {

using validators::Sort;

constexpr std::uint64_t kFilters = 0x0123456789abcdefU;

CursorPosition at_time(std::int64_t micros) {
  return {micros, *core::Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057")};
}

CursorPosition at_date(std::optional<std::string> date) {
  return {std::move(date), *core::Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057")};
}

TEST(ListCursor, comes_back_as_it_went) {
  for (const std::int64_t micros : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX, INT64_MIN}) {
    const auto position = decode_cursor(encode_cursor(at_time(micros), Sort::created, kFilters),
                                        Sort::created, kFilters);
    ASSERT_TRUE(position);
    EXPECT_EQ(std::get<std::int64_t>(position->key), micros);
    EXPECT_EQ(position->task_id, at_time(0).task_id);
  }
  for (const auto& date :
       {std::optional<std::string>("2026-03-12"), std::optional<std::string>()}) {
    const auto position =
        decode_cursor(encode_cursor(at_date(date), Sort::due, kFilters), Sort::due, kFilters);
    ASSERT_TRUE(position);
    EXPECT_EQ(std::get<std::optional<std::string>>(position->key), date);
  }
}

TEST(ListCursor, belongs_to_its_sort_and_filters) {
  const std::string cursor = encode_cursor(at_time(1), Sort::created, kFilters);
  for (const Sort sort : validators::kSorts) {
    EXPECT_EQ(decode_cursor(cursor, sort, kFilters).has_value(), sort == Sort::created);
  }
  EXPECT_FALSE(decode_cursor(cursor, Sort::created, kFilters + 1));
}

TEST(ListCursor, that_is_cut_longer_or_changed_in_form_is_refused) {
  for (const std::string& cursor : {encode_cursor(at_time(1), Sort::created, kFilters),
                                    encode_cursor(at_time(1), Sort::updated, kFilters)}) {
    const Sort sort =
        decode_cursor(cursor, Sort::created, kFilters) ? Sort::created : Sort::updated;
    for (std::size_t length = 0; length < cursor.size(); ++length) {
      EXPECT_FALSE(decode_cursor(cursor.substr(0, length), sort, kFilters)) << length;
    }
    EXPECT_FALSE(decode_cursor(cursor + "A", sort, kFilters));
    EXPECT_FALSE(decode_cursor(cursor + "AAAA", sort, kFilters));
    EXPECT_FALSE(decode_cursor(cursor + "=", sort, kFilters));
    EXPECT_FALSE(decode_cursor("B" + cursor.substr(1), sort, kFilters));
  }
}

TEST(ListCursor, with_a_date_that_does_not_exist_is_refused) {
  for (const char* date : {"2026-02-30", "2026-13-01", "abcdefghij", "~~~~~~~~~~"}) {
    EXPECT_FALSE(
        decode_cursor(encode_cursor(at_date(date), Sort::due, kFilters), Sort::due, kFilters))
        << date;
  }
}

}  // namespace
}  // namespace tms::handlers
