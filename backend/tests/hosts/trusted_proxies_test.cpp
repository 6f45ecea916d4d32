#include "backend/hosts/app/trusted_proxies.h"

#include <gtest/gtest.h>

namespace tms::hosts {
namespace {

IpAddress ip(std::string_view text) {
  return IpAddress::parse(text).value();
}

std::string client(std::string_view trusted,
                   std::string_view peer,
                   std::vector<http::NameValue> headers) {
  http::Request request;
  request.headers = std::move(headers);
  return TrustedProxies::parse(trusted).value().client(ip(peer), request).to_string();
}

TEST(IpAddress, reads_both_families_and_nothing_else) {
  for (const char* text : {"127.0.0.1", "255.255.255.255", "::1", "2001:db8::1"}) {
    ASSERT_TRUE(IpAddress::parse(text).has_value()) << text;
    EXPECT_EQ(ip(text).to_string(), text);
  }
  for (const char* text :
       {"", "localhost", "127.0.0.1:80", "[::1]", "1.2.3", "1.2.3.256", "::1%lo", " 127.0.0.1"}) {
    EXPECT_FALSE(IpAddress::parse(text).has_value()) << text;
  }
  EXPECT_FALSE(IpAddress::parse(std::string_view("127.0.0.1\0x", 11)).has_value());
}

TEST(IpAddress, mapped_ipv4_is_ipv4) {
  EXPECT_EQ(ip("::ffff:192.0.2.1"), ip("192.0.2.1"));
}

TEST(IpAddress, loopback_is_127_slash_8_and_one) {
  EXPECT_TRUE(ip("127.1.2.3").is_loopback());
  EXPECT_TRUE(ip("::1").is_loopback());
  EXPECT_FALSE(ip("128.0.0.1").is_loopback());
  EXPECT_FALSE(ip("::").is_loopback());
  EXPECT_FALSE(ip("1::1").is_loopback());
}

TEST(IpAddress, source_of_ipv6_is_its_slash_64) {
  EXPECT_EQ(ip("2001:db8:1:2:3:4:5:6").source(), ip("2001:db8:1:2::"));
  EXPECT_EQ(ip("192.0.2.1").source(), ip("192.0.2.1"));
}

TEST(Cidr, contains_what_shares_its_prefix) {
  EXPECT_TRUE(Cidr::parse("10.0.0.0/9")->contains(ip("10.127.255.255")));
  EXPECT_FALSE(Cidr::parse("10.0.0.0/9")->contains(ip("10.128.0.0")));
  EXPECT_TRUE(Cidr::parse("0.0.0.0/0")->contains(ip("1.2.3.4")));
  EXPECT_FALSE(Cidr::parse("0.0.0.0/0")->contains(ip("::1")));
  EXPECT_TRUE(Cidr::parse("192.0.2.1")->contains(ip("192.0.2.1")));
  EXPECT_FALSE(Cidr::parse("192.0.2.1")->contains(ip("192.0.2.2")));
  EXPECT_TRUE(Cidr::parse("fd00::/8")->contains(ip("fdff::1")));
}

TEST(Cidr, refuses_bad_blocks) {
  for (const char* text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "::/129", "a/8"}) {
    EXPECT_FALSE(Cidr::parse(text).has_value()) << text;
  }
}

TEST(TrustedProxies, without_any_the_peer_is_the_client_whatever_headers_say) {
  EXPECT_EQ(
      client(
          "", "192.0.2.1",
          {{"x-forwarded-for", "1.1.1.1"}, {"forwarded", "for=1.1.1.1"}, {"x-real-ip", "1.1.1.1"}}),
      "192.0.2.1");
}

TEST(TrustedProxies, untrusted_peer_is_the_client) {
  EXPECT_EQ(client("10.0.0.0/8", "192.0.2.1", {{"x-forwarded-for", "1.1.1.1"}}), "192.0.2.1");
}

TEST(TrustedProxies, first_untrusted_hop_from_the_right_is_the_client) {
  EXPECT_EQ(client("10.0.0.0/8", "10.0.0.1", {{"x-forwarded-for", "6.6.6.6, 192.0.2.1, 10.0.0.2"}}),
            "192.0.2.1");
}

TEST(TrustedProxies, several_header_lines_are_one_list) {
  EXPECT_EQ(client("10.0.0.0/8", "10.0.0.1",
                   {{"x-forwarded-for", "6.6.6.6"}, {"x-forwarded-for", "192.0.2.1"}}),
            "192.0.2.1");
}

TEST(TrustedProxies, unreadable_hop_ends_the_search) {
  EXPECT_EQ(client("10.0.0.0/8", "10.0.0.1", {{"x-forwarded-for", "192.0.2.1, unknown, 10.0.0.2"}}),
            "10.0.0.2");
  EXPECT_EQ(client("10.0.0.0/8", "10.0.0.1", {{"x-forwarded-for", ""}}), "10.0.0.1");
}

TEST(TrustedProxies, hop_may_carry_a_port) {
  EXPECT_EQ(client("::1", "::1", {{"x-forwarded-for", "192.0.2.1:4711"}}), "192.0.2.1");
  EXPECT_EQ(client("::1", "::1", {{"x-forwarded-for", "[2001:db8::1]:4711"}}), "2001:db8::1");
}

TEST(TrustedProxies, protocol_is_believed_from_a_trusted_peer_alone) {
  http::Request request;
  request.headers = {{"x-forwarded-proto", "http"}};
  const auto proxies = TrustedProxies::parse("10.0.0.0/8").value();
  EXPECT_TRUE(proxies.says_plain_http(ip("10.0.0.1"), request));
  EXPECT_FALSE(proxies.says_plain_http(ip("192.0.2.1"), request));
  request.headers = {{"x-forwarded-proto", "https"}};
  EXPECT_FALSE(proxies.says_plain_http(ip("10.0.0.1"), request));
}

TEST(TrustedProxies, list_with_a_mistake_is_refused) {
  EXPECT_FALSE(TrustedProxies::parse("10.0.0.0/8, nonsense").has_value());
}

}  // namespace
}  // namespace tms::hosts
