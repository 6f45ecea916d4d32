// What the running server serves beside the API's handlers, and where handlers run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <thread>

#include "backend/db/database.h"
#include "backend/hosts/app/security_headers.h"
#include "backend/tests/support/live_server.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::LiveServer;
using tests::RawClient;
using tests::request_text;

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    std::ofstream(folder_.path() / "index.html") << "<!doctype html>";
    options_.page = PageFiles::load(folder_.path()).value();
  }

  tests::TemporaryFolder folder_;
  LiveServer::Options options_;
};

TEST_F(SiteTest, unknown_page_paths_are_the_index_and_unknown_api_paths_a_json_404) {
  const LiveServer server(std::move(options_));
  const auto page = server.request(request_text("GET /login", "Accept: text/html\r\n"));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<!doctype html>");
  for (const char* target : {"GET /api", "GET /api/", "GET /api/nothing", "POST /api/nothing"}) {
    const auto api = server.request(request_text(target, "Accept: text/html\r\n"));
    EXPECT_EQ(api.status, 404) << target;
    EXPECT_THAT(api.header("content-type"), HasSubstr("application/problem+json")) << target;
  }
  EXPECT_EQ(server.request(request_text("GET /apiary", "Accept: text/html\r\n")).body,
            "<!doctype html>");
}

TEST_F(SiteTest, unknown_file_is_a_json_404) {
  const auto response =
      LiveServer(std::move(options_)).request(request_text("GET /assets/gone.js"));
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr("\"code\":\"not_found\""));
}

TEST_F(SiteTest, page_cannot_be_posted_to) {
  const auto response = LiveServer(std::move(options_)).request(request_text("POST /login"));
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.header("allow"), "GET, HEAD");
}

TEST_F(SiteTest, head_has_the_length_of_get_and_no_body) {
  const LiveServer server(std::move(options_));
  RawClient client(server.port());
  client.send(request_text("HEAD /") + request_text("GET /healthz"));
  const auto head = client.receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "15");
  EXPECT_EQ(client.receive().body, R"({"status":"ok"})");
}

TEST_F(SiteTest, every_kind_of_answer_carries_the_security_headers) {
  options_.handlers = {
      {"login", [](const http::Request&) { return http::Response::json(200, "{}"); }}};
  const LiveServer server(std::move(options_));
  for (const std::string& request :
       {request_text("GET /"), request_text("GET /gone.js"), request_text("GET /healthz"),
        request_text("GET /config.json"), request_text("GET /api/me"),
        request_text("POST /api/login"), std::string("nonsense\r\n\r\n")}) {
    const auto response = server.request(request);
    for (const HeaderValue& expected : kSecurityHeaders) {
      std::string name(expected.name);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return static_cast<char>(std::tolower(c)); });
      EXPECT_EQ(response.header(name), expected.value) << request;
    }
    EXPECT_EQ(response.header("x-request-id").size(), 22U) << request;
    EXPECT_EQ(response.header("server"), "") << request;
  }
}

TEST_F(SiteTest, config_is_public_and_not_stored) {
  const auto response = LiveServer(std::move(options_)).request(request_text("GET /config.json"));
  EXPECT_EQ(response.body, R"({"mail_folder":null,"version":"test"})");
  EXPECT_EQ(response.header("cache-control"), "no-store");
}

TEST_F(SiteTest, readiness_follows_the_database_on_both_engines) {
  for (const bool sqlite : {true, false}) {
    LiveServer::Options options;
    options.sqlite = sqlite;
    bool ready = true;
    options.is_ready = [&] { return ready; };
    const LiveServer server(std::move(options));
    EXPECT_EQ(server.request(request_text("GET /readyz")).status, 200);
    ready = false;
    const auto response = server.request(request_text("GET /readyz"));
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.header("retry-after"), "1");
    EXPECT_EQ(server.request(request_text("GET /healthz")).status, 200);
  }
}

