#include "backend/auth/installation.h"

#include <map>
#include <string>
#include <string_view>

namespace tms::auth {
namespace {

constexpr std::string_view kPrefix = "secret_fingerprint:";

constexpr db::Statement kSelectFingerprints{"select_secret_fingerprints", R"sql(
select name, value
from installation
where name like 'secret\_fingerprint:%' escape '\')sql"};

constexpr db::Statement kInsertFingerprint{"insert_secret_fingerprint", R"sql(
insert into installation (name, value)
values ($1, $2)
on conflict (name) do nothing)sql"};

using Known = std::map<std::string, std::string>;

Known read_fingerprints(db::Transaction& transaction) {
  Known known;
  transaction.query(kSelectFingerprints, [&](const db::Row& row) {
    known.emplace(row.text(0).substr(kPrefix.size()), row.text(1));
  });
  return known;
}

core::Error refuse(std::string log) {
  core::Error error;
  error.log.value = std::move(log);
  return error;
}

core::Result<void> compare(const Known& known, const std::vector<Secret::Fingerprint>& given) {
  bool shared = known.empty();
  for (const auto& [id, value] : given) {
    const auto found = known.find(id);
    if (found == known.end()) continue;
    if (found->second != value) {
      return refuse("key '" + id + "' of the secret is not the key '" + id +
                    "' that this database was used with; put back the old key, and give a new one "
                    "a new id");
    }
    shared = true;
  }
  if (shared) return {};
  return refuse(
      "the secret does not belong to this database: none of its keys was ever used with it. Put "
      "back the secret file that goes with the database (a backup holds both)");
}

}  // namespace

bool has_secret_fingerprint(db::Database& database, core::Deadline deadline) {
  bool found = false;
  database.read(
      [&](db::Transaction& transaction) { found = !read_fingerprints(transaction).empty(); },
      deadline);
  return found;
}

core::Result<void> check_secret(db::Database& database,
                                const Secret& secret,
                                core::Deadline deadline) {
  core::Result<void> result;
  const auto given = secret.fingerprints();
  database.write(
      [&](db::Transaction& transaction) {
        result = compare(read_fingerprints(transaction), given);
        if (!result) {
          transaction.roll_back();
          return;
        }
        for (const auto& [id, value] : given) {
          transaction.execute(kInsertFingerprint, std::string(kPrefix) + id, value);
        }
      },
      deadline);
  return result;
}

core::Result<void> compare_secret(const std::map<std::string, std::string>& installation,
                                  const Secret& secret) {
  Known known;
  for (const auto& [name, value] : installation) {
    if (is_secret_fingerprint(name)) known.emplace(name.substr(kPrefix.size()), value);
  }
  return compare(known, secret.fingerprints());
}

core::Result<void> compare_secret(db::Database& database,
                                  const Secret& secret,
                                  core::Deadline deadline) {
  Known known;
  database.read([&](db::Transaction& transaction) { known = read_fingerprints(transaction); },
                deadline);
  return compare(known, secret.fingerprints());
}

bool is_secret_fingerprint(std::string_view name) {
  return name.starts_with(kPrefix);
}

}  // namespace tms::auth
