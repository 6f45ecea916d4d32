#include "backend/email/file_transport.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "backend/tests/support/temporary_folder.h"

namespace tms::email {
namespace {

const Sender kSender{"", "tasks@example.org"};

Message message_named(const std::string& id) {
  Message message = compose_test_message("ada@example.org", "http://localhost:8080");
  message.message_id = id;
  return message;
}

TEST(FileTransport, names_are_in_the_order_of_sending) {
  const tests::TemporaryFolder folder;
  FileTransport transport(folder.path() / "mail", kSender);
  for (const char* id : {"z", "a", "m"}) {
    ASSERT_EQ(transport.send(message_named(id)).outcome, SendResult::Outcome::sent);
  }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "mail")) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"000001-z.eml", "000002-a.eml", "000003-m.eml"}));
}

TEST(FileTransport, only_the_owner_can_read_folder_and_mails) {
  const tests::TemporaryFolder folder;
  FileTransport transport(folder.path() / "mail", kSender);
  const SendResult result = transport.send(message_named("a"));
  EXPECT_EQ(std::filesystem::status(folder.path() / "mail").permissions(),
            std::filesystem::perms::owner_all);
  EXPECT_EQ(std::filesystem::status(result.detail).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(FileTransport, folder_that_went_away_is_a_temporary_failure) {
  const tests::TemporaryFolder folder;
  FileTransport transport(folder.path() / "mail", kSender);
  std::filesystem::remove_all(folder.path() / "mail");
  EXPECT_EQ(transport.send(message_named("a")).outcome, SendResult::Outcome::temporary);
}

}  // namespace
}  // namespace tms::email
