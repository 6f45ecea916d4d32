#include "backend/auth/password_hasher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"
#include "backend/db/database.h"
#include "backend/tests/support/fixed_random.h"

namespace tms::tests {
namespace {

using auth::PasswordHasher;

constexpr core::Deadline kNoDeadline = core::Deadline::max();

auth::Key key(const std::string& id, std::uint8_t fill) {
  auth::Key made{id, {}};
  made.bytes.fill(fill);
  return made;
}

class PasswordHasherTest : public testing::Test {
 protected:
  [[nodiscard]] bool matches(std::string_view password, const std::string& stored) const {
    return hasher.verify(password, stored, kNoDeadline).matches;
  }

  FixedRandom random;
  PasswordHasher hasher{{key("k1", 1)}, {.cost = 4, .at_once = 1}, random};
};

TEST_F(PasswordHasherTest, accepts_the_password_and_nothing_near_it) {
  const auto stored = hasher.hash("correct horse", kNoDeadline);
  EXPECT_TRUE(matches("correct horse", stored));
  for (const std::string other :
       {"correct hors", "correct horsE", "correct horse ", " correct horse", "", "Correct horse"}) {
    EXPECT_FALSE(matches(other, stored)) << other;
  }
}

TEST_F(PasswordHasherTest, stores_the_key_id_beside_a_bcrypt_hash_of_the_cost) {
  const auto stored = hasher.hash("correct horse", kNoDeadline);
  EXPECT_EQ(stored.substr(0, 10), "k1:$2b$04$");
  EXPECT_EQ(stored.size(), 63U);
}

TEST_F(PasswordHasherTest, salts_each_hash) {
  EXPECT_NE(hasher.hash("correct horse", kNoDeadline), hasher.hash("correct horse", kNoDeadline));
}

TEST_F(PasswordHasherTest, counts_the_whole_password_beyond_bcrypts_72_bytes) {
  const std::string base(78, 'x');
  const auto stored = hasher.hash(base + "1", kNoDeadline);
  EXPECT_FALSE(matches(base + "2", stored));
  EXPECT_FALSE(matches(base, stored));
  EXPECT_TRUE(matches(base + "1", stored));
}

TEST_F(PasswordHasherTest, counts_what_follows_a_nul) {
  const auto stored = hasher.hash(std::string_view("correct\0horse", 13), kNoDeadline);
  EXPECT_FALSE(matches(std::string_view("correct\0mouse", 13), stored));
  EXPECT_FALSE(matches("correct", stored));
}

TEST_F(PasswordHasherTest, tells_passwords_apart_whose_digest_begins_with_a_nul) {
  // crypt() takes a C string: a raw digest would be empty to it, and one would match the other.
  std::vector<std::string> found;
  for (int i = 0; found.size() < 2; ++i) {
    const std::string password = "password " + std::to_string(i);
    const auto digest = core::hmac_sha256(key("k1", 1).bytes, core::as_bytes(password));
    if (digest.front() == 0) found.push_back(password);
  }
  EXPECT_FALSE(matches(found[1], hasher.hash(found[0], kNoDeadline)));
  EXPECT_TRUE(matches(found[0], hasher.hash(found[0], kNoDeadline)));
}

TEST_F(PasswordHasherTest, takes_composed_and_decomposed_letters_as_one) {
  EXPECT_TRUE(matches("cafe\u0301", hasher.hash("caf\u00e9", kNoDeadline)));
}

TEST_F(PasswordHasherTest, is_worth_nothing_without_the_pepper) {
  const auto stored = hasher.hash("correct horse", kNoDeadline);
  const PasswordHasher other({key("k1", 2)}, {.cost = 4, .at_once = 1}, random);
  EXPECT_FALSE(other.verify("correct horse", stored, kNoDeadline).matches);
}

TEST_F(PasswordHasherTest, refuses_a_hash_of_an_unknown_key) {
  const auto stored = hasher.hash("correct horse", kNoDeadline);
  EXPECT_FALSE(matches("correct horse", "k2" + stored.substr(2)));
}

TEST_F(PasswordHasherTest, refuses_what_is_no_hash) {
  for (const std::string stored :
       {"", ":", "k1:", "k1:$2b$04$short", "k1:*0", "$2b$04$", "k1:plain text"}) {
    EXPECT_FALSE(matches("correct horse", stored)) << stored;
  }
}

TEST_F(PasswordHasherTest, matches_nothing_where_there_is_no_account) {
  EXPECT_FALSE(hasher.verify("correct horse", std::nullopt, kNoDeadline).matches);
}

TEST_F(PasswordHasherTest, does_the_same_work_where_there_is_no_account) {
  const PasswordHasher dear({key("k1", 1)}, {.cost = 9, .at_once = 1}, random);
  const auto stored = dear.hash("correct horse", kNoDeadline);
  const auto cpu_of = [&](const std::optional<std::string>& hash) {
    // Processor time of this thread: what else the machine does counts for nothing.
    timespec begin{}, end{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    for (int i = 0; i < 3; ++i)
      (void)dear.verify("wrong", hash, kNoDeadline);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return static_cast<double>(end.tv_sec - begin.tv_sec) +
           static_cast<double>(end.tv_nsec - begin.tv_nsec) * 1e-9;
  };
  const double known = cpu_of(stored);
  EXPECT_GT(cpu_of(std::nullopt), known / 2);
  EXPECT_GT(cpu_of("other:" + stored.substr(3)), known / 2);
}

TEST_F(PasswordHasherTest, wants_a_new_hash_when_cost_or_key_is_old) {
  const auto stored = hasher.hash("correct horse", kNoDeadline);
  const auto needs_rehash = [&](auth::KeyRing keys, int cost) {
    const PasswordHasher later(std::move(keys), {.cost = cost, .at_once = 1}, random);
    const auto verdict = later.verify("correct horse", stored, kNoDeadline);
    EXPECT_TRUE(verdict.matches);
    return verdict.needs_rehash;
  };
  EXPECT_FALSE(needs_rehash({key("k1", 1)}, 4));
  EXPECT_TRUE(needs_rehash({key("k1", 1)}, 5));
  EXPECT_TRUE(needs_rehash({key("k2", 2), key("k1", 1)}, 4));
  EXPECT_FALSE(needs_rehash({key("k1", 1), key("k2", 2)}, 4));
  EXPECT_FALSE(hasher.verify("wrong", stored, kNoDeadline).needs_rehash);
}

TEST(HashGate, lets_no_more_through_at_once_than_it_was_told) {
  auth::HashGate gate(2);
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 50; ++turn) {
        const auth::HashGate::Pass pass(gate, kNoDeadline);
        const int now = ++inside;
        int seen = most;
        while (seen < now && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --inside;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_LE(most, 2);
}

TEST(HashGate, gives_up_at_the_deadline) {
  auth::HashGate gate(1);
  const auth::HashGate::Pass held(gate, kNoDeadline);
  try {
    const auth::HashGate::Pass second(gate, std::chrono::steady_clock::now());
    FAIL() << "a second one came in";
  } catch (const db::Unavailable& cause) {
    EXPECT_EQ(cause.reason(), db::Unavailable::Reason::overloaded);
  }
}

TEST(HashGate, is_open_again_afterwards) {
  auth::HashGate gate(1);
  { const auth::HashGate::Pass held(gate, kNoDeadline); }
  EXPECT_NO_THROW(auth::HashGate::Pass(gate, std::chrono::steady_clock::now()));
}

}  // namespace
}  // namespace tms::tests
