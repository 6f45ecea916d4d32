#include "backend/http/body_reader.h"

#include <gtest/gtest.h>

namespace tms::http {
namespace {

using Texts = std::vector<std::string>;

Request with_body(std::string body) {
  Request request;
  request.body = std::move(body);
  return request;
}

/// "field:code" in the order of the answer.
Texts errors_of(const BodyReader& reader) {
  Texts texts;
  const auto error = reader.finish();
  if (!error) return texts;
  for (const core::FieldError& field : error->fields)
    texts.push_back(field.field + ":" + field.code);
  return texts;
}

TEST(BodyReader, reads_fields_that_are_right) {
  const Request request = with_body(R"({"a":"x","b":null,"c":"y"})");
  BodyReader reader(request, {"a", "b", "c", "d"});
  EXPECT_EQ(reader.required_string("a"), "x");
  const auto b = reader.optional_nullable_string("b");
  ASSERT_TRUE(b);
  EXPECT_FALSE(b->has_value());
  EXPECT_EQ(reader.optional_nullable_string("c"), std::optional(std::optional<std::string>("y")));
  EXPECT_FALSE(reader.optional_string("d"));
  EXPECT_FALSE(reader.optional_nullable_string("d"));
  EXPECT_TRUE(reader.has("b"));
  EXPECT_FALSE(reader.has("d"));
  EXPECT_FALSE(reader.finish());
}

TEST(BodyReader, what_is_no_json_object_is_malformed) {
  for (const char* body : {"", "[]", "null", "1", "\"x\"", "{", "{\"a\":1,\"a\":2}"}) {
    const Request request = with_body(body);
    const auto error = BodyReader(request, {"a"}).finish();
    ASSERT_TRUE(error) << body;
    EXPECT_EQ(error->code, core::ErrorCode::malformed_request) << body;
  }
}

TEST(BodyReader, malformed_wins_over_missing_fields) {
  const Request request = with_body("[]");
  BodyReader reader(request, {"a"});
  reader.required_string("a");
  EXPECT_EQ(reader.finish()->code, core::ErrorCode::malformed_request);
}

TEST(BodyReader, names_every_wrong_field_at_once) {
  const Request request = with_body(R"({"x":1,"b":2,"c":null})");
  BodyReader reader(request, {"a", "b", "c"});
  reader.required_string("a");
  reader.optional_string("b");
  reader.optional_string("c");
  EXPECT_EQ(reader.finish()->code, core::ErrorCode::validation_failed);
  EXPECT_EQ(errors_of(reader), (Texts{"x:unknown", "a:required", "b:type", "c:type"}));
}

TEST(BodyReader, notes_one_error_a_field) {
  const Request request = with_body(R"({"a":1})");
  BodyReader reader(request, {"a"});
  reader.required_string("a");
  EXPECT_TRUE(reader.field_is_wrong("a"));
  reader.add_error({"a", "invalid", ""});
  EXPECT_EQ(errors_of(reader), Texts{"a:type"});
}

TEST(BodyReader, check_hands_on_the_value_or_notes_the_error) {
  const Request request = with_body("{}");
  BodyReader reader(request, {});
  EXPECT_EQ(reader.check(std::variant<int, core::FieldError>(7)), 7);
  EXPECT_FALSE(
      reader.check(std::variant<int, core::FieldError>(core::FieldError{"a", "invalid", ""})));
  EXPECT_EQ(errors_of(reader), Texts{"a:invalid"});
}

}  // namespace
}  // namespace tms::http
