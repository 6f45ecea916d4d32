// How requests are framed (RFC 9112): what is accepted, and what is refused with 400 and a closed
// connection before anybody acts on it (security checklist, row 53).
#include <gtest/gtest.h>

#include <atomic>

#include "backend/tests/support/live_server.h"

namespace tms::hosts {
namespace {

using tests::LiveServer;
using tests::RawClient;
using tests::RawResponse;
using tests::request_text;

struct FramingCase {
  const char* name;
  std::string bytes;
  int status;
};

void PrintTo(const FramingCase& framing, std::ostream* out) {
  *out << framing.name;
}

const std::string kHost = "Host: localhost\r\n";
const std::string kJson = "Content-Type: application/json\r\n";

std::string post(const std::string& fields, const std::string& body) {
  return "POST /api/login HTTP/1.1\r\n" + kHost + kJson + fields + "\r\n" + body;
}

std::string get(const std::string& fields) {
  return "GET /healthz HTTP/1.1\r\n" + kHost + fields + "\r\n";
}

std::vector<FramingCase> accepted() {
  return {
      {"get", get(""), 200},
      {"get_over_http_1_0_without_host", "GET /healthz HTTP/1.0\r\n\r\n", 200},
      {"empty_line_before_the_request", "\r\n" + get(""), 200},
      {"content_length", post("Content-Length: 2\r\n", "{}"), 200},
      {"content_length_with_zeros_in_front", post("Content-Length: 0002\r\n", "{}"), 200},
      {"no_body", post("", ""), 200},
      {"content_length_zero", post("Content-Length: 0\r\n", ""), 200},
      {"chunked", post("Transfer-Encoding: chunked\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"), 200},
      {"chunked_in_capitals", post("Transfer-Encoding: CHUNKED\r\n", "2\r\n{}\r\n0\r\n\r\n"), 200},
      {"chunk_extension", post("Transfer-Encoding: chunked\r\n", "2;a=b\r\n{}\r\n0\r\n\r\n"), 200},
      {"trailer", post("Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n"),
       200},
      {"chunk_size_in_hexadecimal",
       post("Transfer-Encoding: chunked\r\n", "A\r\n{\"a\":    1\r\n1\r\n}\r\n0\r\n\r\n"), 200},
      {"tabs_around_a_value", get("X-A:\t1\t\r\n"), 200},
      {"empty_value", get("X-A:\r\n"), 200},
      {"utf_8_in_a_value", get("X-A: \xc3\xa9\r\n"), 200},
  };
}

std::vector<FramingCase> refused() {
  return {
      {"content_length_and_chunked",
       post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), 400},
      {"chunked_and_content_length",
       post("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n"), 400},
      {"two_equal_content_lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}"), 400},
      {"two_content_lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), 400},
      {"content_length_list", post("Content-Length: 2, 2\r\n", "{}"), 400},
      {"content_length_plus", post("Content-Length: +2\r\n", "{}"), 400},
      {"content_length_negative", post("Content-Length: -2\r\n", "{}"), 400},
      {"content_length_hexadecimal", post("Content-Length: 0x2\r\n", "{}"), 400},
      {"content_length_empty", post("Content-Length:\r\n", "{}"), 400},
      {"content_length_with_space", post("Content-Length: 1 2\r\n", "{}"), 400},
      {"content_length_overflows", post("Content-Length: 18446744073709551618\r\n", "{}"), 400},
      {"transfer_encoding_gzip",
       post("Transfer-Encoding: gzip, chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), 400},
      {"transfer_encoding_identity", post("Transfer-Encoding: identity\r\n", "{}"), 400},
      {"transfer_encoding_quoted",
       post("Transfer-Encoding: \"chunked\"\r\n", "2\r\n{}\r\n0\r\n\r\n"), 400},
      {"transfer_encoding_with_vertical_tab",
       post("Transfer-Encoding: \x0b"
            "chunked\r\n",
            ""),
       400},
      {"chunked_twice", post("Transfer-Encoding: chunked, chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
       400},
      {"two_transfer_encodings",
       post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ""), 400},
      {"chunked_over_http_1_0",
       "POST /api/login HTTP/1.0\r\n" + kHost + kJson +
           "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
       400},
      {"chunk_size_with_prefix", post("Transfer-Encoding: chunked\r\n", "0x2\r\n{}\r\n0\r\n\r\n"),
       400},
      {"chunk_size_negative", post("Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n"), 400},
      {"chunk_size_empty", post("Transfer-Encoding: chunked\r\n", "\r\n{}\r\n0\r\n\r\n"), 400},
      {"chunk_size_overflows",
       post("Transfer-Encoding: chunked\r\n", "10000000000000002\r\n{}\r\n0\r\n\r\n"), 400},
      {"chunk_longer_than_its_size", post("Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n"),
       400},
      {"chunk_line_ends_with_lf", post("Transfer-Encoding: chunked\r\n", "2\n{}\r\n0\r\n\r\n"),
       400},
      {"chunk_data_ends_with_lf", post("Transfer-Encoding: chunked\r\n", "2\r\n{}\n0\r\n\r\n"),
       400},
      {"chunk_extension_with_lf",
       post("Transfer-Encoding: chunked\r\n", "2;a\nb\r\n{}\r\n0\r\n\r\n"), 400},
      {"lines_end_with_lf", "GET /healthz HTTP/1.1\nHost: localhost\n\n", 400},
      {"one_line_ends_with_lf", get("X-A: 1\n"), 400},
      {"carriage_return_in_a_value", get("X-A: 1\r2\r\n"), 400},
      {"nul_in_a_value", get(std::string("X-A: 1\0\r\n", 9)), 400},
      {"control_character_in_a_value", get("X-A: 1\x01\r\n"), 400},
      {"delete_in_a_value", get("X-A: 1\x7f\r\n"), 400},
      {"latin_1_in_a_value", get("X-A: \xe9\r\n"), 400},
      {"folded_field", get("X-A: 1\r\n 2\r\n"), 400},
      {"folded_first_field", "GET /healthz HTTP/1.1\r\n Host: localhost\r\n\r\n", 400},
      {"space_before_the_colon", get("X-A : 1\r\n"), 400},
      {"field_without_colon", get("X-A\r\n"), 400},
      {"field_without_name", get(": 1\r\n"), 400},
      {"field_name_with_space", get("X A: 1\r\n"), 400},
      {"no_host", "GET /healthz HTTP/1.1\r\n\r\n", 400},
      {"two_hosts", get("Host: localhost\r\n"), 400},
      {"empty_host", "GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"host_with_slash", "GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"host_with_user", "GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
      {"absolute_form", "GET http://localhost/healthz HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"authority_form", "CONNECT localhost:80 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"asterisk_form", "OPTIONS * HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"two_spaces", "GET  /healthz HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"space_in_front", " GET /healthz HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"tab_between", "GET\t/healthz\tHTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"space_at_the_end", "GET /healthz HTTP/1.1 \r\n" + kHost + "\r\n", 400},
      {"no_version", "GET /healthz\r\n" + kHost + "\r\n", 400},
      {"lower_case_version", "GET /healthz http/1.1\r\n" + kHost + "\r\n", 400},
      {"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"http_1_2", "GET /healthz HTTP/1.2\r\n" + kHost + "\r\n", 400},
      {"method_with_bad_character", "GE(T /healthz HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"fragment", "GET /healthz#a HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"raw_utf_8_in_the_target", "GET /\xc3\xa9 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"percent_nul", "GET /healthz%00 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"percent_without_digits", "GET /healthz%zz HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"percent_at_the_end", "GET /healthz%4 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"percent_overlong_utf_8", "GET /%c0%af HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"percent_nul_in_the_query", "GET /healthz?a=%00 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"two_empty_lines_before_the_request", "\r\n\r\n" + get(""), 400},
      {"tls_hello", std::string("\x16\x03\x01\x02\x00\x01\x00", 7), 400},
      {"unknown_expectation", post("Expect: 200-ok\r\nContent-Length: 2\r\n", "{}"), 400},
  };
}

class ServerFraming : public testing::TestWithParam<FramingCase> {
 protected:
  std::atomic<int> calls_{0};
  LiveServer server_{{.handlers = {{"login", [this](const http::Request&) {
                                      ++calls_;
                                      return http::Response::json(200, "{}");
                                    }}}}};
};

class AcceptedFraming : public ServerFraming {};
class RefusedFraming : public ServerFraming {};

std::string name_of(const testing::TestParamInfo<FramingCase>& info) {
  return info.param.name;
}

TEST_P(AcceptedFraming, is_answered) {
  EXPECT_EQ(server_.request(GetParam().bytes).status, GetParam().status);
}

TEST_P(RefusedFraming, is_refused_and_closes_and_reaches_no_handler) {
  RawClient client(server_.port());
  // A second request, hidden behind the first, must never be answered.
  client.send(GetParam().bytes + get(""));
  const RawResponse response = client.receive();
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_EQ(calls_, 0);
  if (response.header("connection") == "close") {
    client.finish_sending();
    EXPECT_EQ(client.receive().status, 0);
  } else {
    // Only the address was unreadable: the framing is sound, and so is the next request's.
    EXPECT_NE(response.body.find("The address cannot be read."), std::string::npos)
        << response.body;
  }
}

INSTANTIATE_TEST_SUITE_P(Table, AcceptedFraming, testing::ValuesIn(accepted()), name_of);
INSTANTIATE_TEST_SUITE_P(Table, RefusedFraming, testing::ValuesIn(refused()), name_of);

}  // namespace
}  // namespace tms::hosts
