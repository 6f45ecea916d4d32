// Lists that are answered without a look into the database: only while nothing was committed, and only
// to the session that asked before.

#include "backend/handlers/tasks/list_answers.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

/// Counts the reads.
class WatchedDatabase final : public db::Database {
 public:
  explicit WatchedDatabase(db::Database& inner) : inner_(inner) {}

  [[nodiscard]] db::Engine engine() const override { return inner_.engine(); }
  void read(Work work, core::Deadline deadline) override {
    ++reads_;
    inner_.read(work, deadline);
  }
  void read_one(Work work, core::Deadline deadline) override {
    ++reads_;
    inner_.read_one(work, deadline);
  }
  [[nodiscard]] std::optional<std::uint64_t> data_version() const override {
    return inner_.data_version();
  }
  void write(Work work, core::Deadline deadline) override { inner_.write(work, deadline); }
  void write_later(std::function<void(db::Transaction&)> work) override {
    inner_.write_later(std::move(work));
  }

  int take_reads() { return std::exchange(reads_, 0); }

 private:
  db::Database& inner_;
  int reads_ = 0;
};

class KeptLists : public DatabaseTest {
 protected:
  KeptLists() { world.add_task(ann, "milk"); }

  /// Whether a list of Ann's took a look into the database.
  bool looks_again(const std::vector<http::NameValue>& query = {}) {
    database_.take_reads();
    EXPECT_EQ(world.list(ann, query).status, 200);
    return database_.take_reads() > 0;
  }

  /// Asks until the answer is kept: the second time.
  std::string asked_twice(const std::vector<http::NameValue>& query = {}) {
    world.list(ann, query);
    return world.list(ann, query).body;
  }

  bool keeps() const { return database_.engine() == db::Engine::sqlite; }

