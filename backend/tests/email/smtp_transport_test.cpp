#include "backend/email/smtp_transport.h"

#include <gtest/gtest.h>

#include "backend/tests/support/smtp_server.h"

namespace tms::email {
namespace {

using tests::SmtpServer;
using Outcome = SendResult::Outcome;

const Sender kSender{"Tasks", "tasks@example.org"};

Message message_for(const std::string& recipient) {
  Message message = compose_test_message(recipient, "https://tasks.example.org");
  message.message_id = "test-a";
  return message;
}

SmtpTransport transport_for(const SmtpServer& server,
                            const std::string& scheme,
                            const std::string& options,
                            const std::string& login = "") {
  const auto url = parse_mail_url(scheme + "://" + login +
                                  "127.0.0.1:" + std::to_string(server.port()) + options);
  return {*url, kSender};
}

TEST(SmtpTransport, plain_mail_arrives_as_one_message_to_one_recipient) {
  SmtpServer server;
  EXPECT_EQ(
      transport_for(server, "smtp", "?starttls=off").send(message_for("ada@example.org")).outcome,
      Outcome::sent);

  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].find("X-From: tasks@example.org\r\n"), std::string::npos);
  EXPECT_NE(mails[0].find("X-To: ada@example.org\r\n"), std::string::npos);
  EXPECT_NE(mails[0].find("this is a test"), std::string::npos);
}

TEST(SmtpTransport, lines_that_begin_with_a_dot_arrive_unchanged) {
  SmtpServer server;
  Message message = message_for("ada@example.org");
  message.text = "before\n.\n..two\nafter\n";
  EXPECT_EQ(transport_for(server, "smtp", "?starttls=off").send(message).outcome, Outcome::sent);
  ASSERT_EQ(server.mails().size(), 1U);
  EXPECT_NE(server.mails()[0].find("before\r\n.\r\n..two\r\nafter\r\n"), std::string::npos);
}

TEST(SmtpTransport, starttls_with_login_and_a_trusted_certificate_works) {
  SmtpServer server(SmtpServer::Tls::starttls, "ada:secret");
  auto transport = transport_for(server, "smtp", "?ca=" + server.ca_file(), "ada:secret@");
  const SendResult result = transport.send(message_for("ada@example.org"));
  EXPECT_EQ(result.outcome, Outcome::sent) << result.detail;
  ASSERT_EQ(server.mails().size(), 1U);
  EXPECT_NE(server.mails()[0].find("X-Tls: yes\r\nX-Login: yes"), std::string::npos);
}

TEST(SmtpTransport, implicit_tls_works) {
  SmtpServer server(SmtpServer::Tls::implicit);
  auto transport = transport_for(server, "smtps", "?ca=" + server.ca_file());
  EXPECT_EQ(transport.send(message_for("ada@example.org")).outcome, Outcome::sent);
}

TEST(SmtpTransport, unknown_certificates_are_refused) {
  SmtpServer starttls(SmtpServer::Tls::starttls);
  EXPECT_EQ(transport_for(starttls, "smtp", "").send(message_for("ada@example.org")).outcome,
            Outcome::temporary);
  SmtpServer implicit(SmtpServer::Tls::implicit);
  EXPECT_EQ(transport_for(implicit, "smtps", "").send(message_for("ada@example.org")).outcome,
            Outcome::temporary);
  EXPECT_TRUE(starttls.mails().empty() && implicit.mails().empty());
}

TEST(SmtpTransport, server_without_starttls_gets_no_mail) {
  SmtpServer server;
  EXPECT_EQ(transport_for(server, "smtp", "").send(message_for("ada@example.org")).outcome,
            Outcome::temporary);
  EXPECT_TRUE(server.mails().empty());
}

TEST(SmtpTransport, wrong_login_may_work_later) {
  SmtpServer server(SmtpServer::Tls::starttls, "ada:secret");
  auto transport = transport_for(server, "smtp", "?ca=" + server.ca_file(), "ada:wrong@");
  const SendResult result = transport.send(message_for("ada@example.org"));
  EXPECT_EQ(result.outcome, Outcome::temporary);
  EXPECT_EQ(result.detail.find("wrong"), std::string::npos) << result.detail;
}

TEST(SmtpTransport, refused_recipients_are_permanent_and_busy_servers_are_not) {
  SmtpServer server;
  auto transport = transport_for(server, "smtp", "?starttls=off");
  EXPECT_EQ(transport.send(message_for("refused@example.org")).outcome, Outcome::permanent);
  EXPECT_EQ(transport.send(message_for("later@example.org")).outcome, Outcome::temporary);
  EXPECT_EQ(transport.send(message_for("dropped@example.org")).outcome, Outcome::temporary);
}

TEST(SmtpTransport, server_that_is_not_there_is_temporary) {
  std::uint16_t port = 0;
  {
    const SmtpServer gone;
    port = gone.port();
  }
  SmtpTransport transport(
      *parse_mail_url("smtp://127.0.0.1:" + std::to_string(port) + "?starttls=off"), kSender);
  EXPECT_EQ(transport.send(message_for("ada@example.org")).outcome, Outcome::temporary);
}

}  // namespace
}  // namespace tms::email
