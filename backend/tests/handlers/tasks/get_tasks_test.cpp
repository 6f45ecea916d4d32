#include "backend/handlers/tasks/get_tasks.h"

#include <gtest/gtest.h>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

using Texts = std::vector<std::string>;

class GetTasks : public DatabaseTest {
 protected:
  [[nodiscard]] Texts found(std::vector<http::NameValue> query) const {
    return texts_of(json_of(world.list(ann, std::move(query))), "tasks", "description");
  }

  /// One task a second, so that the order of creation is clear.
  void add(std::string_view description,
           std::string_view due_date = {},
           std::string_view status = "pending") {
    world.clock().advance(std::chrono::seconds(1));
    std::string body = R"({"description":")" + std::string(description) + R"(","status":")" +
                       std::string(status) + '"';
    if (!due_date.empty()) body += R"(,"due_date":")" + std::string(due_date) + '"';
    ASSERT_EQ(world.create(ann, body + "}").status, 201);
  }

  TaskWorld world{database()};
  Person ann = world.add_person("ann");
};
INSTANTIATE_TEST_SUITE_P(Engines, GetTasks, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(GetTasks, of_nobody_with_tasks_is_an_empty_page_with_a_mark) {
  const auto response = world.list(ann);
  EXPECT_EQ(response.status, 200);
  const auto page = json_of(response);
  EXPECT_EQ(page.as_object()->size(), 3U);
  EXPECT_TRUE(at(page, "tasks").as_array()->empty());
  EXPECT_EQ(text_at(page, "next_cursor"), std::nullopt);
  EXPECT_FALSE(text_at(page, "since")->empty());
}

TEST_P(GetTasks, of_a_user_without_any_list_is_an_empty_page) {
  world.set_role(ann.inbox, ann, "");
  const auto page = json_of(world.list(ann));
  EXPECT_TRUE(at(page, "tasks").as_array()->empty());
  EXPECT_EQ(world.list(ann, {{"since", *text_at(page, "since")}}).status, 200);
}

TEST_P(GetTasks, shows_each_task_as_get_task_does) {
  const std::string id = world.add_task(ann, "x");
  const auto response = world.list(ann);
  const std::string one = world.get(ann, id).body;
  const std::string task = one.substr(8, one.size() - 9);
  EXPECT_NE(response.body.find("[" + task + "]"), std::string::npos) << response.body;
}

TEST_P(GetTasks, newest_come_first_by_default) {
  add("a"), add("b"), add("c");
  EXPECT_EQ(found({}), (Texts{"c", "b", "a"}));
}

TEST_P(GetTasks, sorts_by_creation_change_and_due_date_both_ways) {
  add("a", "2026-03-03"), add("b"), add("c", "2026-03-01"), add("d", "2026-03-02");
  const auto first =
      texts_of(json_of(world.list(ann, {{"sort", "created"}})), "tasks", "task_id").front();
  world.clock().advance(std::chrono::seconds(1));
  world.update(ann, first, R"({"status":"completed"})");

  EXPECT_EQ(found({{"sort", "created"}}), (Texts{"a", "b", "c", "d"}));
  EXPECT_EQ(found({{"sort", "-created"}}), (Texts{"d", "c", "b", "a"}));
  EXPECT_EQ(found({{"sort", "updated"}}), (Texts{"b", "c", "d", "a"}));
  EXPECT_EQ(found({{"sort", "-updated"}}), (Texts{"a", "d", "c", "b"}));
  EXPECT_EQ(found({{"sort", "due"}}), (Texts{"c", "d", "a", "b"}));
  EXPECT_EQ(found({{"sort", "-due"}}), (Texts{"a", "d", "c", "b"}));
}

TEST_P(GetTasks, filters_by_status) {
  add("a"), add("b", {}, "in_progress"), add("c", {}, "completed");
  EXPECT_EQ(found({{"status", "pending"}}), Texts{"a"});
  EXPECT_EQ(found({{"status", "in_progress"}}), Texts{"b"});
  EXPECT_EQ(found({{"status", "completed"}}), Texts{"c"});
}

TEST_P(GetTasks, filters_by_due_date_with_both_ends_included) {
  add("none"), add("early", "2026-03-01"), add("middle", "2026-03-02"), add("late", "2026-03-03");
  EXPECT_EQ(found({{"sort", "due"}, {"due_from", "2026-03-02"}}), (Texts{"middle", "late"}));
  EXPECT_EQ(found({{"sort", "due"}, {"due_to", "2026-03-02"}}), (Texts{"early", "middle"}));
  EXPECT_EQ(found({{"due_from", "2026-03-02"}, {"due_to", "2026-03-02"}}), Texts{"middle"});
  EXPECT_EQ(found({{"due_from", "2026-03-03"}, {"due_to", "2026-03-01"}}), Texts{});
}

TEST_P(GetTasks, searches_a_part_of_the_description_folded) {
  add("Stra\u00dfe fegen"), add("Caf\u00e9 besuchen"), add("100% sicher"), add("a_b");
  EXPECT_EQ(found({{"q", "STRASSE"}}), Texts{"Stra\u00dfe fegen"});
  EXPECT_EQ(found({{"q", "cafe\u0301"}}), Texts{"Caf\u00e9 besuchen"});
  EXPECT_EQ(found({{"q", "E F"}}), Texts{"Stra\u00dfe fegen"});
  EXPECT_EQ(found({{"q", "nowhere"}}), Texts{});
}

TEST_P(GetTasks, search_takes_wildcards_and_quotes_as_they_are) {
  add("100% sure"), add("a_b"), add("it's"), add("back\\\\slash");
  EXPECT_EQ(found({{"q", "%"}}), Texts{"100% sure"});
  EXPECT_EQ(found({{"q", "_"}}), Texts{"a_b"});
  EXPECT_EQ(found({{"q", "'"}}), Texts{"it's"});
  EXPECT_EQ(found({{"q", "\\"}}), Texts{"back\\slash"});
}

TEST_P(GetTasks, filters_work_together) {
  add("milk", "2026-03-01"), add("milk late", "2026-03-09"), add("bread", "2026-03-01"),
      add("milk done", "2026-03-01", "completed");
  EXPECT_EQ(found({{"q", "milk"}, {"status", "pending"}, {"due_to", "2026-03-02"}}), Texts{"milk"});
}

TEST_P(GetTasks, shows_tasks_of_all_lists_of_the_user) {
  const auto shared = world.add_list();
  world.set_role(shared, ann, "viewer");
  const Person bob = world.add_person("bob");
  world.set_role(shared, bob, "owner");
  add("mine");
  world.clock().advance(std::chrono::seconds(1));
  world.create(bob, R"({"description":"theirs","list_id":")" + shared.to_string() + "\"}");
  EXPECT_EQ(found({}), (Texts{"theirs", "mine"}));
}

