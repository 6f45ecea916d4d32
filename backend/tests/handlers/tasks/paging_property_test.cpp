// Whatever the tasks, the order, the filters and the size of the page: the pages joined together
// are the whole list, sorted, nothing twice and nothing left out.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"
#include "backend/validators/sort.h"
#include "backend/validators/text.h"

namespace tms::tests {
namespace {

using validators::Sort;
using Query = std::vector<http::NameValue>;

/// A task as the test remembers it.
struct Known {
  std::string task_id;
  std::string description;
  std::optional<std::string> due_date;
  std::string status;
  std::string created_at;
  std::string updated_at;
};

Known to_known(const http::JsonValue& task) {
  return {*text_at(task, "task_id"), *text_at(task, "description"), text_at(task, "due_date"),
          *text_at(task, "status"),  *text_at(task, "created_at"),  *text_at(task, "updated_at")};
}

/// The order of the contract, written down a second time and in another way.
bool comes_before(const Known& left, const Known& right, Sort sort) {
  const bool is_due = sort == Sort::due || sort == Sort::due_descending;
  if (is_due && left.due_date.has_value() != right.due_date.has_value())
    return left.due_date.has_value();
  const auto key = [&](const Known& task) {
    if (is_due) return task.due_date.value_or("");
    const bool is_created = sort == Sort::created || sort == Sort::created_descending;
    return is_created ? task.created_at : task.updated_at;
  };
  if (key(left) == key(right)) return left.task_id < right.task_id;
  const bool is_descending = validators::to_string(sort).front() == '-';
  return is_descending ? key(left) > key(right) : key(left) < key(right);
}

bool fits(const Known& task, const Query& filters) {
  return std::all_of(filters.begin(), filters.end(), [&](const http::NameValue& filter) {
    const auto& [name, value] = filter;
    if (name == "status") return task.status == value;
    if (name == "q") {
      return validators::casefold(task.description).find(validators::casefold(value)) !=
             std::string::npos;
    }
    return task.due_date &&
           (name == "due_from" ? *task.due_date >= value : *task.due_date <= value);
  });
}

class Paging : public DatabaseTest {
 protected:
  /// Few different times, dates and texts, so that ties are frequent.
  void SetUp() override {
    const auto shared = world.add_list();
    world.set_role(shared, ann, "editor");
    const Person bob = world.add_person("bob");
    for (int index = 0; index < 60; ++index) {
      if (pick(3) == 0) world.clock().advance(std::chrono::microseconds(1));
      std::string body = R"({"description":")" + std::string(kTexts.at(pick(kTexts.size()))) + '"';
      if (pick(3) != 0) body += R"(,"due_date":"2026-03-0)" + std::to_string(1 + pick(4)) + '"';
      body += R"(,"status":")" + std::string(kStatuses.at(pick(3))) + '"';
      if (pick(2) == 0) body += R"(,"list_id":")" + shared.to_string() + '"';
      const auto created = world.create(ann, body + "}");
      const auto id = *text_at(at(json_of(created), "task"), "task_id");
      if (pick(3) == 0) world.update(ann, id, R"({"due_date":"2026-03-02"})");
      if (pick(6) == 0) {
        world.remove(ann, id);
      } else {
        known.push_back(to_known(at(json_of(world.get(ann, id)), "task")));
      }
      world.add_task(bob, "Not ann's milk");
    }
  }

  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(generator);
  }

  std::vector<std::string> expected(Sort sort, const Query& filters) const {
    std::vector<Known> fitting;
    std::copy_if(known.begin(), known.end(), std::back_inserter(fitting),
                 [&](const Known& task) { return fits(task, filters); });
    std::sort(fitting.begin(), fitting.end(), [&](const Known& left, const Known& right) {
      return comes_before(left, right, sort);
    });
    std::vector<std::string> ids;
    for (const Known& task : fitting)
      ids.push_back(task.task_id);
    return ids;
  }

  std::vector<std::string> joined_pages(Query query, std::size_t limit) const {
    query.emplace_back("limit", std::to_string(limit));
    std::vector<std::string> ids;
    std::optional<std::string> cursor;
    do {
      Query asked = query;
      if (cursor) asked.emplace_back("cursor", *cursor);
      const auto page = json_of(world.list(ann, asked));
      const auto part = texts_of(page, "tasks", "task_id");
      EXPECT_LE(part.size(), limit);
      ids.insert(ids.end(), part.begin(), part.end());
      cursor = text_at(page, "next_cursor");
      EXPECT_TRUE(!cursor || part.size() == limit);
    } while (cursor && ids.size() < 1000);
    return ids;
  }

  static constexpr std::array<std::string_view, 4> kTexts{"Milk", "milk and bread", "Stra\u00dfe",
                                                          "100%"};
  static constexpr std::array<std::string_view, 3> kStatuses{"pending", "in_progress", "completed"};

  std::mt19937 generator{20260312};
  TaskWorld world{database()};
  Person ann = world.add_person("ann");
  std::vector<Known> known;
};
INSTANTIATE_TEST_SUITE_P(Engines, Paging, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Paging, joined_pages_are_the_whole_list_in_order) {
  const std::vector<Query> filters{
      {},
      {{"status", "pending"}},
      {{"q", "MILK"}},
      {{"q", "strasse"}, {"status", "completed"}},
      {{"due_from", "2026-03-02"}},
      {{"due_to", "2026-03-02"}},
      {{"due_from", "2026-03-02"}, {"due_to", "2026-03-03"}, {"status", "in_progress"}},
      {{"q", "nowhere"}}};
  for (const Sort sort : validators::kSorts) {
    for (const Query& filter : filters) {
      const auto whole = expected(sort, filter);
      for (const std::size_t limit : {1, 2, 7, 50, 200}) {
        Query query = filter;
        query.emplace_back("sort", validators::to_string(sort));
        ASSERT_EQ(joined_pages(query, limit), whole)
            << validators::to_string(sort) << " limit " << limit << " filter "
            << (filter.empty() ? std::string("none") : filter.front().first);
      }
    }
  }
}

TEST_P(Paging, every_filter_of_the_test_finds_some_and_leaves_some) {
  for (const Query& filter :
       std::vector<Query>{{{"status", "pending"}}, {{"q", "milk"}}, {{"due_from", "2026-03-02"}}}) {
    const auto found = expected(Sort::created, filter);
    EXPECT_GT(found.size(), 0U);
    EXPECT_LT(found.size(), known.size());
  }
}

}  // namespace
}  // namespace tms::tests
