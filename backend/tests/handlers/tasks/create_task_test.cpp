#include "backend/handlers/tasks/create_task.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>

#include "backend/http/json_writer.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

class CreateTask : public DatabaseTest {
 protected:
  TaskWorld world{database()};
  Person ann = world.add_person("ann");
};
INSTANTIATE_TEST_SUITE_P(Engines, CreateTask, testing::ValuesIn(engines_under_test()), engine_name);

std::string body_with_id(const core::Uuid& id, std::string_view description = "Buy milk") {
  return R"({"task_id":")" + id.to_string() + R"(","description":")" + std::string(description) +
         "\"}";
}

TEST_P(CreateTask, answers_201_with_the_whole_task) {
  const auto response = world.create(
      ann, R"({"description":"  Buy milk ","due_date":"2026-03-14","status":"in_progress"})");

  EXPECT_EQ(response.status, 201);
  const auto task = at(json_of(response), "task");
  EXPECT_EQ(task.as_object()->size(), 10U);
  EXPECT_EQ(text_at(task, "list_id"), ann.inbox.to_string());
  EXPECT_EQ(integer_at(task, "user_id"), ann.user_id);
  EXPECT_EQ(text_at(task, "description"), "Buy milk");
  EXPECT_EQ(text_at(task, "due_date"), "2026-03-14");
  EXPECT_EQ(text_at(task, "status"), "in_progress");
  EXPECT_EQ(text_at(task, "created_at"), "2026-03-12T09:30:00.000000Z");
  EXPECT_EQ(text_at(task, "updated_at"), "2026-03-12T09:30:00.000000Z");
  EXPECT_EQ(text_at(task, "completed_at"), std::nullopt);
  EXPECT_EQ(integer_at(task, "version"), 1);
}

TEST_P(CreateTask, names_the_place_and_version_of_the_new_task) {
  const auto id = world.new_id();
  const auto response = world.create(ann, body_with_id(id));
  EXPECT_EQ(header_of(response, "Location"), "/api/tasks/" + id.to_string());
  EXPECT_EQ(header_of(response, "ETag"), "\"1\"");
}

TEST_P(CreateTask, of_a_description_alone_is_pending_without_a_date_and_gets_an_id) {
  const auto task = at(json_of(world.create(ann, R"({"description":"x"})")), "task");
  EXPECT_EQ(text_at(task, "status"), "pending");
  EXPECT_EQ(text_at(task, "due_date"), std::nullopt);
  EXPECT_TRUE(core::Uuid::parse(*text_at(task, "task_id"))->is_version_7());
}

TEST_P(CreateTask, as_completed_sets_completed_at) {
  const auto task =
      at(json_of(world.create(ann, R"({"description":"x","status":"completed"})")), "task");
  EXPECT_EQ(text_at(task, "completed_at"), "2026-03-12T09:30:00.000000Z");
}

TEST_P(CreateTask, stores_what_get_task_returns) {
  const auto created = world.create(ann, R"({"description":"x","due_date":null})");
  const auto id = *text_at(at(json_of(created), "task"), "task_id");
  const auto got = world.get(ann, id);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, created.body);
}

TEST_P(CreateTask, repeated_with_the_same_id_answers_200_and_stores_nothing) {
  const auto id = world.new_id();
  const auto first = world.create(ann, body_with_id(id));
  const std::string before = world.dump();

  world.clock().advance(std::chrono::seconds(5));
  const auto again = world.create(ann, body_with_id(id, "Something else"));

  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(header_of(again, "ETag"), "\"1\"");
  EXPECT_EQ(header_of(again, "Location"), "");
  EXPECT_EQ(world.dump(), before);
}

TEST_P(CreateTask, repeated_after_an_edit_answers_with_what_is_stored_by_then) {
  const auto id = world.new_id();
  world.create(ann, body_with_id(id));
  const auto edited = world.update(ann, id.to_string(), R"({"description":"Edited"})");

  const auto again = world.create(ann, body_with_id(id));

  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, edited.body);
  EXPECT_EQ(header_of(again, "ETag"), "\"2\"");
}

TEST_P(CreateTask, repeated_after_a_delete_answers_200_and_leaves_it_in_the_trash) {
  const auto id = world.new_id();
  world.create(ann, body_with_id(id));
  world.remove(ann, id.to_string());
  const std::string before = world.dump();

  EXPECT_EQ(world.create(ann, body_with_id(id)).status, 200);
  EXPECT_EQ(world.dump(), before);
  EXPECT_EQ(world.get(ann, id.to_string()).status, 404);
}

