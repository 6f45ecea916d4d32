#include "backend/http/json_writer.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "backend/http/json_value.h"

namespace tms::http {
namespace {

TEST(JsonWriter, puts_commas_where_they_belong) {
  JsonWriter json;
  json.begin_object();
  json.member("a", 1);
  json.key("b");
  json.begin_array();
  json.integer(-2);
  json.string("x");
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.null();
  json.end_array();
  json.member("c", true);
  json.key("d");
  json.raw("[1]");
  json.member("e", std::string("y"));
  json.end_object();
  EXPECT_EQ(json.text(), R"({"a":1,"b":[-2,"x",{},[],null],"c":true,"d":[1],"e":"y"})");
}

TEST(JsonWriter, writes_the_widest_integers) {
  JsonWriter json;
  json.begin_array();
  json.integer(INT64_MIN);
  json.integer(INT64_MAX);
  json.end_array();
  EXPECT_EQ(json.text(), "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, escapes_what_json_wants_escaped_and_nothing_else) {
  JsonWriter json;
  json.string(std::string_view("\"\\\n\t\r\b\f\x01\x1f\0/\x7f\xc3\xa9\xe2\x80\xa8", 17));
  EXPECT_EQ(json.text(),
            "\"\\\"\\\\\\n\\t\\r\\u0008\\u000c\\u0001\\u001f\\u0000/\x7f\xc3\xa9\xe2\x80\xa8\"");
}

TEST(JsonWriter, finds_what_needs_an_escape_at_every_place_of_a_text_of_any_length) {
  for (std::size_t length = 1; length < 40; ++length) {
    for (std::size_t place = 0; place < length; ++place) {
      for (const char special : {'"', '\\', '\x1f'}) {
        std::string text(length, 'x');
        text[place] = special;
        JsonWriter json;
        json.string(text);
        const auto parsed = parse_json(json.text());
        ASSERT_TRUE(parsed) << json.text();
        EXPECT_EQ(*parsed->as_string(), text);
      }
    }
  }
}

TEST(JsonWriter, writes_members_by_their_type) {
  const auto id = core::Uuid::parse("0190a3f1-5d2c-7abc-8def-0123456789ab");
  std::optional<core::Timestamp> never;
  JsonWriter json;
  json.begin_object();
  json.member("id", *id);
  json.member("at", core::from_micros(1'773'307'800'000'042));
  json.member("never", never);
  json.member("text", std::optional<std::string_view>("x"));
  json.member("no text", std::optional<std::string_view>());
  json.member("number", std::optional<std::int64_t>(7));
  json.member("yes", true);
  json.member("literal", "y");
  json.key("ids");
  json.begin_array();
  json.id(*id);
  json.time(core::from_micros(0));
  json.end_array();
  json.end_object();
  EXPECT_EQ(json.text(),
            R"({"id":"0190a3f1-5d2c-7abc-8def-0123456789ab","at":"2026-03-12T09:30:00.000042Z",)"
            R"("never":null,"text":"x","no text":null,"number":7,"yes":true,"literal":"y",)"
            R"("ids":["0190a3f1-5d2c-7abc-8def-0123456789ab","1970-01-01T00:00:00.000000Z"]})");
}

TEST(JsonWriter, every_ascii_character_comes_back_from_the_parser) {
  std::string text;
  for (int value = 0; value < 128; ++value)
    text.push_back(static_cast<char>(value));
  JsonWriter json;
  json.begin_object();
  json.member(text, text);
  json.end_object();
  const auto parsed = parse_json(json.text());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed->find(text)->as_string(), text);
}

TEST(JsonWriter, gives_its_text_away) {
  JsonWriter json;
  json.reserve(100);
  json.boolean(false);
  EXPECT_EQ(std::move(json).take(), "false");
}

}  // namespace
}  // namespace tms::http
