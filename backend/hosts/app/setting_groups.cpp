#include "backend/hosts/app/setting_groups.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;

// Larger numbers are typing mistakes, and would only be found out under load.
constexpr std::int64_t kMostBytes = 1'048'576;
constexpr std::int64_t kMostConnections = 1'000'000;
constexpr std::int64_t kMostThreads = 256;
constexpr std::int64_t kMostQueued = 1'000'000;
constexpr std::int64_t kMostTries = 1'000'000'000;

}  // namespace

void read_limits(SettingReader& reader, ServerLimits& limits) {
  reader.number("TMS_MAX_HEAD_BYTES", limits.head_bytes, 1024, kMostBytes);
  reader.number("TMS_MAX_HEADER_FIELDS", limits.header_fields, 8, 1000);
  reader.duration("TMS_HEAD_TIMEOUT", limits.head_timeout, seconds(1));
  reader.duration("TMS_FIRST_HEAD_TIMEOUT", limits.first_head_timeout, seconds(1));
  reader.duration("TMS_BODY_TIMEOUT", limits.body_timeout, seconds(1));
  reader.duration("TMS_REQUEST_TIMEOUT", limits.request_timeout, seconds(1));
  reader.duration("TMS_WRITE_TIMEOUT", limits.write_timeout, seconds(1));
  reader.duration("TMS_KEEP_ALIVE_TIMEOUT", limits.keep_alive_timeout, seconds(1));
  reader.number("TMS_KEEP_ALIVE_REQUESTS", limits.keep_alive_requests, 1, kMostTries);
  reader.duration("TMS_CONNECTION_LIFETIME", limits.connection_lifetime, seconds(1));
  reader.number("TMS_MAX_CONNECTIONS", limits.connections, 1, kMostConnections);
  reader.number("TMS_MAX_CONNECTIONS_PER_ADDRESS", limits.connections_per_address, 0,
                kMostConnections);
  reader.number("TMS_IO_THREADS", limits.io_threads, 0, kMostThreads);
  reader.number("TMS_WORKER_THREADS", limits.worker_threads, 1, kMostThreads);
  reader.number("TMS_WORKER_QUEUE", limits.worker_queue, 1, kMostQueued);
  const auto milliseconds = [&](const char* name, std::chrono::milliseconds& limit, int least) {
    std::int64_t number = limit.count();
    reader.number(name, number, least, 60'000);
    limit = std::chrono::milliseconds(number);
  };
  milliseconds("TMS_WORKER_MAX_WAIT_MS", limits.worker_max_wait, 1);
  milliseconds("TMS_DATABASE_TIMEOUT_MS", limits.database_timeout, 100);
  reader.number("TMS_HASHING_THREADS", limits.hashing_threads, 1, kMostThreads);
  reader.number("TMS_HASHING_QUEUE", limits.hashing_queue, 0, kMostQueued);
  reader.number("TMS_HASHING_PERMITS", limits.hashing_permits, 0, kMostThreads);
  reader.duration("TMS_SHUTDOWN_TIMEOUT", limits.shutdown_timeout, seconds(0));
}

void read_sessions(SettingReader& reader, auth::SessionLimits& sessions) {
  reader.duration("TMS_SESSION_IDLE", sessions.idle, seconds(60));
  reader.duration("TMS_SESSION_ABSOLUTE", sessions.absolute, seconds(60));
  reader.duration("TMS_SESSION_TOUCH_INTERVAL", sessions.touch_interval, seconds(1));
  if (sessions.touch_interval >= sessions.idle) {
    reader.wrong("TMS_SESSION_TOUCH_INTERVAL",
                 "must be shorter than TMS_SESSION_IDLE, or sessions in use would end");
  }
}

void read_throttles(SettingReader& reader, auth::ThrottleSettings& throttles) {
  reader.duration("TMS_CODE_LIFE", throttles.code_life, seconds(60));
  reader.number("TMS_CODE_TRIES", throttles.code_tries, 1, 100);
  reader.duration("TMS_CODE_RESEND_WAIT", throttles.resend_wait, seconds(0));
  reader.budget("TMS_THROTTLE_MAIL_ADDRESS_SOURCE_MINUTE", throttles.mail_address_source_minute);
  reader.budget("TMS_THROTTLE_MAIL_ADDRESS_SOURCE_HOUR", throttles.mail_address_source_hour);
  reader.budget("TMS_THROTTLE_MAIL_ADDRESS_SOURCE_DAY", throttles.mail_address_source_day);
  reader.budget("TMS_THROTTLE_MAIL_ADDRESS_DAY", throttles.mail_address_day);
  reader.budget("TMS_THROTTLE_MAIL_SOURCE_HOUR", throttles.mail_source_hour);
  reader.budget("TMS_THROTTLE_SIGNUP_SOURCE_HOUR", throttles.signup_source_hour);
  reader.duration("TMS_PENDING_SIGNUP_LIFE", throttles.pending_signup_life, seconds(60));
  reader.budget("TMS_THROTTLE_CODE_CHECK_SOURCE_MINUTE", throttles.code_check_source_minute);
  reader.number("TMS_THROTTLE_LOGIN_FREE_FAILURES", throttles.login_free_failures, 1, kMostTries);
  reader.duration("TMS_THROTTLE_LOGIN_FIRST_WAIT", throttles.login_first_wait, seconds(1));
  reader.duration("TMS_THROTTLE_LOGIN_LONGEST_WAIT", throttles.login_longest_wait, seconds(1));
  reader.duration("TMS_THROTTLE_LOGIN_FAILURE_MEMORY", throttles.login_failure_memory, seconds(1));
  reader.budget("TMS_THROTTLE_LOGIN_ACCOUNT_FAILURES", throttles.login_account_failures);
  reader.budget("TMS_THROTTLE_LOGIN_DEVICE_FAILURES", throttles.login_device_failures);
  reader.budget("TMS_THROTTLE_LOGIN_SOURCE_MINUTE", throttles.login_source_minute);
  reader.budget("TMS_THROTTLE_PASSWORD_CHANGE_ACCOUNT", throttles.password_change_account);
  reader.number("TMS_THROTTLE_MOST_BUCKETS", throttles.most_buckets, 1000, kMostTries);
}

}  // namespace tms::hosts
