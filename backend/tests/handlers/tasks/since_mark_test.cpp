#include "backend/handlers/tasks/since_mark.h"

#include <gtest/gtest.h>

#include "backend/core/encoding.h"
#include "backend/handlers/tasks/binary_text.h"

namespace tms::handlers {
namespace {

const core::Uuid kFirst = *core::Uuid::parse("00000000-0000-7000-8000-000000000001");
const core::Uuid kSecond = *core::Uuid::parse("ffffffff-0000-7000-8000-000000000001");

TEST(SinceMark, comes_back_as_it_went) {
  for (const SinceMark& mark : {SinceMark{}, SinceMark{{{kFirst, {0, 0}}}},
                                SinceMark{{{kFirst, {127, 128}}, {kSecond, {INT64_MAX, 5}}}}}) {
    const auto decoded = SinceMark::decode(mark.encode());
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->lists, mark.lists);
    EXPECT_FALSE(mark.encode().empty());
  }
}

TEST(SinceMark, that_is_cut_or_longer_is_refused) {
  const std::string text = SinceMark{{{kFirst, {300, 2}}, {kSecond, {1, 0}}}}.encode();
  const std::string one = SinceMark{{{kFirst, {300, 2}}}}.encode();
  for (std::size_t length = 0; length < text.size(); ++length) {
    const bool is_a_whole_mark =
        text.substr(0, length) == one || text.substr(0, length) == SinceMark{}.encode();
    EXPECT_EQ(SinceMark::decode(text.substr(0, length)).has_value(), is_a_whole_mark) << length;
  }
  EXPECT_FALSE(SinceMark::decode(text + "AAAA"));
}

TEST(SinceMark, with_lists_twice_or_out_of_order_is_refused) {
  const auto with = [](const core::Uuid& first, const core::Uuid& second) {
    BinaryTextWriter bytes;
    bytes.byte(1);
    for (const core::Uuid& id : {first, second}) {
      bytes.uuid(id);
      bytes.varint(1);
      bytes.varint(0);
    }
    return bytes.encode();
  };
  EXPECT_TRUE(SinceMark::decode(with(kFirst, kSecond)));
  EXPECT_FALSE(SinceMark::decode(with(kSecond, kFirst)));
  EXPECT_FALSE(SinceMark::decode(with(kFirst, kFirst)));
}

TEST(SinceMark, of_another_format_is_refused) {
  BinaryTextWriter bytes;
  bytes.byte(2);
  EXPECT_FALSE(SinceMark::decode(bytes.encode()));
}

TEST(SinceMark, numbers_have_one_form_and_63_bits) {
  const auto with_number = [](std::initializer_list<int> number) {
    BinaryTextWriter bytes;
    bytes.byte(1);
    bytes.uuid(kFirst);
    for (const int part : number)
      bytes.byte(static_cast<std::uint8_t>(part));
    bytes.varint(0);
    return bytes.encode();
  };
  EXPECT_TRUE(SinceMark::decode(with_number({0x80, 0x01})));
  EXPECT_FALSE(SinceMark::decode(with_number({0x80, 0x00})));
  EXPECT_FALSE(SinceMark::decode(with_number({0x81, 0x80, 0x00})));
  EXPECT_TRUE(
      SinceMark::decode(with_number({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})));
  EXPECT_FALSE(
      SinceMark::decode(with_number({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})));
}

}  // namespace
}  // namespace tms::handlers