  WatchedDatabase database_{database()};
  TaskWorld world{database_};
  Person ann = world.add_person("ann");
  Person bob = world.add_person("bob");
};
INSTANTIATE_TEST_SUITE_P(Engines, KeptLists, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(KeptLists, are_the_same_bytes_without_a_look_into_sqlite) {
  const std::string first = asked_twice();
  EXPECT_EQ(looks_again(), !keeps());
  EXPECT_EQ(world.list(ann).body, first);
}

TEST_P(KeptLists, are_not_kept_when_asked_for_once) {
  world.list(ann);
  EXPECT_TRUE(looks_again());
}

TEST_P(KeptLists, of_changes_are_kept_too) {
  const auto since = text_at(json_of(world.list(ann)), "since").value();
  const std::string first = asked_twice({{"since", since}});
  EXPECT_EQ(looks_again({{"since", since}}), !keeps());
  EXPECT_EQ(world.list(ann, {{"since", since}}).body, first);
}

TEST_P(KeptLists, end_with_every_write_of_anybody) {
  asked_twice();
  world.add_task(bob, "of no concern to Ann");
  EXPECT_TRUE(looks_again());
}

TEST_P(KeptLists, show_a_write_as_soon_as_it_is_acknowledged) {
  for (int round = 0; round < 50; ++round) {
    asked_twice();
    const std::string description = "task " + std::to_string(round);
    world.add_task(ann, description);
    ASSERT_NE(world.list(ann).body.find('"' + description + '"'), std::string::npos);
  }
}

TEST_P(KeptLists, are_not_given_to_an_ended_session) {
  asked_twice();
  world.end_session(ann);
  EXPECT_EQ(world.list(ann).status, 401);
}

TEST_P(KeptLists, are_not_given_to_a_session_that_was_idle_for_too_long) {
  asked_twice();
  world.clock().advance(std::chrono::hours(24 * 14));
  EXPECT_EQ(world.list(ann).status, 401);
}

TEST_P(KeptLists, are_read_anew_when_the_use_of_the_session_is_to_be_noted) {
  asked_twice();
  world.clock().advance(std::chrono::hours(1));
  EXPECT_TRUE(looks_again());
}

TEST_P(KeptLists, are_not_given_to_another_person) {
  asked_twice();
  EXPECT_EQ(world.list(bob).body.find("milk"), std::string::npos);
}

TEST_P(KeptLists, end_when_a_role_is_taken_away) {
  const core::Uuid shared = world.add_list();
  world.set_role(shared, ann, "viewer");
  world.set_role(shared, bob, "owner");
  const std::string body = R"({"description":"shared","list_id":")" + shared.to_string() + R"("})";
  ASSERT_EQ(world.create(bob, body).status, 201);
  ASSERT_NE(asked_twice().find("shared"), std::string::npos);
  world.set_role(shared, ann, "");
  EXPECT_EQ(world.list(ann).body.find("shared"), std::string::npos);
}

TEST_P(KeptLists, refuse_a_wrong_query_each_time) {
  for (int call = 0; call < 3; ++call) {
    EXPECT_EQ(world.list(ann, {{"limit", "0"}}).status, 422);
  }
}

http::Request request_of(const std::string& session, std::vector<http::NameValue> query) {
  http::Request request;
  request.identity = http::Identity{session, 1};
  request.query = std::move(query);
  return request;
}

TEST(ListAnswers, know_calls_apart_that_only_run_together_alike) {
  const auto name = [](const std::string& session, std::vector<http::NameValue> query,
                       std::uint64_t data_version = 4) {
    return handlers::ListAnswers::name_of(request_of(session, std::move(query)), data_version);
  };
  EXPECT_NE(name("s", {{"a", "bc"}}), name("s", {{"ab", "c"}}));
  EXPECT_NE(name("s", {{"a", "b"}, {"c", "d"}}), name("s", {{"a", "b1:c1:d"}}));
  EXPECT_NE(name("s", {{"q", ""}}), name("s", {}));
  EXPECT_NE(name("s1", {}), name("s2", {}));
  EXPECT_NE(name("s", {}, 4), name("s", {}, 6));
  EXPECT_NE(name("1:s", {}, 4), name("s", {}, 41));
  EXPECT_EQ(name("s", {{"a", "b"}}), name("s", {{"a", "b"}}));
}

handlers::ListAnswer answer_of(std::string body) {
  handlers::ListAnswer answer;
  answer.last_seen = core::from_micros(7);
  answer.body = std::move(body);
  return answer;
}

/// Bytes that cannot be packed.
std::string random_body(unsigned seed) {
  std::mt19937 random(seed);
  std::string body(17'000, '\0');
  for (char& byte : body)
    byte = static_cast<char>(random());
  return body;
}

void keep(handlers::ListAnswers& answers,
          const std::string& name,
          std::uint64_t data_version,
          const handlers::ListAnswer& answer) {
  answers.keep(name, data_version, answer);
  answers.keep(name, data_version, answer);
}

TEST(ListAnswers, are_found_with_their_moment_under_their_name_only) {
  handlers::ListAnswers answers;
  keep(answers, "call", 4, answer_of("body"));
  const auto found = answers.find("call");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->body, "body");
  EXPECT_EQ(found->last_seen, core::from_micros(7));
  EXPECT_FALSE(answers.find("other"));
}

TEST(ListAnswers, are_kept_the_second_time) {
  handlers::ListAnswers answers;
  answers.keep("call", 4, answer_of("body"));
  EXPECT_FALSE(answers.find("call"));
  answers.keep("call", 4, answer_of("body"));
  EXPECT_TRUE(answers.find("call"));
}

TEST(ListAnswers, of_nobody_are_not_kept) {
  handlers::ListAnswers answers;
  keep(answers, "call", 4, {});
  EXPECT_FALSE(answers.find("call"));
}

TEST(ListAnswers, take_no_more_than_their_room) {
  handlers::ListAnswers answers(100'000);
  for (unsigned call = 0; call < 100; ++call)
    keep(answers, std::to_string(call), 4, answer_of(random_body(call)));
  EXPECT_LE(answers.bytes(), 100'000U);
  EXPECT_GE(answers.bytes(), 50'000U);
}

TEST(ListAnswers, stay_when_more_calls_come_in_turn_than_fit) {
  handlers::ListAnswers answers(100'000);
  int found = 0;
  for (int turn = 0; turn < 10; ++turn) {
    for (unsigned call = 0; call < 20; ++call) {
      const std::string name = std::to_string(call);
      if (answers.find(name)) {
        ++found;
      } else {
        answers.keep(name, 4, answer_of(random_body(call)));
      }
    }
  }
  // Five fit. Each could be found eight times, from the third turn on; some gave up their place.
  EXPECT_GE(found, 5 * 8 / 2);
}

TEST(ListAnswers, give_up_their_place_in_the_end) {
  handlers::ListAnswers answers(40'000);
  keep(answers, "old", 4, answer_of(random_body(1)));
  for (unsigned call = 0; call < 100; ++call)
    keep(answers, std::to_string(call), 4, answer_of(random_body(call)));
  EXPECT_FALSE(answers.find("old"));
}

TEST(ListAnswers, of_an_older_version_make_room_at_once) {
  handlers::ListAnswers answers(100'000);
  for (unsigned call = 0; call < 20; ++call)
    keep(answers, "old " + std::to_string(call), 4, answer_of(random_body(call)));
  for (unsigned call = 0; call < 5; ++call) {
    const std::string name = "new " + std::to_string(call);
    keep(answers, name, 6, answer_of(random_body(call)));
    EXPECT_TRUE(answers.find(name)) << name;
  }
}

}  // namespace
}  // namespace tms::tests
