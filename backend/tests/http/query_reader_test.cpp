#include "backend/http/query_reader.h"

#include <gtest/gtest.h>

namespace tms::http {
namespace {

using Texts = std::vector<std::string>;

Request with_query(std::vector<NameValue> query) {
  Request request;
  request.query = std::move(query);
  return request;
}

Texts errors_of(const QueryReader& reader) {
  Texts texts;
  const auto error = reader.finish();
  if (!error) return texts;
  for (const core::FieldError& field : error->fields)
    texts.push_back(field.field + ":" + field.code);
  return texts;
}

TEST(QueryReader, finds_what_is_allowed) {
  const Request request = with_query({{"a", "1"}, {"b", ""}});
  const QueryReader reader(request, {"a", "b", "c"});
  EXPECT_EQ(reader.find("a"), "1");
  EXPECT_EQ(reader.find("b"), "");
  EXPECT_FALSE(reader.find("c"));
  EXPECT_FALSE(reader.finish());
}

TEST(QueryReader, names_unknown_and_repeated_names_and_failed_checks) {
  const Request request = with_query({{"a", "1"}, {"x", "1"}, {"a", "2"}, {"x", "2"}, {"b", "1"}});
  QueryReader reader(request, {"a", "b"});
  EXPECT_FALSE(
      reader.check(std::variant<int, core::FieldError>(core::FieldError{"b", "type", ""})));
  EXPECT_FALSE(
      reader.check(std::variant<int, core::FieldError>(core::FieldError{"a", "type", ""})));
  EXPECT_EQ(reader.check(std::variant<int, core::FieldError>(7)), 7);
  EXPECT_EQ(reader.finish()->code, core::ErrorCode::validation_failed);
  EXPECT_EQ(errors_of(reader), (Texts{"x:unknown", "a:invalid", "b:type"}));
}

TEST(QueryReader, ignores_the_cache_key_however_often_it_comes) {
  EXPECT_FALSE(refuse_query(with_query({{"v", "1"}, {"v", ""}})));
}

TEST(QueryReader, names_differ_by_case) {
  EXPECT_EQ(errors_of(QueryReader(with_query({{"A", "1"}}), {"a"})), Texts{"A:unknown"});
}

TEST(QueryReader, bytes_that_are_no_utf8_are_malformed) {
  for (const NameValue& pair :
       {NameValue{"a", "\xff"}, NameValue{"\xc3", "1"}, NameValue{"v", "\xff"}}) {
    const Request request = with_query({pair});
    EXPECT_EQ(QueryReader(request, {"a"}).finish()->code, core::ErrorCode::malformed_request);
  }
}

TEST(RefuseQuery, refuses_every_name) {
  EXPECT_FALSE(refuse_query(with_query({})));
  EXPECT_TRUE(refuse_query(with_query({{"a", ""}})));
}

}  // namespace
}  // namespace tms::http