TEST_P(CreateTask, with_the_id_of_somebody_elses_task_answers_a_bare_409) {
  const Person bob = world.add_person("bob");
  const auto id = world.new_id();
  world.create(ann, body_with_id(id, "Secret"));
  const std::string before = world.dump();

  const auto response = world.create(bob, body_with_id(id));

  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(problem_code(response), "task_id_taken");
  EXPECT_EQ(response.body.find("Secret"), std::string::npos);
  EXPECT_EQ(json_of(response).find("task"), nullptr);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(CreateTask, an_id_in_capitals_is_the_same_id) {
  constexpr std::string_view kLower = "019ce17a-70c0-7abc-8def-0123456789ab";
  constexpr std::string_view kUpper = "019CE17A-70C0-7ABC-8DEF-0123456789AB";
  const auto body = [](std::string_view id) {
    return R"({"description":"x","task_id":")" + std::string(id) + "\"}";
  };
  EXPECT_EQ(world.create(ann, body(kUpper)).status, 201);
  EXPECT_EQ(world.create(ann, body(kLower)).status, 200);
}

TEST_P(CreateTask, goes_into_a_list_that_the_caller_may_write) {
  const auto list = world.add_list();
  for (const char* role : {"owner", "editor"}) {
    world.set_role(list, ann, role);
    const auto response =
        world.create(ann, R"({"description":"x","list_id":")" + list.to_string() + "\"}");
    ASSERT_EQ(response.status, 201) << role;
    EXPECT_EQ(text_at(at(json_of(response), "task"), "list_id"), list.to_string());
  }
}

TEST_P(CreateTask, by_a_viewer_is_403_and_writes_nothing) {
  const auto list = world.add_list();
  world.set_role(list, ann, "viewer");
  const std::string before = world.dump();

  const auto response =
      world.create(ann, R"({"description":"x","list_id":")" + list.to_string() + "\"}");

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(problem_code(response), "read_only");
  EXPECT_EQ(world.dump(), before);
}

TEST_P(CreateTask, into_a_list_of_others_is_the_404_of_a_list_that_does_not_exist) {
  const Person bob = world.add_person("bob");
  const std::string before = world.dump();
  const auto foreign =
      world.create(ann, R"({"description":"x","list_id":")" + bob.inbox.to_string() + "\"}");
  const auto missing =
      world.create(ann, R"({"description":"x","list_id":")" + world.new_id().to_string() + "\"}");
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.body, missing.body);
  EXPECT_EQ(world.dump(), before);
}

TEST_P(CreateTask, without_a_live_session_is_401_and_writes_nothing) {
  world.end_session(ann);
  const std::string before = world.dump();
  const auto response = world.create(ann, R"({"description":"x"})");
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(problem_code(response), "not_signed_in");
  EXPECT_EQ(world.dump(), before);
}

TEST_P(CreateTask, keeps_every_odd_text_as_it_was_typed) {
  for (const char* text : {"'; drop table tasks; --", "<script>alert(1)</script>", "%s%n%_\\",
                           "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac",
                           "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xe2\x80\xae"
                           "abc",
                           "Z\xcd\x91\xcc\xab\xcd\x83", "$1 :a ?2 @p", "\xef\xbc\xa1 \xe2\x84\xa2",
                           "null", "../../etc/passwd", "{{7*7}}", "\xe2\x80\x8b zero width"}) {
    http::JsonWriter body;
    body.begin_object();
    body.member("description", text);
    body.end_object();
    const auto created = world.create(ann, body.text());
    ASSERT_EQ(created.status, 201) << text;
    const auto task = at(json_of(created), "task");
    EXPECT_EQ(text_at(task, "description"), text);
    EXPECT_EQ(
        text_at(at(json_of(world.get(ann, *text_at(task, "task_id"))), "task"), "description"),
        text);
  }
}

TEST_P(CreateTask, sent_by_several_threads_at_once_stores_one_row) {
  const auto id = world.new_id();
  constexpr int kThreads = 3;
  std::array<int, kThreads> statuses{};
  std::vector<std::thread> threads;
  for (int index = 0; index < kThreads; ++index) {
    threads.emplace_back([&, index] {
      statuses.at(static_cast<std::size_t>(index)) = world.create(ann, body_with_id(id)).status;
    });
  }
  for (std::thread& thread : threads)
    thread.join();

  std::sort(statuses.begin(), statuses.end());
  EXPECT_EQ(statuses, (std::array<int, kThreads>{200, 200, 201}));
  EXPECT_EQ(at(json_of(world.list(ann)), "tasks").as_array()->size(), 1U);
}

TEST_P(CreateTask, of_one_id_by_two_users_at_once_gives_it_to_one) {
  const Person bob = world.add_person("bob");
  for (int round = 0; round < 20; ++round) {
    const auto id = world.new_id();
    int first = 0;
    int second = 0;
    std::thread other([&] { first = world.create(ann, body_with_id(id)).status; });
    second = world.create(bob, body_with_id(id)).status;
    other.join();
    EXPECT_EQ(std::minmax(first, second), std::minmax(201, 409));
  }
}

}  // namespace
}  // namespace tms::tests
