#include "backend/hosts/lambda/function_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tms::lambda {
namespace {

using testing::HasSubstr;
using testing::Not;

hosts::Environment with(hosts::Environment more) {
  more.emplace("_HANDLER", "get_tasks");
  more.emplace("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
  return more;
}

std::string log_of(const core::Result<FunctionSettings>& settings) {
  return settings ? "" : settings.error().log.value;
}

TEST(FunctionSettings, lambdas_own_variables_are_required) {
  const std::string log = log_of(read_function_settings({}));
  EXPECT_THAT(log, HasSubstr("_HANDLER is missing"));
  EXPECT_THAT(log, HasSubstr("AWS_LAMBDA_RUNTIME_API is missing"));
}

TEST(FunctionSettings, endpoints_are_the_dual_stack_names_of_the_region) {
  const auto settings = read_function_settings(with({{"AWS_REGION", "eu-central-1"}}));
  ASSERT_TRUE(settings) << log_of(settings);
  EXPECT_EQ(settings->ssm_endpoint, "https://ssm.eu-central-1.api.aws");
  EXPECT_EQ(settings->lambda_endpoint, "https://lambda.eu-central-1.api.aws");
  EXPECT_EQ(settings->ses_endpoint, "https://email.eu-central-1.amazonaws.com");
}

TEST(FunctionSettings, database_host_needs_a_user) {
  EXPECT_THAT(log_of(read_function_settings(with({{"TMS_DATABASE_HOST", "db.example"}}))),
              HasSubstr("TMS_DATABASE_USER must be set with TMS_DATABASE_HOST"));
}

TEST(FunctionSettings, every_wrong_setting_is_named_and_no_value_repeated) {
  const std::string log =
      log_of(read_function_settings(with({{"TMS_BCRYPT_COST", "seventeen-secrets"},
                                          {"TMS_DATABASE_PORT", "99999"},
                                          {"TMS_CODE_LIFE", "soon-secrets"}})));
  EXPECT_THAT(log, HasSubstr("TMS_BCRYPT_COST"));
  EXPECT_THAT(log, HasSubstr("TMS_DATABASE_PORT"));
  EXPECT_THAT(log, HasSubstr("TMS_CODE_LIFE"));
  EXPECT_THAT(log, Not(HasSubstr("secrets")));
}

TEST(FunctionSettings, public_address_is_https_or_this_machine) {
  const auto read = [](const char* url) {
    return read_function_settings(with({{"TMS_PUBLIC_URL", url}}));
  };
  EXPECT_TRUE(read("https://tasks.example"));
  EXPECT_TRUE(read("http://localhost:8080"));
  EXPECT_THAT(log_of(read("http://tasks.example")), HasSubstr("must be https"));
  EXPECT_THAT(log_of(read("tasks.example")), HasSubstr("TMS_PUBLIC_URL"));
}

}  // namespace
}  // namespace tms::lambda
