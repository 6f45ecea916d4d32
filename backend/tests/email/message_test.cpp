#include "backend/email/message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace tms::email {
namespace {

MailJob job_of(MailKind kind) {
  MailJob job;
  job.kind = kind;
  job.recipient = "ada@example.org";
  job.username = "ada";
  return job;
}

const MessageContext kContext{"01234567", 10, "https://tasks.example.org"};

TEST(Message, code_mails_hold_the_code_alone_on_its_line_and_say_how_long_it_works) {
  for (const MailKind kind : {MailKind::signup_code, MailKind::reset_code}) {
    const Message message = compose_message(job_of(kind), kContext);
    EXPECT_NE(message.text.find("\n    01234567\n"), std::string::npos);
    EXPECT_NE(message.text.find("10 minutes"), std::string::npos);
    EXPECT_NE(message.html.find(">01234567<"), std::string::npos);
  }
}

TEST(Message, every_mail_tells_its_purpose_and_what_to_do_if_it_was_not_you) {
  for (const MailKind kind : {MailKind::signup_code, MailKind::reset_code,
                              MailKind::already_registered, MailKind::password_changed}) {
    const Message message = compose_message(job_of(kind), kContext);
    EXPECT_FALSE(message.subject.empty());
    EXPECT_NE(message.text.find("not you"), std::string::npos) << message.text;
    EXPECT_NE(message.text.find("Hello ada,"), std::string::npos);
  }
}

TEST(Message, code_is_the_only_run_of_eight_digits) {
  const Message message = compose_message(job_of(MailKind::signup_code), kContext);
  const std::regex digits("[0-9]{8,}");
  const std::string text = message.text;
  EXPECT_EQ(
      std::distance(std::sregex_iterator(text.begin(), text.end(), digits), std::sregex_iterator()),
      1);
}

TEST(Message, no_link_carries_a_code) {
  const Message message = compose_message(job_of(MailKind::reset_code), kContext);
  EXPECT_EQ(message.text.find("http"), std::string::npos);
}

TEST(Message, names_are_escaped_in_html) {
  MailJob job = job_of(MailKind::signup_code);
  job.username = "<b>\"&'";
  const Message message = compose_message(job, kContext);
  EXPECT_NE(message.html.find("&lt;b&gt;&quot;&amp;&#39;"), std::string::npos);
  EXPECT_EQ(message.html.find("<b>"), std::string::npos);
}

TEST(Message, lines_of_the_text_are_short) {
  for (const MailKind kind : {MailKind::signup_code, MailKind::reset_code,
                              MailKind::already_registered, MailKind::password_changed}) {
    const std::string text = compose_message(job_of(kind), kContext).text;
    std::size_t begin = 0;
    while (begin < text.size()) {
      const auto end = std::min(text.find('\n', begin), text.size());
      EXPECT_LE(end - begin, 78U) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(Message, kind_nothing_cannot_be_written) {
  EXPECT_THROW(compose_message(job_of(MailKind::nothing), kContext), std::logic_error);
}

}  // namespace
}  // namespace tms::email