TEST_F(SiteTest, database_that_throws_is_not_ready) {
  options_.is_ready = []() -> bool { throw db::Unavailable("down", std::chrono::seconds(5)); };
  const auto response = LiveServer(std::move(options_)).request(request_text("GET /readyz"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.header("retry-after"), "5");
}

TEST_F(SiteTest, metrics_are_hidden_without_the_token) {
  options_.settings.metrics_token = "0123456789abcdef";
  const LiveServer server(std::move(options_));
  const std::string path = "GET /metrics";
  EXPECT_THAT(server.request(request_text(path, "Authorization: Bearer 0123456789abcdef\r\n")).body,
              HasSubstr("# TYPE tms_requests_total counter"));
  EXPECT_THAT(server.request(request_text(path)).body, Not(HasSubstr("tms_requests_total")));
  EXPECT_THAT(server.request(request_text(path, "Authorization: Bearer 0123456789abcdeX\r\n")).body,
              Not(HasSubstr("tms_requests_total")));
}

TEST_F(SiteTest, metrics_are_off_without_a_token) {
  const LiveServer server(std::move(options_));
  EXPECT_THAT(server.request(request_text("GET /metrics", "Authorization: Bearer \r\n")).body,
              Not(HasSubstr("tms_requests_total")));
}

TEST_F(SiteTest, behind_a_tls_proxy_plain_http_pages_are_sent_on_and_the_api_refuses) {
  options_.settings.public_url = PublicUrl::parse("https://tasks.example").value();
  options_.settings.trusted_proxies = TrustedProxies::parse("127.0.0.1").value();
  const LiveServer server(std::move(options_));
  const std::string http = "X-Forwarded-Proto: http\r\n";
  const auto page = server.request(request_text("GET /login?next=%2Fa", http));
  EXPECT_EQ(page.status, 308);
  EXPECT_EQ(page.header("location"), "https://tasks.example/login?next=%2Fa");
  EXPECT_EQ(page.header("strict-transport-security"), "max-age=63072000");
  EXPECT_EQ(server.request(request_text("GET /api/me", http)).status, 400);
  EXPECT_EQ(server.request(request_text("GET /healthz", http)).status, 200);
  EXPECT_EQ(server.request(request_text("GET /readyz", http)).status, 200);
  EXPECT_EQ(server.request(request_text("GET /login", "X-Forwarded-Proto: https\r\n")).status, 200);
}

TEST_F(SiteTest, handler_sees_the_decoded_request) {
  http::Request seen;
  options_.settings.trusted_proxies = TrustedProxies::parse("127.0.0.1").value();
  options_.handlers = {{"get_tasks", [&](const http::Request& request) {
                          seen = request;
                          return http::Response::json(200, "{}");
                        }}};
  const LiveServer server(std::move(options_));
  server.request(
      request_text("GET /api/tasks?q=a%20b",
                   "Cookie: tms_session=good\r\nX-Forwarded-For: 1.1.1.1, 192.0.2.7\r\n"));
  EXPECT_EQ(seen.path, "/tasks");
  EXPECT_EQ(seen.query, (std::vector<http::NameValue>{{"q", "a b"}}));
  EXPECT_EQ(seen.client_address, "192.0.2.7");
  EXPECT_EQ(seen.host, "localhost");
  EXPECT_EQ(seen.identity->user_id, 7);
  EXPECT_LT(seen.deadline, std::chrono::steady_clock::now() + std::chrono::seconds(11));
}

TEST_F(SiteTest, requests_are_logged_without_what_is_secret) {
  options_.handlers = {
      {"login", [](const http::Request&) { return http::Response::json(401, "{}"); }}};
  LiveServer server(std::move(options_));
  const auto response =
      server.request(request_text("POST /api/login?token=canary-query",
                                  "Cookie: tms_session=canary-cookie\r\nX-A: canary-header\r\n"
                                  "Content-Type: application/json\r\nContent-Length: 17\r\n") +
                     "{\"a\":\"canary-b\"}\n");
  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(server.log().text(),
              HasSubstr("info request request_id=" + response.header("x-request-id") +
                        " action=login method=POST status=401 duration_us="));
  EXPECT_THAT(server.log().text(), HasSubstr("client=127.0.0.1"));
  EXPECT_THAT(server.log().text(), Not(HasSubstr("canary")));
}

TEST_F(SiteTest, light_writes_run_on_one_thread_on_sqlite) {
  std::thread::id first;
  std::thread::id second;
  options_.handlers = {{"logout", [&](const http::Request&) {
                          (first == std::thread::id() ? first : second) =
                              std::this_thread::get_id();
                          return http::Response::no_content();
                        }}};
  const LiveServer server(std::move(options_));
  EXPECT_EQ(server.request(request_text("POST /api/logout")).status, 204);
  EXPECT_EQ(server.request(request_text("POST /api/logout")).status, 204);
  EXPECT_EQ(first, second);
}

TEST_F(SiteTest, stuck_hashing_does_not_stop_light_reads) {
  std::promise<void> release;
  const auto released = release.get_future().share();
  options_.settings.limits.hashing_threads = 1;
  options_.handlers = {
      {"login",
       [released](const http::Request&) {
         released.wait();
         return http::Response::json(200, "{}");
       }},
      {"me", [](const http::Request&) { return http::Response::json(200, "{}"); }}};
  const LiveServer server(std::move(options_));
  RawClient login(server.port());
  login.send(request_text("POST /api/login"));
  EXPECT_EQ(server.request(request_text("GET /api/me", "Cookie: tms_session=good\r\n")).status,
            200);
  release.set_value();
  EXPECT_EQ(login.receive().status, 200);
}

TEST_F(SiteTest, request_that_may_hash_runs_where_passwords_are_hashed) {
  options_.settings.limits.hashing_threads = 1;
  std::vector<std::thread::id> ran_on;
  const auto note = [&ran_on](const http::Request&) {
    ran_on.push_back(std::this_thread::get_id());
    return http::Response::json(200, "{}");
  };
  options_.handlers = {{"login", note}, {"verify_otp", note}};
  const LiveServer server(std::move(options_));
  ASSERT_EQ(server.request(request_text("POST /api/login")).status, 200);
  ASSERT_EQ(server.request(request_text("POST /api/verify-otp", "X-May-Hash: 1\r\n")).status, 200);
  ASSERT_EQ(server.request(request_text("POST /api/verify-otp")).status, 200);
  EXPECT_EQ(ran_on[1], ran_on[0]);
  EXPECT_NE(ran_on[2], ran_on[0]);
}

}  // namespace
}  // namespace tms::hosts
