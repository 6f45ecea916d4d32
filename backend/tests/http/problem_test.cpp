#include "backend/http/problem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "backend/http/json_value.h"
#include "backend/http/request.h"

namespace tms::http {
namespace {

using core::ErrorCode;

core::Error error_of(ErrorCode code) {
  core::Error error;
  error.code = code;
  return error;
}

JsonValue document_of(const Response& response) {
  return parse_json(response.body).value();
}

TEST(ProblemKind, every_code_has_a_status_a_title_and_a_name_of_its_own) {
  std::set<std::string_view> names;
  const int last = static_cast<int>(ErrorCode::internal);
  for (int value = 0; value <= last; ++value) {
    const ProblemKind kind = problem_kind(static_cast<ErrorCode>(value));
    EXPECT_GE(kind.status, 400) << kind.code;
    EXPECT_LE(kind.status, 503) << kind.code;
    EXPECT_FALSE(kind.title.empty()) << kind.code;
    EXPECT_TRUE(names.insert(kind.code).second) << kind.code;
  }
}

TEST(ProblemResponse, holds_what_rfc_9457_and_the_contract_want) {
  core::Error error = error_of(ErrorCode::not_found);
  error.detail.value = "Gone \"fishing\".";
  const Response response = problem_response(error, "request-1");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers,
            (std::vector<NameValue>{{"Content-Type", "application/problem+json; charset=utf-8"}}));
  EXPECT_EQ(
      response.body,
      R"({"type":"about:blank","title":"Not found","status":404,"detail":"Gone \"fishing\".",)"
      R"("code":"not_found","request_id":"request-1"})");
}

TEST(ProblemResponse, without_a_detail_repeats_the_title) {
  const auto document = document_of(problem_response(error_of(ErrorCode::internal), ""));
  EXPECT_EQ(*document.find("detail")->as_string(), *document.find("title")->as_string());
}

TEST(ProblemResponse, never_shows_the_text_for_the_log) {
  core::Error error = error_of(ErrorCode::internal);
  error.log.value = "password=hunter2";
  EXPECT_EQ(problem_response(error, "").body.find("hunter2"), std::string::npos);
}

TEST(ProblemResponse, lists_the_wrong_fields) {
  core::Error error = error_of(ErrorCode::validation_failed);
  error.fields = {{"a", "required", "Missing."}, {"b", "type", "A text."}};
  const auto document = document_of(problem_response(error, ""));
  const JsonArray& errors = *document.find("errors")->as_array();
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(*errors[1].find("field")->as_string(), "b");
  EXPECT_EQ(*errors[1].find("code")->as_string(), "type");
  EXPECT_EQ(*errors[1].find("message")->as_string(), "A text.");
}

TEST(ProblemResponse, says_when_to_try_again_in_whole_seconds_from_1) {
  core::Error error = error_of(ErrorCode::too_many_requests);
  for (const auto& [seconds, text] :
       {std::pair(0, "1"), std::pair(1, "1"), std::pair(900, "900")}) {
    error.retry_after = std::chrono::seconds(seconds);
    const Response response = problem_response(error, "");
    EXPECT_NE(
        std::find(response.headers.begin(), response.headers.end(), NameValue("Retry-After", text)),
        response.headers.end());
  }
}

TEST(ProblemResponse, adds_the_extensions) {
  core::Error error = error_of(ErrorCode::code_wrong);
  error.extensions.emplace_back("attempts_left", "4");
  EXPECT_EQ(*document_of(problem_response(error, "")).find("attempts_left")->as_integer(), 4);
}

}  // namespace
}  // namespace tms::http
