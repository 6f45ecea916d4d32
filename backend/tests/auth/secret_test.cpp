#include "backend/auth/secret.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {
namespace {

using auth::KeyPurpose;
using auth::Secret;

constexpr const char* kKeyA = "k3yA9zQ1mX7cV5bN2wE8rT4yU6iO0pLs";
constexpr const char* kKeyB = "Zp0Oi6Uy4Tr8Ew2Nb5Vc7Xm1Qz9Ay3Kd";

std::string line(const std::string& id, const std::string& key) {
  return id + ':' + key + '\n';
}

std::string refusal_of(const std::string& text) {
  const auto secret = Secret::parse(text);
  return secret ? "accepted" : secret.error().log.value;
}

TEST(Secret, gives_one_key_for_each_purpose) {
  const auto secret = Secret::parse(line("a", kKeyA)).value();
  const auto pepper = secret.keys(KeyPurpose::password_pepper);
  const auto codes = secret.keys(KeyPurpose::one_time_codes);
  const auto tokens = secret.keys(KeyPurpose::session_tokens);
  ASSERT_EQ(pepper.size(), 1U);
  EXPECT_EQ(pepper[0].id, "a");
  EXPECT_NE(pepper[0].bytes, codes[0].bytes);
  EXPECT_NE(codes[0].bytes, tokens[0].bytes);
  EXPECT_NE(pepper[0].bytes, tokens[0].bytes);
}

TEST(Secret, keeps_the_order_of_its_lines_newest_first) {
  const auto secret = Secret::parse("# comment\n\n" + line("b", kKeyB) + line("a", kKeyA)).value();
  const auto keys = secret.keys(KeyPurpose::session_tokens);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].id, "b");
  EXPECT_EQ(keys[1].id, "a");
}

TEST(Secret, reads_lines_that_end_as_on_windows_alike) {
  const auto unix_lines = Secret::parse(line("a", kKeyA)).value();
  const auto windows = Secret::parse(std::string("a:") + kKeyA + "\r\n").value();
  EXPECT_EQ(unix_lines.fingerprints()[0].value, windows.fingerprints()[0].value);
}

TEST(Secret, has_a_fingerprint_that_is_no_key_of_any_purpose) {
  const auto secret = Secret::parse(line("a", kKeyA)).value();
  const auto other = Secret::parse(line("a", kKeyB)).value();
  EXPECT_EQ(secret.fingerprints()[0].id, "a");
  EXPECT_EQ(secret.fingerprints()[0].value.size(), 32U);
  EXPECT_NE(secret.fingerprints()[0].value, other.fingerprints()[0].value);
}

TEST(Secret, refuses_what_is_short_not_random_a_sample_or_malformed) {
  const std::string key = kKeyA;
  EXPECT_EQ(refusal_of(line("a", key)), "accepted");
  EXPECT_NE(refusal_of(line("a", key.substr(1))).find("shorter than 32"), std::string::npos);
  EXPECT_NE(refusal_of(line("a", std::string(64, 'x'))).find("not random"), std::string::npos);
  for (const std::string sample :
       {"PLEASE-CHANGE-ME-AND-INSERT-A-VERY-VERY-LONG-SECRET", "changemechangemechangeme12345678",
        "0123456789abcdef0123456789abcdef", "mysupersecretkeymysupersecretkey1234",
        "your-256-bit-key-goes-right-here-ok"}) {
    EXPECT_NE(refusal_of(line("a", sample)).find("sample"), std::string::npos) << sample;
  }
  EXPECT_NE(refusal_of(key).find("id:key"), std::string::npos);
  EXPECT_NE(refusal_of(line("", key)).find("id before"), std::string::npos);
  EXPECT_NE(refusal_of(line("a b", key)).find("id before"), std::string::npos);
  EXPECT_NE(refusal_of(line(std::string(33, 'a'), key)).find("id before"), std::string::npos);
  EXPECT_NE(refusal_of(line("a", key) + line("a", kKeyB)).find("twice"), std::string::npos);
  EXPECT_NE(refusal_of("# only a comment\n").find("no line"), std::string::npos);
}

TEST(Secret, names_the_line_and_never_quotes_it) {
  const std::string text = refusal_of(line("a", kKeyA) + "b:visible-key-text\n");
  EXPECT_NE(text.find("line 2"), std::string::npos);
  EXPECT_EQ(text.find("visible"), std::string::npos);
}

TEST(Secret, that_it_makes_itself_is_accepted) {
  FixedRandom random;
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(refusal_of(Secret::make_text(random)), "accepted");
}

TEST(LoadSecret, makes_a_missing_file_for_its_owner_alone_and_finds_it_again) {
  const TemporaryFolder folder;
  FixedRandom random;
  const auth::SecretSource source{
      .text = {}, .file = folder.path() / "secret", .make_missing_file = true};
  const auto made = auth::load_secret(source, random).value();
  struct stat status {};
  ASSERT_EQ(::stat(source.file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  const auto found = auth::load_secret(source, random).value();
  EXPECT_EQ(made.fingerprints()[0].value, found.fingerprints()[0].value);
  // Nothing else is left there.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(LoadSecret, refuses_a_missing_file_where_it_must_be_given) {
  const TemporaryFolder folder;
  FixedRandom random;
  const auth::SecretSource source{
      .text = {}, .file = folder.path() / "secret", .make_missing_file = false};
  const auto result = auth::load_secret(source, random);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().log.value.find("missing"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(source.file));
}

TEST(LoadSecret, refuses_an_empty_file_and_leaves_it) {
  const TemporaryFolder folder;
  FixedRandom random;
  const auth::SecretSource source{
      .text = {}, .file = folder.path() / "secret", .make_missing_file = true};
  std::ofstream(source.file).close();
  EXPECT_FALSE(auth::load_secret(source, random));
  EXPECT_EQ(std::filesystem::file_size(source.file), 0U);
}

TEST(LoadSecret, says_so_when_the_folder_is_missing) {
  FixedRandom random;
  const auto result = auth::load_secret(
      {.text = {}, .file = "/nonexistent/secret", .make_missing_file = true}, random);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().log.value.find("cannot make"), std::string::npos);
}

TEST(LoadSecret, prefers_the_text_to_the_file) {
  FixedRandom random;
  const auto secret = auth::load_secret(
      {.text = line("a", kKeyA), .file = "/nonexistent/secret", .make_missing_file = true}, random);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->keys(KeyPurpose::session_tokens)[0].id, "a");
}

}  // namespace
}  // namespace tms::tests
