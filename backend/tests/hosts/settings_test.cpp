#include "backend/hosts/app/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend/hosts/app/setting_reader.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string mistakes(const Environment& values) {
  const auto settings = read_settings(values);
  return settings ? "" : settings.error().detail.value;
}

Settings read(const Environment& values) {
  auto settings = read_settings(values);
  EXPECT_EQ(settings ? "" : settings.error().detail.value, "");
  return settings ? *settings : Settings{};
}

TEST(Settings, nothing_set_is_a_server_for_this_machine) {
  const Settings settings = read({});
  EXPECT_EQ(settings.listen.to_string(), "127.0.0.1:8080");
  EXPECT_EQ(settings.public_url.origin(), "http://localhost:8080");
  EXPECT_FALSE(settings.uses_postgres());
  EXPECT_TRUE(settings.mails_to_files());
  EXPECT_EQ(settings.secret_file, "data/secret");
  EXPECT_EQ(settings.strict_transport(), StrictTransport::off);
  EXPECT_TRUE(settings.warnings.empty());
}

TEST(Settings, public_url_follows_the_port) {
  EXPECT_EQ(read({{"TMS_LISTEN", "[::1]:9000"}}).public_url.origin(), "http://localhost:9000");
}

TEST(Settings, public_server_with_everything) {
  const Settings settings = read({{"TMS_LISTEN", "0.0.0.0:80"},
                                  {"TMS_PUBLIC_URL", "https://Tasks.example:443/"},
                                  {"TMS_DATABASE_URL", "postgresql://u:p@h/d"},
                                  {"TMS_SECRET_FILE", "/etc/tms/secret"},
                                  {"TMS_MAIL_URL", "smtp://mail.example"},
                                  {"TMS_MAIL_FROM", "tasks@example.org"},
                                  {"TMS_TRUSTED_PROXIES", "10.0.0.0/8, ::1"},
                                  {"TMS_HSTS_SUBDOMAINS", "1"}});
  EXPECT_EQ(settings.public_url.origin(), "https://tasks.example");
  EXPECT_TRUE(settings.uses_postgres());
  EXPECT_EQ(settings.strict_transport(), StrictTransport::host_and_subdomains);
  EXPECT_TRUE(settings.trusted_proxies.contains(*IpAddress::parse("::1")));
}

TEST(Settings, plain_http_beyond_loopback_is_refused) {
  EXPECT_THAT(mistakes({{"TMS_PUBLIC_URL", "http://tasks.example"}}),
              HasSubstr("TMS_PUBLIC_URL must start with https://"));
  for (const char* url :
       {"http://localhost:1", "http://127.0.0.1", "http://[::1]:5", "http://a.localhost"}) {
    EXPECT_EQ(mistakes({{"TMS_PUBLIC_URL", url}}), "") << url;
  }
}

TEST(Settings, listening_to_the_world_needs_a_public_url) {
  EXPECT_THAT(mistakes({{"TMS_LISTEN", "0.0.0.0:8080"}}), HasSubstr("TMS_PUBLIC_URL must be set"));
  EXPECT_EQ(mistakes({{"TMS_LISTEN", "0.0.0.0:8080"}, {"TMS_PUBLIC_URL", "http://localhost:8080"}}),
            "");
}

TEST(Settings, mail_to_files_is_refused_for_a_public_server_unless_told_so) {
  Environment values{{"TMS_PUBLIC_URL", "https://tasks.example"}};
  EXPECT_THAT(mistakes(values), HasSubstr("TMS_MAIL_URL must name a mail server"));
  values["TMS_ALLOW_FILE_MAIL"] = "1";
  EXPECT_EQ(mistakes(values), "");
}

TEST(Settings, postgres_needs_an_explicit_secret) {
  Environment values{{"TMS_DATABASE_URL", "postgresql://h/d"}};
  EXPECT_THAT(mistakes(values),
              HasSubstr("TMS_SECRET_FILE (or TMS_SECRET) must be set with PostgreSQL"));
  values["TMS_SECRET"] = "k1:abc";
  EXPECT_EQ(mistakes(values), "");
  values["TMS_SECRET_FILE"] = "f";
  EXPECT_THAT(mistakes(values), HasSubstr("both set"));
}

