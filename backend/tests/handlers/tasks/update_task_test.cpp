#include "backend/handlers/tasks/update_task.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

class UpdateTask : public DatabaseTest {
 protected:
  [[nodiscard]] http::JsonValue stored() const { return at(json_of(world.get(ann, id)), "task"); }

  TaskWorld world{database()};
  Person ann = world.add_person("ann");
  std::string id = world.add_task(ann, "Buy milk");
};
INSTANTIATE_TEST_SUITE_P(Engines, UpdateTask, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(UpdateTask, changes_what_is_named_and_keeps_the_rest) {
  world.update(ann, id, R"({"due_date":"2026-04-01"})");
  world.clock().advance(std::chrono::seconds(1));
  const auto response = world.update(ann, id, R"({"description":" Buy bread "})");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "ETag"), "\"3\"");
  const auto task = at(json_of(response), "task");
  EXPECT_EQ(text_at(task, "description"), "Buy bread");
  EXPECT_EQ(text_at(task, "due_date"), "2026-04-01");
  EXPECT_EQ(text_at(task, "status"), "pending");
  EXPECT_EQ(text_at(task, "created_at"), "2026-03-12T09:30:00.000000Z");
  EXPECT_EQ(text_at(task, "updated_at"), "2026-03-12T09:30:01.000000Z");
  EXPECT_EQ(response.body, world.get(ann, id).body);
}

TEST_P(UpdateTask, null_clears_the_due_date) {
  world.update(ann, id, R"({"due_date":"2026-04-01"})");
  world.update(ann, id, R"({"due_date":null})");
  EXPECT_EQ(text_at(stored(), "due_date"), std::nullopt);
}

TEST_P(UpdateTask, a_new_description_is_found_and_the_old_one_is_not) {
  world.update(ann, id, R"({"description":"Call the DENTIST"})");
  EXPECT_EQ(at(json_of(world.list(ann, {{"q", "dentist"}})), "tasks").as_array()->size(), 1U);
  EXPECT_TRUE(at(json_of(world.list(ann, {{"q", "milk"}})), "tasks").as_array()->empty());
}

TEST_P(UpdateTask, a_change_of_other_fields_keeps_the_description_searchable) {
  world.update(ann, id, R"({"status":"completed"})");
  EXPECT_EQ(at(json_of(world.list(ann, {{"q", "MILK"}})), "tasks").as_array()->size(), 1U);
}

TEST_P(UpdateTask, entering_completed_sets_completed_at_and_leaving_clears_it) {
  world.clock().advance(std::chrono::seconds(1));
  world.update(ann, id, R"({"status":"completed"})");
  EXPECT_EQ(text_at(stored(), "completed_at"), "2026-03-12T09:30:01.000000Z");

  world.clock().advance(std::chrono::seconds(1));
  world.update(ann, id, R"({"status":"completed","description":"Still done"})");
  EXPECT_EQ(text_at(stored(), "completed_at"), "2026-03-12T09:30:01.000000Z");

  world.update(ann, id, R"({"status":"in_progress"})");
  EXPECT_EQ(text_at(stored(), "completed_at"), std::nullopt);
}

TEST_P(UpdateTask, any_status_may_follow_any) {
  constexpr std::array kStatuses{"pending", "in_progress", "completed"};
  for (const char* from : kStatuses) {
    for (const char* to : kStatuses) {
      world.update(ann, id, std::string(R"({"status":")") + from + "\"}");
      EXPECT_EQ(world.update(ann, id, std::string(R"({"status":")") + to + "\"}").status, 200)
          << from << to;
      EXPECT_EQ(text_at(stored(), "status"), to);
    }
  }
}

TEST_P(UpdateTask, that_changes_nothing_keeps_the_version_and_writes_nothing) {
  const std::string before = world.dump();
  world.clock().advance(std::chrono::seconds(1));
  for (const char* body :
       {"{}", R"({"description":"Buy milk"})", R"({"description":" Buy milk\n"})",
        R"({"status":"pending","due_date":null})"}) {
    const auto response = world.update(ann, id, body);
    EXPECT_EQ(response.status, 200) << body;
    EXPECT_EQ(header_of(response, "ETag"), "\"1\"") << body;
  }
  EXPECT_EQ(world.dump(), before);
}

