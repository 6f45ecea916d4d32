// Every task route with another user's ids, for every role: what is not yours answers like what
// does not exist, byte for byte.

#include <gtest/gtest.h>

#include <functional>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

/// A call of one route for a task.
struct Route {
  const char* name;
  bool writes;
  std::function<http::Response(const TaskWorld&, const Person&, const std::string&)> call;
};

const std::vector<Route> kRoutes{
    {"get_task", false,
     [](const auto& world, const auto& who, const auto& id) { return world.get(who, id); }},
    {"update_task", true,
     [](const auto& world, const auto& who, const auto& id) {
       return world.update(who, id, R"({"description":"Taken over","status":"completed"})");
     }},
    {"update_task of nothing", true,
     [](const auto& world, const auto& who, const auto& id) {
       return world.update(who, id, "{}");
     }},
    {"update_task with a stale version", true,
     [](const auto& world, const auto& who, const auto& id) {
       return world.update(who, id, R"({"status":"completed"})", "\"99\"");
     }},
    {"delete_task", true,
     [](const auto& world, const auto& who, const auto& id) { return world.remove(who, id); }},
    {"restore_task", true,
     [](const auto& world, const auto& who, const auto& id) { return world.restore(who, id); }},
};

class TaskAccess : public DatabaseTest {
 protected:
  void SetUp() override {
    world.set_role(list, owner, "owner");
    world.set_role(list, editor, "editor");
    world.set_role(list, viewer, "viewer");
    live = add_task("Live secret");
    trashed = add_task("Trashed secret");
    world.remove(owner, trashed);
  }

  std::string add_task(const std::string& description) {
    const auto response = world.create(
        owner, R"({"description":")" + description + R"(","list_id":")" + list.to_string() + "\"}");
    return *text_at(at(json_of(response), "task"), "task_id");
  }

  TaskWorld world{database()};
  core::Uuid list = world.add_list();
  Person owner = world.add_person("owner");
  Person editor = world.add_person("editor");
  Person viewer = world.add_person("viewer");
  Person stranger = world.add_person("stranger");
  std::string live;
  std::string trashed;
};
INSTANTIATE_TEST_SUITE_P(Engines, TaskAccess, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(TaskAccess, of_a_stranger_is_the_same_404_as_for_an_id_that_does_not_exist) {
  const std::string before = world.dump();
  const std::string missing = world.new_id().to_string();
  for (const Route& route : kRoutes) {
    const auto expected = route.call(world, stranger, missing);
    ASSERT_EQ(expected.status, 404) << route.name;
    for (const std::string& id : {live, trashed}) {
      const auto response = route.call(world, stranger, id);
      EXPECT_EQ(response.status, 404) << route.name;
      EXPECT_EQ(response.headers, expected.headers) << route.name;
      EXPECT_EQ(response.body, expected.body) << route.name;
      EXPECT_EQ(response.body.find("secret"), std::string::npos) << route.name;
    }
  }
  EXPECT_EQ(world.dump(), before);
}

TEST_P(TaskAccess, of_a_former_member_is_that_of_a_stranger) {
  world.set_role(list, editor, "");
  const std::string before = world.dump();
  for (const Route& route : kRoutes) {
    EXPECT_EQ(route.call(world, editor, live).status, 404) << route.name;
  }
  EXPECT_EQ(world.dump(), before);
  EXPECT_TRUE(at(json_of(world.list(editor)), "tasks").as_array()->empty());
}

TEST_P(TaskAccess, having_made_a_task_gives_no_right) {
  const auto response =
      world.create(editor, R"({"description":"Mine","list_id":")" + list.to_string() + "\"}");
  const std::string made = *text_at(at(json_of(response), "task"), "task_id");
  world.set_role(list, editor, "");
  for (const Route& route : kRoutes) {
    EXPECT_EQ(route.call(world, editor, made).status, 404) << route.name;
  }
}

TEST_P(TaskAccess, a_viewer_reads_and_gets_403_for_every_write) {
  EXPECT_EQ(world.get(viewer, live).status, 200);
  EXPECT_EQ(world.get(viewer, trashed).status, 404);
  EXPECT_EQ(at(json_of(world.list(viewer)), "tasks").as_array()->size(), 1U);

  const std::string before = world.dump();
  for (const Route& route : kRoutes) {
    if (!route.writes) continue;
    for (const std::string& id : {live, trashed}) {
      const auto response = route.call(world, viewer, id);
      EXPECT_EQ(response.status, 403) << route.name;
      EXPECT_EQ(problem_code(response), "read_only") << route.name;
    }
  }
  EXPECT_EQ(world.dump(), before);
}

TEST_P(TaskAccess, owner_and_editor_read_and_write) {
  for (const Person& person : {owner, editor}) {
    const std::string id = add_task("Shared");
    EXPECT_EQ(world.get(person, id).status, 200);
    EXPECT_EQ(world.update(person, id, R"({"status":"completed"})").status, 200);
    EXPECT_EQ(world.remove(person, id).status, 204);
    EXPECT_EQ(world.restore(person, id).status, 200);
  }
}

TEST_P(TaskAccess, lists_show_the_tasks_of_the_callers_lists_only) {
  const std::string own = world.add_task(stranger, "Own");
  EXPECT_EQ(texts_of(json_of(world.list(stranger)), "tasks", "task_id"),
            std::vector<std::string>{own});
  EXPECT_TRUE(at(json_of(world.list(stranger, {{"q", "secret"}})), "tasks").as_array()->empty());
}

TEST_P(TaskAccess, a_mark_of_somebody_else_gives_only_own_tasks_and_tells_nothing_of_his_lists) {
  const auto foreign = json_of(world.list(owner));
  const auto changes = json_of(world.list(stranger, {{"since", *text_at(foreign, "since")}}));
  EXPECT_TRUE(at(changes, "tasks").as_array()->empty());
  EXPECT_TRUE(at(changes, "deleted").as_array()->empty());
  // Lists that are not his are named as removed, as ids that do not exist are.
  EXPECT_EQ(at(changes, "removed_lists").as_array()->size(), 2U);
}

TEST_P(TaskAccess, a_cursor_of_somebody_else_gives_only_own_tasks) {
  add_task("Another secret");
  const std::string own = world.add_task(stranger, "Own");
  const auto page = json_of(world.list(owner, {{"limit", "1"}, {"sort", "created"}}));
  const auto response = world.list(
      stranger, {{"limit", "1"}, {"sort", "created"}, {"cursor", *text_at(page, "next_cursor")}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST_P(TaskAccess, of_a_locked_user_is_401) {
  static constexpr db::Statement kLock{"test_lock_user",
                                       "update users set locked_at = 1 where user_id = $1"};
  execute(kLock, owner.user_id);
  for (const Route& route : kRoutes) {
    EXPECT_EQ(route.call(world, owner, live).status, 401) << route.name;
  }
  EXPECT_EQ(world.list(owner).status, 401);
  EXPECT_EQ(world.create(owner, R"({"description":"x"})").status, 401);
}

}  // namespace
}  // namespace tms::tests
