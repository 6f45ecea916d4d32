// tms_seed USERS TASKS PASSWORD: migrates the database that the settings name, and fills it with
// USERS people, each with a session and TASKS tasks in his Inbox. All share one password, hashed
// once. Standard output has one line for each:
//
//   user id TAB session token TAB list id TAB ids of up to 8 tasks that are not completed
//
// Session ids are the user id, 22 digits with leading zeros, so that pgbench can name them. A
// session was last used in the far future: requests need not note it, however old the file is.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <random>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/password_hasher.h"
#include "backend/auth/sessions.h"
#include "backend/auth/token.h"
#include "backend/auth/users.h"
#include "backend/core/random.h"
#include "backend/hosts/server/backend.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/secret_of_database.h"

namespace tms::benchmarks {
namespace {

constexpr db::Statement kFindInbox{"seed_find_inbox", R"sql(
select inbox_list_id
from users
where user_id = $1)sql"};

constexpr db::Statement kSetSeq{"seed_set_seq", R"sql(
update lists
set seq = $2
where list_id = $1)sql"};

constexpr db::Statement kAddTask{"seed_add_task", R"sql(
insert into tasks (
  list_id, task_id, user_id, description, description_folded, due_date, status,
  created_at, updated_at, completed_at, deleted_at, version, seq
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, null, 1, $10))sql"};

// What people write down is not the same for all, and a cache that packs it must not gain by that.
constexpr std::string_view kWords =
    "about accounts address after again agenda airport ask aunt bakery balcony bank basement "
    "before bicycle birthday boiler book borrow brakes bread brother budget build buy "
    "calendar call cancel car carpet cat ceiling charger check chapter choir clean clinic "
    "coat coffee collect compare concert contract cousin curtains customer dentist deposit "
    "desk dinner doctor door draft eggs electrician email envelope everybody exam fence ferry "
    "fetch file filter find flowers folder forms fridge Friday from garage garden gift "
    "glasses grandmother guitar gutter hall handbook harbour holiday hotel house insurance "
    "invoice jacket keys kitchen ladder lamp landlord laptop lawn lecture letter library "
    "licence lunch measure medicine meeting milk minutes Monday mother mow museum neighbour "
    "notebook notes office oil order oven paint paper parcel passport photos piano plan "
    "plants plumber postcard prepare prescription print project quarter question read receipt "
    "recipe refund rehearsal renew rent repair reply report reserve return review roof room "
    "salad school scissors seeds sell send shelf shoes sister slides socks soup speech stamps "
    "suitcase sunscreen supplier swimming table tax teacher team tent test ticket tiles "
    "timetable towels train translate trip tyres umbrella update vaccine van vegetables visit "
    "wash washing water website weekend window winter workshop write yard";
constexpr int kUsersEach = 200;
constexpr int kIdsPrinted = 8;
constexpr auto kLong = std::chrono::hours(24 * 365 * 5);

core::Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::minutes(5);
}

std::vector<std::string_view> words() {
  std::vector<std::string_view> found;
  for (const auto word : std::views::split(kWords, ' '))
    found.emplace_back(word.begin(), word.end());
  return found;
}

/// Three to ten words, 43 letters on average, the same for the same number.
std::string description_of(std::uint64_t number) {
  static const std::vector<std::string_view> known = words();
  std::mt19937_64 chance(number);
  std::string description;
  for (std::uint64_t left = 3 + chance() % 8; left > 0; --left) {
    description += known[chance() % known.size()];
    if (left > 1) description += ' ';
  }
  return description;
}

/// One of three in four is open, one in three has a due date.
struct TaskShape {
  TaskShape(std::int64_t user_id, int index)
      : description(description_of(static_cast<std::uint64_t>(user_id) * 1'000'000U +
                                   static_cast<std::uint64_t>(index))),
        is_completed(index % 4 == 3),
        has_due_date(index % 3 == 0) {}

  std::string description;
  bool is_completed;
  bool has_due_date;
};

class Seeder {
 public:
  Seeder(db::Database& database, const auth::Secret& secret, const std::string& password, int cost)
      : database_(database),
        issuer_(secret.keys(auth::KeyPurpose::session_tokens)),
        hash_(auth::PasswordHasher(
                  secret.keys(auth::KeyPurpose::password_pepper), {.cost = cost}, random_)
                  .hash(password, soon())) {}