struct WrongSetting {
  const char* name;
  const char* value;
};

TEST(Settings, wrong_values_are_named_and_not_repeated) {
  for (const auto& [name, value] :
       std::initializer_list<WrongSetting>{{"TMS_LISTEN", "sesame"},
                                           {"TMS_LISTEN", "127.0.0.1:99999"},
                                           {"TMS_PUBLIC_URL", "sesame"},
                                           {"TMS_PUBLIC_URL", "https://tasks.example/sesame"},
                                           {"TMS_PUBLIC_URL", "ftp://sesame"},
                                           {"TMS_DATABASE_URL", "mysql://sesame"},
                                           {"TMS_MAIL_URL", "sesame"},
                                           {"TMS_BCRYPT_COST", "3"},
                                           {"TMS_BCRYPT_COST", "17"},
                                           {"TMS_BCRYPT_COST", "12sesame"},
                                           {"TMS_TRUSTED_PROXIES", "sesame"},
                                           {"TMS_LOG_LEVEL", "sesame"},
                                           {"TMS_METRICS_TOKEN", "sesame"},
                                           {"TMS_ALLOW_FILE_MAIL", "sesame"},
                                           {"TMS_KEEP_ALIVE_TIMEOUT", "sesame"},
                                           {"TMS_KEEP_ALIVE_TIMEOUT", "0"},
                                           {"TMS_WORKER_THREADS", "0"},
                                           {"TMS_SESSION_TOUCH_INTERVAL", "14d"},
                                           {"TMS_THROTTLE_LOGIN_SOURCE_MINUTE", "20"},
                                           {"TMS_THROTTLE_LOGIN_SOURCE_MINUTE", "0/1m"},
                                           {"TMS_CODE_TRIES", "-1"}}) {
    const std::string text = mistakes({{name, value}});
    EXPECT_THAT(text, HasSubstr(name)) << value;
    EXPECT_THAT(text, Not(HasSubstr("sesame"))) << name;
  }
}

TEST(Settings, all_mistakes_are_told_at_once) {
  const std::string text = mistakes({{"TMS_LISTEN", "x"}, {"TMS_BCRYPT_COST", "x"}});
  EXPECT_THAT(text, HasSubstr("TMS_LISTEN"));
  EXPECT_THAT(text, HasSubstr("\nTMS_BCRYPT_COST"));
}

TEST(Settings, limits_sessions_and_throttles_are_settings) {
  const Settings settings = read({{"TMS_MAX_CONNECTIONS_PER_ADDRESS", "0"},
                                  {"TMS_REQUEST_TIMEOUT", "2m"},
                                  {"TMS_WORKER_MAX_WAIT_MS", "250"},
                                  {"TMS_DATABASE_TIMEOUT_MS", "2500"},
                                  {"TMS_SESSION_IDLE", "30d"},
                                  {"TMS_CODE_LIFE", "5m"},
                                  {"TMS_THROTTLE_LOGIN_SOURCE_MINUTE", "7/2h"}});
  EXPECT_EQ(settings.limits.connections_per_address, 0U);
  EXPECT_EQ(settings.limits.request_timeout, seconds(120));
  EXPECT_EQ(settings.limits.worker_max_wait, std::chrono::milliseconds(250));
  EXPECT_EQ(settings.limits.database_timeout, std::chrono::milliseconds(2500));
  EXPECT_EQ(settings.sessions.idle, std::chrono::hours(24 * 30));
  EXPECT_EQ(settings.throttles.code_life, seconds(300));
  EXPECT_EQ(settings.throttles.login_source_minute.count, 7);
  EXPECT_EQ(settings.throttles.login_source_minute.window, seconds(7200));
}

TEST(Settings, unknown_names_and_low_cost_are_warned_of) {
  const Settings settings =
      read({{"TMS_LISTEM", "x"}, {"TMS_TEST_POSTGRES_URL", "x"}, {"TMS_BCRYPT_COST", "6"}});
  EXPECT_THAT(settings.warnings, Contains(HasSubstr("TMS_LISTEM")));
  EXPECT_THAT(settings.warnings, Contains(HasSubstr("TMS_BCRYPT_COST")));
  EXPECT_EQ(settings.warnings.size(), 2U);
}