TEST_P(UpdateTask, with_the_current_version_is_done) {
  EXPECT_EQ(world.update(ann, id, R"({"status":"completed"})", "\"1\"").status, 200);
  EXPECT_EQ(world.update(ann, id, R"({"status":"pending"})", "\"1\", \"2\"").status, 200);
  EXPECT_EQ(world.update(ann, id, R"({"status":"completed"})", "*").status, 200);
}

TEST_P(UpdateTask, with_a_stale_version_answers_412_with_the_current_task) {
  world.update(ann, id, R"({"description":"Theirs"})");
  const std::string before = world.dump();
  for (const char* condition : {"\"1\"", "W/\"2\"", "\"02\"", "\"x\""}) {
    const auto response = world.update(ann, id, R"({"description":"Mine"})", condition);
    EXPECT_EQ(response.status, 412) << condition;
    EXPECT_EQ(problem_code(response), "version_conflict");
    EXPECT_EQ(text_at(at(json_of(response), "task"), "description"), "Theirs");
    EXPECT_EQ(integer_at(at(json_of(response), "task"), "version"), 2);
  }
  EXPECT_EQ(world.dump(), before);
}

TEST_P(UpdateTask, with_a_stale_version_is_412_although_nothing_would_change) {
  world.update(ann, id, R"({"description":"Theirs"})");
  EXPECT_EQ(world.update(ann, id, R"({"description":"Theirs"})", "\"1\"").status, 412);
}

TEST_P(UpdateTask, with_a_condition_that_cannot_be_read_is_400_and_writes_nothing) {
  const std::string before = world.dump();
  for (const char* condition :
       {"1", "\"1", "1\"", "'1'", "\"1\" \"2\"", "w/\"1\"", "*, \"1\"", ",", "\"\x01\""}) {
    EXPECT_EQ(world.update(ann, id, R"({"status":"completed"})", condition).status, 400)
        << condition;
  }
  EXPECT_EQ(world.dump(), before);
}

TEST_P(UpdateTask, without_a_live_session_is_401_and_writes_nothing) {
  world.end_session(ann);
  const std::string before = world.dump();
  EXPECT_EQ(world.update(ann, id, R"({"status":"completed"})").status, 401);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(UpdateTask, a_hundred_parallel_edits_of_one_version_succeed_once) {
  constexpr int kThreads = 10;
  constexpr int kEach = 10;
  std::array<std::vector<int>, kThreads> statuses;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int edit = 0; edit < kEach; ++edit) {
        const std::string text = std::to_string(thread) + "." + std::to_string(edit);
        const auto response = world.update(ann, id, R"({"description":")" + text + "\"}", "\"1\"");
        statuses.at(static_cast<std::size_t>(thread)).push_back(response.status);
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();

  std::vector<int> all;
  for (const auto& part : statuses)
    all.insert(all.end(), part.begin(), part.end());
  EXPECT_EQ(std::count(all.begin(), all.end(), 200), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), 412), 99);
  EXPECT_EQ(integer_at(stored(), "version"), 2);
}

TEST_P(UpdateTask, parallel_changes_of_different_fields_are_all_kept) {
  for (int round = 0; round < 20; ++round) {
    const std::string task_id = world.add_task(ann, "x");
    std::vector<std::thread> threads;
    for (const char* body : {R"({"description":"changed"})", R"({"due_date":"2026-05-05"})",
                             R"({"status":"completed"})"}) {
      threads.emplace_back([&, body] { EXPECT_EQ(world.update(ann, task_id, body).status, 200); });
    }
    for (std::thread& thread : threads)
      thread.join();

    const auto task = at(json_of(world.get(ann, task_id)), "task");
    EXPECT_EQ(text_at(task, "description"), "changed");
    EXPECT_EQ(text_at(task, "due_date"), "2026-05-05");
    EXPECT_EQ(text_at(task, "status"), "completed");
    EXPECT_EQ(integer_at(task, "version"), 4);
  }
}

}  // namespace
}  // namespace tms::tests