  /// People first to last-1, in one transaction; the lines are printed when they are durable.
  void add_people(int first, int last, int tasks) {
    std::string lines;
    database_.write(
        [&](db::Transaction& transaction) {
          lines.clear();
          for (int number = first; number < last; ++number)
            lines += add_person(transaction, number, tasks);
        },
        soon());
    std::cout << lines << std::flush;
  }

 private:
  std::string add_person(db::Transaction& transaction, int number, int tasks) {
    const std::string name = "person" + std::to_string(number);
    const std::string email = name + "@mail.example";
    const auto user =
        auth::create_user(transaction, {{name, name}, {email, email}, hash_}, random_, now_);
    if (!user) throw std::runtime_error("the database has people already");

    core::Uuid list_id;
    transaction.query(
        kFindInbox, [&](const db::Row& row) { list_id = row.uuid(0); }, user->user_id);
    const std::string id = std::to_string(user->user_id);
    const std::string session_id = std::string(22 - id.size(), '0') + id;
    auth::insert_session(transaction, {.session_id = session_id,
                                       .user_id = user->user_id,
                                       .created_at = now_,
                                       .last_seen = now_ + kLong,
                                       .expires_at = now_ + kLong,
                                       .user_agent = "benchmark",
                                       .address = "127.0.0.1"});
    const std::string ids = add_tasks(transaction, user->user_id, list_id, tasks);
    return id + '\t' + issuer_.issue({session_id, user->user_id}, now_, now_ + kLong) + '\t' +
           list_id.to_string() + '\t' + ids + '\n';
  }

  std::string add_tasks(db::Transaction& transaction,
                        std::int64_t user_id,
                        const core::Uuid& list_id,
                        int tasks) {
    std::string printed;
    int count = 0;
    for (int index = 0; index < tasks; ++index) {
      const TaskShape shape(user_id, index);
      // An hour apart, the oldest first, as they would have been made.
      const core::Timestamp created = now_ - std::chrono::hours(tasks - index);
      const core::Uuid task_id = core::Uuid::make_version_7(created, random_);
      const auto completed = shape.is_completed ? std::optional(created) : std::nullopt;
      const auto due =
          shape.has_due_date ? std::optional<std::string_view>("2030-06-15") : std::nullopt;
      transaction.queue(kAddTask, list_id, task_id, user_id, shape.description, shape.description,
                        due, shape.is_completed ? "completed" : "pending", created, completed,
                        index + 1);
      if (shape.is_completed || count++ >= kIdsPrinted) continue;
      printed += (printed.empty() ? "" : ",") + task_id.to_string();
    }
    transaction.queue(kSetSeq, list_id, tasks);
    return printed;
  }

  db::Database& database_;
  core::SystemRandom random_;
  core::Timestamp now_ = core::SystemClock().now();
  auth::TokenIssuer issuer_;
  std::string hash_;
};

int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) {
    throw std::runtime_error("not a number above 0: " + std::string(text));
  }
  return number;
}

int run(int users, int tasks, const std::string& password) {
  const auto settings = hosts::load_settings();
  if (!settings) return EXIT_FAILURE;
  const auto database = hosts::open_database(*settings);
  database->migrate();
  core::SystemRandom random;
  const auto secret = hosts::secret_of_database(*settings, *database, random);
  if (!secret) throw std::runtime_error(secret.error().log.value);

  Seeder seeder(*database, *secret, password, settings->bcrypt_cost);
  for (int first = 1; first <= users; first += kUsersEach) {
    seeder.add_people(first, std::min(users + 1, first + kUsersEach), tasks);
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace tms::benchmarks

int main(int count, char** arguments) {
  try {
    const std::vector<std::string> words(arguments, arguments + count);
    if (words.size() != 4) throw std::runtime_error("usage: tms_seed USERS TASKS PASSWORD");
    using tms::benchmarks::number_of;
    return tms::benchmarks::run(number_of(words[1]), number_of(words[2]), words[3]);
  } catch (const std::exception& error) {
    std::cerr << "tms_seed: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
