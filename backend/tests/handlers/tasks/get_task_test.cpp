#include "backend/handlers/tasks/get_task.h"

#include <gtest/gtest.h>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

class GetTask : public DatabaseTest {
 protected:
  TaskWorld world{database()};
  Person ann = world.add_person("ann");
};
INSTANTIATE_TEST_SUITE_P(Engines, GetTask, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(GetTask, answers_the_task_with_its_version) {
  const std::string id = world.add_task(ann, "Buy milk");
  const auto response = world.get(ann, id);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "ETag"), "\"1\"");
  EXPECT_EQ(text_at(at(json_of(response), "task"), "task_id"), id);
}

TEST_P(GetTask, finds_the_id_in_either_case) {
  std::string id = world.add_task(ann, "x");
  std::transform(id.begin(), id.end(), id.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  EXPECT_EQ(world.get(ann, id).status, 200);
}

TEST_P(GetTask, in_the_trash_or_with_an_id_that_is_none_is_the_same_404) {
  const std::string id = world.add_task(ann, "x");
  world.remove(ann, id);
  const auto missing = world.get(ann, world.new_id().to_string());
  EXPECT_EQ(missing.status, 404);
  for (const std::string& other :
       {id, std::string("x"), std::string(), std::string(36, '-'), std::string(1000, 'a'),
        std::string("00000000-0000-0000-0000-000000000000")}) {
    const auto response = world.get(ann, other);
    EXPECT_EQ(response.status, 404) << other;
    EXPECT_EQ(response.body, missing.body) << other;
    EXPECT_EQ(response.headers, missing.headers) << other;
  }
}

TEST_P(GetTask, takes_no_query_but_v) {
  const std::string id = world.add_task(ann, "x");
  auto request = world.request(ann);
  request.path_parameters.emplace_back("task_id", id);
  request.query = {{"v", "7"}};
  EXPECT_EQ(world.get_handler().handle(request).status, 200);
  request.query = {{"fields", "all"}};
  EXPECT_EQ(wrong_fields(world.get_handler().handle(request)),
            std::vector<std::string>{"fields:unknown"});
}

TEST_P(GetTask, without_a_live_session_is_401_for_every_id) {
  const std::string id = world.add_task(ann, "x");
  world.end_session(ann);
  for (const std::string& asked : {id, std::string("x")})
    EXPECT_EQ(world.get(ann, asked).status, 401) << asked;
}

TEST_P(GetTask, of_a_session_that_was_idle_too_long_is_401) {
  const std::string id = world.add_task(ann, "x");
  world.clock().advance(std::chrono::hours(24 * 14) - std::chrono::seconds(1));
  EXPECT_EQ(world.get(ann, id).status, 200);
  const Person late = world.sign_in_again(ann);
  world.clock().advance(std::chrono::hours(24 * 14));
  EXPECT_EQ(world.get(late, id).status, 401);
}

}  // namespace
}  // namespace tms::tests
