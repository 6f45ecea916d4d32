#include "backend/email/mime.h"

#include <gtest/gtest.h>

namespace tms::email {
namespace {

const Sender kSender{"Tasks", "tasks@example.org"};

Message message_for(const std::string& recipient) {
  Message message = compose_test_message(recipient, "https://tasks.example.org");
  message.message_id = "test-a";
  message.date = core::from_micros(1'773'307'800'000'000);
  return message;
}

TEST(Mime, every_line_ends_with_cr_lf) {
  const std::string mail = render_mime(message_for("ada@example.org"), kSender);
  for (std::size_t index = 0; index < mail.size(); ++index) {
    if (mail[index] == '\n') {
      ASSERT_EQ(mail[index - 1], '\r');
    }
  }
}

TEST(Mime, headers_name_sender_recipient_date_and_id) {
  const std::string mail = render_mime(message_for("ada@example.org"), kSender);
  EXPECT_NE(mail.find("From: Tasks <tasks@example.org>\r\n"), std::string::npos);
  EXPECT_NE(mail.find("To: ada@example.org\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Date: Thu, 12 Mar 2026 09:30:00 +0000\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Message-ID: <test-a@example.org>\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
}

TEST(Mime, line_breaks_and_nul_in_headers_are_refused) {
  for (const std::string& recipient :
       {std::string("a@b.c\r\nBcc: x@y.z"), std::string("a@b.c\nX: y"), std::string("a@b.c\rX"),
        std::string("a@b.c\0x", 7)}) {
    EXPECT_THROW(render_mime(message_for(recipient), kSender), std::invalid_argument);
  }
  Message message = message_for("ada@example.org");
  message.subject = "Hi\r\nX: y";
  EXPECT_THROW(render_mime(message, kSender), std::invalid_argument);
}

TEST(Mime, header_text_beyond_ascii_becomes_encoded_words) {
  EXPECT_EQ(encode_header_text("Aufgaben"), "Aufgaben");
  EXPECT_EQ(encode_header_text("Gr\xc3\xbc\xc3\x9f"
                               "e"),
            "=?UTF-8?B?R3LDvMOfZQ==?=");
}

TEST(Mime, long_encoded_words_are_cut_between_code_points) {
  std::string text;
  for (int index = 0; index < 40; ++index)
    text += "\xe2\x82\xac";
  const std::string encoded = encode_header_text(text);
  EXPECT_NE(encoded.find("\r\n =?UTF-8?B?"), std::string::npos);
  EXPECT_EQ(encoded.find("=?UTF-8?B?4oKs"), 0U);
  for (std::size_t begin = 0; begin < encoded.size();) {
    const auto end = std::min(encoded.find("\r\n", begin), encoded.size());
    EXPECT_LE(end - begin, 76U);
    begin = end + 2;
  }
}

TEST(Sender, reads_name_and_address) {
  const auto sender = Sender::parse("My Tasks <tasks@example.org>");
  ASSERT_TRUE(sender);
  EXPECT_EQ(sender->name, "My Tasks");
  EXPECT_EQ(sender->address, "tasks@example.org");
  EXPECT_EQ(sender->domain(), "example.org");
  EXPECT_EQ(Sender::parse("tasks@example.org")->name, "");
}

TEST(Sender, refuses_what_is_no_address) {
  for (const char* text : {"", "tasks", "@example.org", "tasks@", "Tasks <tasks@example.org",
                           "a@b.c>, <x@y.z", "A\r\nB <a@b.c>", "a b@c.d"}) {
    EXPECT_FALSE(Sender::parse(text)) << text;
  }
}

TEST(Sender, name_with_specials_is_quoted) {
  const std::string mail =
      render_mime(message_for("ada@example.org"), Sender{"Tasks, \"Inc.\"", "t@example.org"});
  EXPECT_NE(mail.find("From: \"Tasks, \\\"Inc.\\\"\" <t@example.org>\r\n"), std::string::npos);
}

}  // namespace
}  // namespace tms::email
