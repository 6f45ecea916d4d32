#include "backend/auth/client_source.h"

#include <gtest/gtest.h>

namespace tms::tests {
namespace {

using auth::client_source;

TEST(ClientSource, is_the_whole_address_of_ipv4) {
  EXPECT_NE(client_source("192.0.2.1"), client_source("192.0.2.2"));
}

TEST(ClientSource, is_the_first_64_bits_of_ipv6) {
  EXPECT_EQ(client_source("2001:db8:1:2::1"), client_source("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  EXPECT_NE(client_source("2001:db8:1:2::1"), client_source("2001:db8:1:3::1"));
}

TEST(ClientSource, is_one_for_both_forms_of_an_ipv4_address) {
  EXPECT_EQ(client_source("::ffff:192.0.2.1"), client_source("192.0.2.1"));
  EXPECT_EQ(client_source("::ffff:c000:201"), client_source("192.0.2.1"));
}

TEST(ClientSource, does_not_depend_on_how_ipv6_is_written) {
  EXPECT_EQ(client_source("2001:DB8::1"), client_source("2001:0db8:0:0:0:0:0:1"));
  EXPECT_EQ(client_source("fe80::1%eth0"), client_source("fe80::1"));
}

TEST(ClientSource, is_the_text_itself_where_there_is_no_address) {
  EXPECT_EQ(client_source("unix"), "unix");
  EXPECT_EQ(client_source(""), "");
}

}  // namespace
}  // namespace tms::tests