TEST(Settings, empty_values_count_as_missing) {
  EXPECT_EQ(read({{"TMS_LISTEN", ""}}).listen.port, 8080);
}

TEST(Settings, names_of_the_documents_are_known) {
  const auto names = setting_names();
  for (const char* name : {"TMS_LISTEN", "TMS_PUBLIC_URL", "TMS_DATA_DIR", "TMS_DATABASE_URL",
                           "TMS_MAIL_URL", "TMS_MAIL_FROM", "TMS_SECRET", "TMS_SECRET_FILE",
                           "TMS_BCRYPT_COST", "TMS_TRUSTED_PROXIES", "TMS_LOG_LEVEL"}) {
    EXPECT_THAT(names, Contains(name));
  }
}

TEST(Settings, hashing_queue_is_three_seconds_of_work) {
  // backend reference, section 9: one permit, 15 jobs at cost 12, 60 at cost 10.
  EXPECT_NEAR(static_cast<double>(hashing_queue_for(1, 12)), 15, 1);
  EXPECT_NEAR(static_cast<double>(hashing_queue_for(1, 10)), 60, 1);
  EXPECT_EQ(hashing_queue_for(1, 16), 4U);
}

TEST(Duration, units_and_bare_seconds) {
  EXPECT_EQ(parse_duration("45"), seconds(45));
  EXPECT_EQ(parse_duration("45s"), seconds(45));
  EXPECT_EQ(parse_duration("15m"), seconds(900));
  EXPECT_EQ(parse_duration("24h"), seconds(86'400));
  EXPECT_EQ(parse_duration("14d"), seconds(1'209'600));
  for (const char* text :
       {"", "s", "-1", "1.5h", "1w", "1 s", "99999999999d", "9223372036854775807d"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}

TEST(Settings, certificate_makes_the_server_speak_https_alone) {
  const Environment tls{{"TMS_TLS_CERTIFICATE", "cert.pem"}, {"TMS_TLS_KEY", "key.pem"}};
  const Settings settings = read(tls);
  EXPECT_TRUE(settings.has_tls());
  EXPECT_EQ(settings.public_url.origin(), "https://localhost:8080");
  EXPECT_EQ(settings.strict_transport(), StrictTransport::host);

  Environment port = tls;
  port["TMS_LISTEN"] = "127.0.0.1:443";
  EXPECT_EQ(read(port).public_url.origin(), "https://localhost");

  Environment plain = tls;
  plain["TMS_PUBLIC_URL"] = "http://localhost:8080";
  EXPECT_THAT(mistakes(plain), HasSubstr("TMS_PUBLIC_URL must start with https://"));
}

TEST(Settings, certificate_without_its_key_is_refused) {
  EXPECT_THAT(mistakes({{"TMS_TLS_CERTIFICATE", "cert.pem"}}), HasSubstr("TMS_TLS_KEY"));
  EXPECT_THAT(mistakes({{"TMS_TLS_KEY", "key.pem"}}), HasSubstr("TMS_TLS_CERTIFICATE"));
}

TEST(EnvFile, names_values_comments_and_quotes) {
  const auto values = parse_env_file(
      "# a comment\n\nTMS_A=1\n export TMS_B = \"two words\" \r\nTMS_C='x=y'\nTMS_D=\n");
  ASSERT_TRUE(values);
  EXPECT_EQ(*values,
            (Environment{{"TMS_A", "1"}, {"TMS_B", "two words"}, {"TMS_C", "x=y"}, {"TMS_D", ""}}));
}

TEST(EnvFile, line_without_equals_is_named_by_number_and_not_quoted) {
  const auto values = parse_env_file("TMS_A=1\nsesame\n");
  ASSERT_FALSE(values);
  EXPECT_THAT(values.error().detail.value, HasSubstr("line 2"));
  EXPECT_THAT(values.error().detail.value, Not(HasSubstr("sesame")));
}

}  // namespace
}  // namespace tms::hosts
