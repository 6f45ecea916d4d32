// The task calls on SQLite, handler and database together, without the HTTP server. Compare with
// get_task, the least that a call with a session can cost.

#include <benchmark/benchmark.h>

#include <string>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/json_access.h"
#include "backend/tests/support/task_world.h"

namespace tms::benchmarks {
namespace {

/// Others' tasks, among which those of the measured user lie.
constexpr int kOtherUsers = 1000;
constexpr int kTasksEach = 100;
constexpr int kManyTasks = 10'000;

/// One database for all benchmarks, made on first use.
class Scene {
 public:
  Scene() {
    for (int index = 0; index < kOtherUsers; ++index) {
      const tests::Person other = world.add_person("other" + std::to_string(index));
      world.add_many_tasks(other.inbox, other, kTasksEach);
    }
    world.add_many_tasks(few.inbox, few, kTasksEach);
    for (int part = 0; part < kManyTasks / 1000; ++part)
      world.add_many_tasks(many.inbox, many, 1000);
    task_id = world.add_task(few, "Buy milk");
    few_since = *tests::text_at(tests::json_of(world.list(few)), "since");
  }

  tests::TestDatabase database{db::Engine::sqlite};
  tests::TaskWorld world{database.database()};
  tests::Person few = world.add_person("few");
  tests::Person many = world.add_person("many");
  std::string task_id;
  std::string few_since;
};

Scene& scene() {
  static Scene scene;
  return scene;
}

void get_task(benchmark::State& state) {
  Scene& s = scene();
  for (auto _ : state)
    benchmark::DoNotOptimize(s.world.get(s.few, s.task_id));
}
BENCHMARK(get_task);

void list_of_100(benchmark::State& state) {
  Scene& s = scene();
  for (auto _ : state)
    benchmark::DoNotOptimize(s.world.list(s.few));
}
BENCHMARK(list_of_100);

void list_of_10000(benchmark::State& state) {
  Scene& s = scene();
  for (auto _ : state)
    benchmark::DoNotOptimize(s.world.list(s.many, {{"limit", "200"}}));
}
BENCHMARK(list_of_10000);

void list_of_10000_by_due_date(benchmark::State& state) {
  Scene& s = scene();
  for (auto _ : state)
    benchmark::DoNotOptimize(s.world.list(s.many, {{"sort", "due"}}));
}
BENCHMARK(list_of_10000_by_due_date);

void search_in_10000(benchmark::State& state) {
  Scene& s = scene();
  for (auto _ : state)
    benchmark::DoNotOptimize(s.world.list(s.many, {{"q", "nowhere"}}));
}
BENCHMARK(search_in_10000);

void changes_of_nothing(benchmark::State& state) {
  Scene& s = scene();
  for (auto _ : state)
    benchmark::DoNotOptimize(s.world.list(s.few, {{"since", s.few_since}}));
}
BENCHMARK(changes_of_nothing);

void update_task(benchmark::State& state) {
  Scene& s = scene();
  int version = 0;
  for (auto _ : state) {
    const std::string body = R"({"description":")" + std::to_string(++version) + "\"}";
    benchmark::DoNotOptimize(s.world.update(s.few, s.task_id, body));
  }
}
BENCHMARK(update_task);

}  // namespace
}  // namespace tms::benchmarks
