#include "backend/validators/email_address.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;

TEST(EmailAddress, keeps_what_was_typed_and_folds_it_whole) {
  const auto address = std::get<EmailAddress>(check_email_address("Bob.Miller+Tasks@Example.ORG"));
  EXPECT_EQ(address.text, "Bob.Miller+Tasks@Example.ORG");
  EXPECT_EQ(address.folded, "bob.miller+tasks@example.org");
}

TEST(EmailAddress, real_addresses_pass) {
  for (const char* text :
       {"a@b.co", "!#$%&'*+-/?=^_`{|}~@example.org", "x@a-b.c-d.example", "1@2.museum",
        "o'neil@mail.example.co.uk", "a@xn--bcher-kva.example", "a@1.2.3.d4"}) {
    EXPECT_EQ(code_of(check_email_address(text)), "ok") << text;
  }
}

TEST(EmailAddress, what_is_no_plain_address_is_refused) {
  for (const char* text : {"",
                           "a",
                           "@",
                           "a@",
                           "@b.co",
                           "a@b",
                           "a@@b.co",
                           "=?utf-8?q?=0d=0a?=@b.co",
                           "a@b@c.co",
                           ".a@b.co",
                           "a.@b.co",
                           "a..b@c.co",
                           "a@.b.co",
                           "a@b..co",
                           "a@b.co.",
                           "a@-b.co",
                           "a@b-.co",
                           "a b@c.co",
                           "\"a b\"@c.co",
                           "a(x)@c.co",
                           "<a@b.co>",
                           "a@[1.2.3.4]",
                           "a@1.2.3.4",
                           "a@b_c.co",
                           "a,b@c.co",
                           "a;b@c.co",
                           "a:b@c.co",
                           "a\\@c.co",
                           "\xc3\xa9@c.co",
                           "a@\xc3\xa9.co",
                           " a@b.co",
                           "a@b.co ",
                           "a@b.co\n",
                           "a@b.co\r\nBcc: x@y.zz",
                           "a\t@b.co",
                           "a@b.co\x7f",
                           "mailto:a@b.co"}) {
    EXPECT_EQ(code_of(check_email_address(text)), "invalid") << testing::PrintToString(text);
  }
  EXPECT_EQ(code_of(check_email_address(std::string_view("a\0@b.co", 7))), "invalid");
}

TEST(EmailAddress, lengths_end_at_the_limits_of_smtp) {
  const std::string local(64, 'a');
  EXPECT_EQ(code_of(check_email_address(local + "@b.co")), "ok");
  EXPECT_EQ(code_of(check_email_address(local + "a@b.co")), "invalid");
  EXPECT_EQ(code_of(check_email_address("a@" + std::string(63, 'b') + ".co")), "ok");
  EXPECT_EQ(code_of(check_email_address("a@" + std::string(64, 'b') + ".co")), "invalid");

  // 1 + "@" + three labels of 63 with their dots and one of 60: exactly 254.
  const std::string host = tests::repeat(std::string(63, 'b') + ".", 3) + std::string(60, 'c');
  ASSERT_EQ(("a@" + host).size(), kMaxEmail);
  EXPECT_EQ(code_of(check_email_address("a@" + host)), "ok");
  EXPECT_EQ(code_of(check_email_address("a@" + host + "c")), "too_long");
}

}  // namespace
}  // namespace tms::validators