TEST_P(GetTasks, leads_through_the_pages_by_cursor) {
  add("a"), add("b"), add("c");
  const auto first = json_of(world.list(ann, {{"sort", "created"}, {"limit", "2"}}));
  EXPECT_EQ(texts_of(first, "tasks", "description"), (Texts{"a", "b"}));
  const auto second = json_of(world.list(
      ann, {{"sort", "created"}, {"limit", "2"}, {"cursor", *text_at(first, "next_cursor")}}));
  EXPECT_EQ(texts_of(second, "tasks", "description"), Texts{"c"});
  EXPECT_EQ(text_at(second, "next_cursor"), std::nullopt);
}

TEST_P(GetTasks, a_page_that_is_just_full_has_no_next_one) {
  add("a"), add("b");
  EXPECT_EQ(text_at(json_of(world.list(ann, {{"limit", "2"}})), "next_cursor"), std::nullopt);
}

TEST_P(GetTasks, a_cursor_may_go_on_with_another_limit) {
  add("a"), add("b"), add("c");
  const auto first = json_of(world.list(ann, {{"sort", "created"}, {"limit", "1"}}));
  const auto rest = json_of(world.list(
      ann, {{"sort", "created"}, {"limit", "9"}, {"cursor", *text_at(first, "next_cursor")}}));
  EXPECT_EQ(texts_of(rest, "tasks", "description"), (Texts{"b", "c"}));
}

