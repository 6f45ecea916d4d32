// tms_bare_sqlite FILE PEOPLE create|update BATCH SECONDS: how fast SQLite alone makes the same
// rows durable: one thread and one connection with the server's settings (WAL, synchronous=FULL)
// write BATCH tasks a transaction, without requests, sessions, rights or savepoints. PEOPLE is what
// tms_seed printed. Prints JSON; times are in microseconds.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "backend/core/random.h"
#include "backend/db/sqlite/connection.h"

namespace tms::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

constexpr db::Statement kBegin{"bare_begin", "begin immediate"};
constexpr db::Statement kCommit{"bare_commit", "commit"};
constexpr db::Statement kTakeSeq{"bare_take_seq", R"sql(
update lists
set seq = seq + 1
where list_id = $1
returning seq)sql"};
constexpr db::Statement kInsert{"bare_insert", R"sql(
insert into tasks (
  list_id, task_id, user_id, description, description_folded, due_date, status,
  created_at, updated_at, completed_at, deleted_at, version, seq
)
values ($1, $2, $3, $4, $4, null, 'pending', $5, $5, null, null, 1, $6))sql"};
constexpr db::Statement kUpdate{"bare_update", R"sql(
update tasks
set status = case status when 'completed' then 'pending' else 'completed' end,
  updated_at = $3,
  completed_at = case status when 'completed' then null else $3 end,
  version = version + 1,
  seq = $4
where list_id = $1
  and task_id = $2)sql"};
constexpr std::string_view kDescription = "Buy milk, bread and eggs";

struct Person {
  std::int64_t user_id = 0;
  core::Uuid list_id;
  core::Uuid task_id;
};

std::vector<Person> read_people(const std::string& file) {
  std::ifstream input(file);
  std::vector<Person> people;
  std::string id;
  std::string token;
  std::string list;
  std::string tasks;
  while (input >> id >> token >> list >> tasks) {
    people.push_back({std::stoll(id), core::Uuid::parse(list).value(),
                      core::Uuid::parse(tasks.substr(0, tasks.find(','))).value()});
  }
  if (people.empty()) throw std::runtime_error("nobody in " + file);
  return people;
}

class Writer {
 public:
  Writer(const std::string& file, std::vector<Person> people, bool creates)
      : connection_(file, db::sqlite::Connection::Role::writer),
        people_(std::move(people)),
        creates_(creates) {}

  void write_batch(int size) {
    const auto began = Clock::now();
    connection_.run(kBegin);
    for (int count = 0; count < size; ++count)
      write_one();
    const auto written = Clock::now();
    connection_.run(kCommit);
    const auto ended = Clock::now();
    connection_.checkpoint_when_due();
    commits.push_back(std::chrono::duration<double, std::micro>(ended - written).count());
    batches.push_back(std::chrono::duration<double, std::micro>(ended - began).count());
  }

  std::vector<double> commits;
  std::vector<double> batches;

 private:
  void write_one() {
    const Person& person = people_[choice_(generator_)];
    const auto now = clock_.now();
    std::int64_t seq = 0;
    const std::array<db::Parameter, 1> list{person.list_id};
    connection_.run(
        kTakeSeq, [&](const db::Row& row) { seq = row.integer(0); }, list);
    if (creates_) {
      const core::Uuid task_id = core::Uuid::make_version_7(now, random_);
      const std::array<db::Parameter, 6> row{person.list_id, task_id, person.user_id,
                                             kDescription,   now,     seq};
      connection_.run(
          kInsert, [](const db::Row&) {}, row);
    } else {
      const std::array<db::Parameter, 4> row{person.list_id, person.task_id, now, seq};
      connection_.run(
          kUpdate, [](const db::Row&) {}, row);
    }
  }

  db::sqlite::Connection connection_;
  std::vector<Person> people_;
  bool creates_;
  core::SystemClock clock_;
  core::SystemRandom random_;
  std::mt19937 generator_{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> choice_{0, people_.size() - 1};
};

double percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values.at(static_cast<std::size_t>(part * static_cast<double>(values.size() - 1)));
}

void run(const std::vector<std::string>& arguments) {
  Writer writer(arguments.at(1), read_people(arguments.at(2)), arguments.at(3) == "create");
  const int batch = std::stoi(arguments.at(4));
  const double seconds = std::stod(arguments.at(5));
  const auto began = Clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - began).count(); };
  std::size_t rows = 0;
  while (passed() < seconds) {
    writer.write_batch(batch);
    rows += static_cast<std::size_t>(batch);
  }
  std::cout << "{\"rows\": " << rows << ", \"seconds\": " << passed()
            << ", \"batch_p50\": " << percentile(writer.batches, 0.5)
            << ", \"batch_p99\": " << percentile(writer.batches, 0.99)
            << ", \"commit_p50\": " << percentile(writer.commits, 0.5)
            << ", \"commit_p99\": " << percentile(writer.commits, 0.99) << "}\n";
}

}  // namespace
}  // namespace tms::benchmarks

int main(int count, char** arguments) {
  try {
    if (count != 6) throw std::runtime_error("FILE PEOPLE create|update BATCH SECONDS");
    tms::benchmarks::run({arguments, arguments + count});
  } catch (const std::exception& error) {
    std::cerr << "tms_bare_sqlite: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
