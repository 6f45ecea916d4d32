#include <gtest/gtest.h>

#include "backend/handlers/tasks/since_mark.h"
#include "backend/handlers/tasks/task_changes.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

using Texts = std::vector<std::string>;

class GetTaskChanges : public DatabaseTest {
 protected:
  [[nodiscard]] std::string mark() const { return *text_at(json_of(world.list(ann)), "since"); }

  [[nodiscard]] http::JsonValue changes(const std::string& since) const {
    const auto response = world.list(ann, {{"since", since}});
    EXPECT_EQ(response.status, 200) << response.body;
    return json_of(response);
  }

  TaskWorld world{database()};
  Person ann = world.add_person("ann");
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         GetTaskChanges,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(GetTaskChanges, since_now_are_none_and_the_mark_stays) {
  world.add_task(ann, "x");
  const std::string since = mark();
  const auto answer = changes(since);
  EXPECT_EQ(answer.as_object()->size(), 6U);
  EXPECT_TRUE(at(answer, "tasks").as_array()->empty());
  EXPECT_TRUE(at(answer, "deleted").as_array()->empty());
  EXPECT_TRUE(at(answer, "removed_lists").as_array()->empty());
  EXPECT_EQ(text_at(answer, "since"), since);
  EXPECT_FALSE(bool_at(answer, "more"));
  EXPECT_FALSE(bool_at(answer, "reset"));
}

TEST_P(GetTaskChanges, name_new_changed_and_deleted_tasks_once) {
  const std::string kept = world.add_task(ann, "kept");
  const std::string changed = world.add_task(ann, "changed");
  const std::string deleted = world.add_task(ann, "deleted");
  const std::string since = mark();

  world.update(ann, changed, R"({"status":"in_progress"})");
  world.update(ann, changed, R"({"status":"completed"})");
  world.remove(ann, deleted);
  const std::string added = world.add_task(ann, "added");

  const auto answer = changes(since);
  EXPECT_EQ(texts_of(answer, "tasks", "task_id"), (Texts{changed, added}));
  EXPECT_EQ(texts_of(answer, "tasks", "status").front(), "completed");
  EXPECT_EQ(texts_of(answer, "deleted"), Texts{deleted});
  EXPECT_TRUE(at(changes(*text_at(answer, "since")), "tasks").as_array()->empty());
}

TEST_P(GetTaskChanges, a_restored_task_is_a_changed_one) {
  const std::string id = world.add_task(ann, "x");
  world.remove(ann, id);
  const std::string since = mark();
  world.restore(ann, id);
  EXPECT_EQ(texts_of(changes(since), "tasks", "task_id"), Texts{id});
}

TEST_P(GetTaskChanges, come_in_parts_of_at_most_500) {
  const std::string since = mark();
  for (int index = 0; index < handlers::kMaxChanges + 1; ++index)
    world.add_task(ann, "x");

  const auto first = changes(since);
  EXPECT_EQ(at(first, "tasks").as_array()->size(), 500U);
  EXPECT_TRUE(bool_at(first, "more"));
  const auto second = changes(*text_at(first, "since"));
  EXPECT_EQ(at(second, "tasks").as_array()->size(), 1U);
  EXPECT_FALSE(bool_at(second, "more"));
}

TEST_P(GetTaskChanges, a_list_that_was_left_is_named_as_removed_once) {
  const auto shared = world.add_list();
  world.set_role(shared, ann, "editor");
  const std::string since = mark();
  world.set_role(shared, ann, "");
  const auto answer = changes(since);
  EXPECT_EQ(texts_of(answer, "removed_lists"), Texts{shared.to_string()});
  EXPECT_TRUE(at(changes(*text_at(answer, "since")), "removed_lists").as_array()->empty());
}

TEST_P(GetTaskChanges, a_list_that_was_joined_comes_whole) {
  const auto shared = world.add_list();
  const Person bob = world.add_person("bob");
  world.set_role(shared, bob, "owner");
  world.create(bob, R"({"description":"old","list_id":")" + shared.to_string() + "\"}");
  const std::string since = mark();
  world.set_role(shared, ann, "viewer");
  const auto answer = changes(since);
  EXPECT_EQ(texts_of(answer, "tasks", "description"), Texts{"old"});
  EXPECT_FALSE(bool_at(answer, "reset"));
}

TEST_P(GetTaskChanges, a_mark_from_before_a_purge_asks_for_a_new_start) {
  static constexpr db::Statement kPurge{"test_purge",
                                        "update lists set purged_seq = 2 where list_id = $1"};
  const std::string first = mark();
  world.add_task(ann, "x");
  world.add_task(ann, "y");
  const std::string second = mark();
  execute(kPurge, ann.inbox);

  const auto answer = changes(first);
  EXPECT_TRUE(bool_at(answer, "reset"));
  EXPECT_FALSE(bool_at(answer, "more"));
  EXPECT_TRUE(at(answer, "tasks").as_array()->empty());
  EXPECT_TRUE(bool_at(changes(*text_at(answer, "since")), "reset"))
      << "a client that overlooks it is told again";
  EXPECT_FALSE(bool_at(changes(second), "reset"));
}

TEST_P(GetTaskChanges, a_list_that_is_read_from_its_beginning_needs_no_new_start_for_old_purges) {
  static constexpr db::Statement kPurge{"test_purge",
                                        "update lists set purged_seq = 400 where list_id = $1"};
  const std::string since = mark();
  const auto shared = world.add_list();
  const Person bob = world.add_person("bob");
  world.set_role(shared, bob, "owner");
  world.add_many_tasks(shared, bob, handlers::kMaxChanges + 10);
  execute(kPurge, shared);
  world.set_role(shared, ann, "viewer");

  // A first part of one task, as a smaller limit would give it.
  auto partial = *handlers::SinceMark::decode(since);
  partial.lists[shared] = {1, 400};
  const auto answer = changes(partial.encode());
  EXPECT_FALSE(bool_at(answer, "reset"));
  EXPECT_TRUE(bool_at(answer, "more"));
  EXPECT_FALSE(bool_at(changes(*text_at(answer, "since")), "reset"));
}

TEST_P(GetTaskChanges, a_mark_ahead_of_the_list_asks_for_a_new_start) {
  world.add_task(ann, "x");
  auto ahead = *handlers::SinceMark::decode(mark());
  ahead.lists[ann.inbox].seq += 1;
  EXPECT_TRUE(bool_at(changes(ahead.encode()), "reset"));
}

TEST_P(GetTaskChanges, nothing_may_stand_beside_since_but_v) {
  const std::string since = mark();
  EXPECT_EQ(world.list(ann, {{"since", since}, {"v", "1"}}).status, 200);
  const auto response =
      world.list(ann, {{"since", since}, {"status", "pending"}, {"limit", "5"}, {"x", "y"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(wrong_fields(response), (Texts{"limit:invalid", "status:invalid", "x:unknown"}));
}

TEST_P(GetTaskChanges, a_mark_that_is_none_is_400) {
  const std::string good = mark();
  for (const std::string& since :
       {std::string(), std::string("x"), good + "A", good + "=", good.substr(1),
        good.substr(0, good.size() - 2), std::string("{}"), std::string(4000, 'A')}) {
    const auto response = world.list(ann, {{"since", since}});
    EXPECT_EQ(response.status, 400) << since;
    EXPECT_EQ(problem_code(response), "invalid_since") << since;
  }
}

}  // namespace
}  // namespace tms::tests