TEST_P(GetTasks, a_cursor_of_another_sort_or_other_filters_is_400) {
  add("a", "2026-03-01"), add("ab", "2026-03-02");
  const std::string cursor = *text_at(
      json_of(world.list(ann, {{"limit", "1"}, {"q", "a"}, {"status", "pending"}})), "next_cursor");
  EXPECT_EQ(world.list(ann, {{"cursor", cursor}, {"q", "A"}, {"status", "pending"}}).status, 200);
  for (const std::vector<http::NameValue>& query : std::vector<std::vector<http::NameValue>>{
           {{"cursor", cursor}},
           {{"cursor", cursor}, {"q", "a"}},
           {{"cursor", cursor}, {"q", "b"}, {"status", "pending"}},
           {{"cursor", cursor}, {"q", "a"}, {"status", "completed"}},
           {{"cursor", cursor}, {"q", "a"}, {"status", "pending"}, {"due_from", "2026-01-01"}},
           {{"cursor", cursor}, {"q", "a"}, {"status", "pending"}, {"due_to", "2026-01-01"}},
           {{"cursor", cursor}, {"q", "a"}, {"status", "pending"}, {"sort", "created"}},
           {{"cursor", cursor}, {"q", "a"}, {"status", "pending"}, {"sort", "-due"}}}) {
    const auto response = world.list(ann, query);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(problem_code(response), "invalid_cursor");
  }
}

TEST_P(GetTasks, a_cursor_that_is_none_is_400) {
  for (const char* cursor : {"", "x", "AA", "AQAB", "!!!!", "' or 1=1 --", "AQ==", "\u00e9"}) {
    const auto response = world.list(ann, {{"cursor", cursor}});
    EXPECT_EQ(response.status, 400) << cursor;
    EXPECT_EQ(problem_code(response), "invalid_cursor") << cursor;
  }
}

TEST_P(GetTasks, names_every_wrong_part_of_the_query_at_once) {
  const auto response = world.list(ann, {{"status", "done"},
                                         {"q", ""},
                                         {"due_from", "2026-02-30"},
                                         {"due_to", "tomorrow"},
                                         {"sort", "name"},
                                         {"limit", "0"},
                                         {"page", "2"},
                                         {"v", "ignored"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(wrong_fields(response),
            (Texts{"due_from:invalid", "due_to:invalid", "limit:out_of_range", "page:unknown",
                   "q:too_short", "sort:invalid", "status:invalid"}));
}

TEST_P(GetTasks, a_name_that_comes_twice_is_wrong) {
  EXPECT_EQ(wrong_fields(world.list(ann, {{"limit", "1"}, {"limit", "2"}})),
            Texts{"limit:invalid"});
  EXPECT_EQ(world.list(ann, {{"v", "1"}, {"v", "2"}}).status, 200);
}

TEST_P(GetTasks, a_query_that_is_no_utf8_is_400) {
  EXPECT_EQ(problem_code(world.list(ann, {{"q", "\xff"}})), "malformed_request");
  EXPECT_EQ(problem_code(world.list(ann, {{"\xff", "x"}})), "malformed_request");
}

TEST_P(GetTasks, without_a_live_session_is_401) {
  const std::string since = *text_at(json_of(world.list(ann)), "since");
  world.end_session(ann);
  EXPECT_EQ(world.list(ann).status, 401);
  EXPECT_EQ(world.list(ann, {{"since", since}}).status, 401);
}

}  // namespace
}  // namespace tms::tests
