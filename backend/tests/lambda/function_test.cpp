#include "backend/hosts/lambda/function.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"
#include "backend/tests/support/recorded_log.h"

namespace tms::lambda {
namespace {

using testing::HasSubstr;

// A P-256 key that nothing else uses (openssl pkey -pubout -outform DER | base64).
constexpr const char* kPublicKey =
    "k1:MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEd9kKV0G3BADCclTfwhhQTpdIkrf3UKfiU7CDbtTs93C4HX0PQ"
    "KF/yBVCdzlPYahSu5iFXlYyaTl8Xj9U3IQFFQ==";

class FunctionTest : public testing::Test {
 protected:
  /// The log text of the error; empty when the function could be made.
  std::string failure(hosts::Environment environment) {
    environment.emplace("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    settings_ = *read_function_settings(environment);
    const auto function = make_function({settings_,
                                         [] {
                                           return aws::Credentials{"AKID", "secret", ""};
                                         },
                                         clock_, random_, log_});
    return function ? "" : function.error().log.value;
  }

  FunctionSettings settings_;
  tests::ManualClock clock_;
  tests::FixedRandom random_;
  tests::RecordedLog log_;
};

TEST_F(FunctionTest, action_with_the_public_key_alone_is_made_without_any_connection) {
  EXPECT_EQ(failure({{"_HANDLER", "get_tasks"},
                     {"TMS_DATABASE_HOST", "no-such-host.invalid"},
                     {"TMS_DATABASE_USER", "tms_app"},
                     {"TMS_TOKEN_PUBLIC_KEYS", kPublicKey}}),
            "");
}

TEST_F(FunctionTest, unknown_handler_is_refused) {
  EXPECT_THAT(failure({{"_HANDLER", "drop_tables"}}), HasSubstr("drop_tables is no action"));
}

TEST_F(FunctionTest, action_without_public_keys_is_refused) {
  EXPECT_THAT(failure({{"_HANDLER", "get_tasks"}}), HasSubstr("TMS_TOKEN_PUBLIC_KEYS is missing"));
}

TEST_F(FunctionTest, public_key_that_is_none_is_refused) {
  for (const char* keys : {"k1", ":AAAA", "k1:AAAA", "k1:not base64"}) {
    EXPECT_NE(failure({{"_HANDLER", "me"}, {"TMS_TOKEN_PUBLIC_KEYS", keys}}), "") << keys;
  }
}

TEST_F(FunctionTest, action_that_lacks_its_keys_is_refused_at_start) {
  for (const char* action : {"login", "verify_otp", "signup", "reset_password", "change_password",
                             "resend_otp", "forgot_password"}) {
    EXPECT_THAT(failure({{"_HANDLER", action},
                         {"TMS_DATABASE_HOST", "no-such-host.invalid"},
                         {"TMS_DATABASE_USER", "tms_app"},
                         {"TMS_TOKEN_PUBLIC_KEYS", kPublicKey}}),
                HasSubstr("lacks a key parameter or TMS_SEND_MAIL_FUNCTION"))
        << action;
  }
}

TEST_F(FunctionTest, action_without_a_database_is_refused) {
  EXPECT_THROW(failure({{"_HANDLER", "get_tasks"}, {"TMS_TOKEN_PUBLIC_KEYS", kPublicKey}}),
               std::runtime_error);
}

TEST_F(FunctionTest, send_mail_needs_the_code_key) {
  EXPECT_THAT(failure({{"_HANDLER", "send_mail"}, {"TMS_MAIL_FROM", "no-reply@tasks.example"}}),
              HasSubstr("TMS_CODE_KEY_PARAMETER is missing"));
}

TEST_F(FunctionTest, migrate_needs_the_keys_that_the_database_is_tied_to) {
  EXPECT_NE(failure({{"_HANDLER", "migrate"}}), "");
}

}  // namespace
}  // namespace tms::lambda
