// A client that loads the plain list once, page by page, and from then on only applies what changed
// always comes to hold what a fresh load shows, whatever is written meanwhile and by whom.

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::tests {
namespace {

/// What a page does (point D1 of the front end): task id -> list id and version.
class Client {
 public:
  Client(const TaskWorld& world, const Person& person) : world_(world), person_(person) {}

  void load(std::string_view limit) {
    tasks_.clear();
    since_.clear();
    std::optional<std::string> cursor;
    do {
      std::vector<http::NameValue> query{{"limit", std::string(limit)}};
      if (cursor) query.emplace_back("cursor", *cursor);
      const auto page = json_of(world_.list(person_, query));
      if (since_.empty()) since_ = *text_at(page, "since");
      merge(page);
      cursor = text_at(page, "next_cursor");
    } while (cursor);
  }

  void refresh() {
    bool has_more = true;
    while (has_more) {
      const auto changes = json_of(world_.list(person_, {{"since", since_}}));
      if (bool_at(changes, "reset")) return load("50");
      merge(changes);
      for (const std::string& id : texts_of(changes, "deleted"))
        tasks_.erase(id);
      for (const std::string& list_id : texts_of(changes, "removed_lists")) {
        std::erase_if(tasks_, [&](const auto& task) { return task.second.first == list_id; });
      }
      since_ = *text_at(changes, "since");
      has_more = bool_at(changes, "more");
    }
  }

  [[nodiscard]] const std::map<std::string, std::pair<std::string, std::int64_t>>& tasks() const {
    return tasks_;
  }

 private:
  void merge(const http::JsonValue& answer) {
    for (const http::JsonValue& task : *at(answer, "tasks").as_array()) {
      tasks_[*text_at(task, "task_id")] = {*text_at(task, "list_id"), integer_at(task, "version")};
    }
  }

  const TaskWorld& world_;
  Person person_;
  std::string since_;
  std::map<std::string, std::pair<std::string, std::int64_t>> tasks_;
};

/// Writes at random to one list.
class Writer {
 public:
  Writer(const TaskWorld& world, Person person, const core::Uuid& list_id, unsigned seed)
      : world_(world),
        person_(std::move(person)),
        list_id_(list_id.to_string()),
        generator_(seed) {}

  void step() {
    const std::size_t choice = pick(10);
    if (ids_.empty() || choice < 3) {
      const auto made =
          world_.create(person_, R"({"description":"x","list_id":")" + list_id_ + "\"}");
      ASSERT_EQ(made.status, 201);
      ids_.push_back(*text_at(at(json_of(made), "task"), "task_id"));
      return;
    }
    const std::string& id = ids_.at(pick(ids_.size()));
    if (choice < 6) {
      world_.update(person_, id, R"({"description":")" + std::to_string(generator_()) + "\"}");
    } else if (choice < 8) {
      world_.remove(person_, id);
    } else {
      world_.restore(person_, id);
    }
  }

 private:
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(generator_);
  }

  const TaskWorld& world_;
  Person person_;
  std::string list_id_;
  std::mt19937 generator_;
  std::vector<std::string> ids_;
};

class Changes : public DatabaseTest {
 protected:
  TaskWorld world{database()};
  Person ann = world.add_person("ann");
  Person bob = world.add_person("bob");
};
INSTANTIATE_TEST_SUITE_P(Engines, Changes, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Changes, applied_one_after_the_other_equal_a_fresh_load) {
  const auto shared = world.add_list();
  world.set_role(shared, ann, "editor");
  world.set_role(shared, bob, "owner");
  Writer own(world, ann, ann.inbox, 1);
  Writer other(world, bob, shared, 2);
  Client client(world, ann);
  client.load("3");

  std::mt19937 generator(3);
  for (int round = 0; round < 60; ++round) {
    for (auto step = generator() % 6; step > 0; --step)
      generator() % 2 == 0 ? own.step() : other.step();
    if (round % 20 == 19) world.set_role(shared, ann, round % 40 == 19 ? "" : "viewer");
    client.refresh();
    Client fresh(world, ann);
    fresh.load("7");
    ASSERT_EQ(client.tasks(), fresh.tasks()) << "round " << round;
  }
}

TEST_P(Changes, miss_nothing_while_two_writers_are_at_work) {
  world.set_role(ann.inbox, bob, "editor");
  Writer first(world, ann, ann.inbox, 4);
  Writer second(world, bob, ann.inbox, 5);
  for (int step = 0; step < 40; ++step)
    first.step();

  std::atomic<bool> is_done = false;
  std::thread one([&] {
    for (int step = 0; step < 150; ++step)
      first.step();
  });
  std::thread two([&] {
    for (int step = 0; step < 150; ++step)
      second.step();
    is_done = true;
  });
  // Loaded and refreshed in the middle of it all: pages of different moments, marks in between.
  Client client(world, ann);
  client.load("5");
  while (!is_done)
    client.refresh();
  one.join();
  two.join();

  client.refresh();
  Client fresh(world, ann);
  fresh.load("200");
  EXPECT_EQ(client.tasks(), fresh.tasks());
  EXPECT_GT(fresh.tasks().size(), 20U);
}

}  // namespace
}  // namespace tms::tests
