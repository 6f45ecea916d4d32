#include "backend/email/mail_url.h"

#include <gtest/gtest.h>

namespace tms::email {
namespace {

TEST(MailUrl, reads_host_port_and_login) {
  const auto url = parse_mail_url("smtp://ada%40x:p%3Aw@mail.example.org:2525?ca=/etc/ca.pem");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "mail.example.org");
  EXPECT_EQ(url->port, 2525);
  EXPECT_EQ(url->username, "ada@x");
  EXPECT_EQ(url->password, "p:w");
  EXPECT_EQ(url->ca_file, "/etc/ca.pem");
  EXPECT_TRUE(url->starttls);
}

TEST(MailUrl, ports_default_to_submission) {
  EXPECT_EQ(parse_mail_url("smtp://mail.example.org")->port, 587);
  EXPECT_EQ(parse_mail_url("smtps://mail.example.org/")->port, 465);
  EXPECT_EQ(parse_mail_url("smtp://[::1]:25")->host, "::1");
}

TEST(MailUrl, starttls_can_be_off_on_this_machine_only) {
  EXPECT_FALSE(parse_mail_url("smtp://127.0.0.1:25?starttls=off")->starttls);
  EXPECT_FALSE(parse_mail_url("smtp://mail.example.org?starttls=off"));
}

TEST(MailUrl, other_texts_are_refused_without_repeating_them) {
  for (const char* text : {"", "file", "http://x", "smtp://", "smtp://:25", "smtp://h:0",
                           "smtp://h:99999", "smtp://h:25x", "smtp://u:p%0d@h", "smtp://u:%zz@h",
                           "smtp://h?x=y", "smtp://h ost", "ses://", "smtp://secretword:@h:x"}) {
    const auto url = parse_mail_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().detail.value.find("secretword"), std::string::npos);
  }
}

TEST(MailUrl, file_and_ses_are_known) {
  EXPECT_EQ(parse_mail_url("file:")->scheme, MailUrl::Scheme::file);
  EXPECT_EQ(parse_mail_url("ses://eu-central-1")->host, "eu-central-1");
}

}  // namespace
}  // namespace tms::email
