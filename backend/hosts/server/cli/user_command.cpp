#include "backend/hosts/server/cli/user_command.h"

#include <iomanip>
#include <iostream>
#include <optional>

#include "backend/auth/code_flows.h"
#include "backend/auth/login_throttle.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/password_rules.h"
#include "backend/auth/sessions.h"
#include "backend/auth/user_admin.h"
#include "backend/auth/users.h"
#include "backend/email/outbox.h"
#include "backend/handlers/auth/password_changed.h"
#include "backend/hosts/server/backend.h"
#include "backend/hosts/server/cli/hidden_input.h"
#include "backend/hosts/server/secret_of_database.h"
#include "backend/validators/email_address.h"
#include "backend/validators/text.h"
#include "backend/validators/username.h"

namespace tms::hosts {
namespace {

constexpr std::chrono::seconds kTime{60};

core::Deadline soon() {
  return std::chrono::steady_clock::now() + kTime;
}

/// One run of the command: the opened database and what the actions share.
class Run {
 public:
  Run(const UserCommand& command,
      const Settings& settings,
      const core::Clock& clock,
      core::Random& random,
      Console& console,
      const Witness& witness)
      : command_(command),
        settings_(settings),
        clock_(clock),
        random_(random),
        console_(console),
        witness_(witness),
        database_(open_database(settings)) {
    database_->migrate();
  }

  int list();
  int create();
  int set_password();
  int lock(bool locked);
  int remove();

 private:
  int refuse(const std::string& reason) {
    console_.err << "tms: " << reason << "\n";
    return 1;
  }

  /// `name` is one of docs/operations.md.
  void note(std::string_view name, std::int64_t user_id) {
    witness_.log.write(LogLevel::info, kAuditEvent,
                       {{"name", name},
                        {"client", "console"},
                        {"operator", std::string_view(witness_.operator_name)},
                        {"user_id", user_id}});
  }

  std::optional<auth::User> find();
  std::optional<std::string> read_password(const std::string& username, const std::string& email);
  std::optional<std::string> hash(const std::string& password);

  const UserCommand& command_;
  const Settings& settings_;
  const core::Clock& clock_;
  core::Random& random_;
  Console& console_;
  const Witness& witness_;
  std::unique_ptr<db::ManagedDatabase> database_;
};

int Run::list() {
  auto& out = console_.out;
  out << std::left << std::setw(6) << "id" << std::setw(34) << "user name" << std::setw(36)
      << "e-mail" << std::setw(29) << "created" << std::setw(9) << "devices"
      << "state\n";
  database_->read(
      [&](db::Transaction& transaction) {
        auth::list_users(transaction, [&](const auth::UserSummary& user) {
          out << std::setw(6) << user.user_id << std::setw(34) << user.username << std::setw(36)
              << user.email << std::setw(29) << core::format_timestamp(user.created_at)
              << std::setw(9) << user.sessions << (user.locked ? "locked" : "active") << "\n";
        });
      },
      soon());
  return 0;
}

int Run::create() {
  auto username = validators::check_username(command_.name);
  if (const auto* error = std::get_if<core::FieldError>(&username))
    return refuse("user name: " + error->message);
  auto email = validators::check_email_address(command_.email);
  if (const auto* error = std::get_if<core::FieldError>(&email))
    return refuse("e-mail: " + error->message);
  const auto password = read_password(command_.name, command_.email);
  if (!password) return 1;
  const auto hashed = hash(*password);
  if (!hashed) return 1;

  const auth::NewUser user{std::get<validators::Username>(username),
                           std::get<validators::EmailAddress>(email), *hashed};
  std::optional<core::ErrorCode> taken;
  std::int64_t user_id = 0;
  database_->write(
      [&](db::Transaction& transaction) {
        const auto created = auth::create_user(transaction, user, random_, clock_.now());
        taken = created ? std::nullopt : std::optional(created.error().code);
        if (taken) {
          transaction.roll_back();
        } else {
          user_id = created->user_id;
        }
      },
      soon());
  if (taken == core::ErrorCode::email_taken) return refuse("this address already has an account");
  if (taken) return refuse("this user name is taken");
  note("account_created", user_id);
  console_.out << "User " << command_.name << " can log in now.\n";
  return 0;
}

int Run::set_password() {
  const auto user = find();
  if (!user) return 1;
  const auto password = read_password(user->username, user->email);
  if (!password) return 1;
  const auto hashed = hash(*password);
  if (!hashed) return 1;
  email::Outbox outbox(clock_, nullptr);
  database_->write(
      [&](db::Transaction& transaction) {
        auth::set_password_hash(transaction, user->user_id, *hashed, clock_.now());
        auth::end_sessions_of(transaction, user->user_id);
        auth::end_flows_of(transaction, user->user_id, clock_.now());
        auth::LoginThrottle::succeed(
            transaction, user->user_id,
            {validators::casefold(user->username), validators::casefold(user->email)});
        outbox.enqueue(transaction, handlers::password_changed_mail(*user, clock_.now()));
      },
      soon());
  note("account_password_set", user->user_id);
  console_.out << "The password of " << user->username
               << " is set; all devices are signed out, and a mail tells the owner.\n";
  return 0;
}

int Run::lock(bool locked) {
  const auto user = find();
  if (!user) return 1;
  database_->write(
      [&](db::Transaction& transaction) {
        if (locked) {
          auth::lock_user(transaction, user->user_id, clock_.now());
        } else {
          auth::unlock_user(transaction, user->user_id, clock_.now());
        }
      },
      soon());
  note(locked ? "account_locked" : "account_unlocked", user->user_id);
  console_.out << "User " << user->username
               << (locked ? " is locked and signed out everywhere.\n" : " can log in again.\n");
  return 0;
}

int Run::remove() {
  const auto user = find();
  if (!user) return 1;
  if (!command_.yes) {
    console_.out << "This deletes " << user->username
                 << " and every task that nobody else shares, for good.\n"
                 << "Type the user name to go on: " << std::flush;
    std::string answer;
    std::getline(console_.in, answer);
    if (answer != user->username) return refuse("nothing was deleted");
  }
  database_->write(
      [&](db::Transaction& transaction) { auth::delete_user(transaction, user->user_id); }, soon());
  note("account_deleted", user->user_id);
  console_.out << "User " << user->username << " is deleted.\n";
  return 0;
}

std::optional<auth::User> Run::find() {
  std::optional<auth::User> user;
  database_->read(
      [&](db::Transaction& transaction) {
        user = auth::find_user(transaction, validators::casefold(command_.name));
      },
      soon());
  if (!user) refuse("there is no user " + command_.name);
  return user;
}

std::optional<std::string> Run::read_password(const std::string& username,
                                              const std::string& email) {
  const std::string typed = read_hidden_line(console_, "New password: ");
  auto password = auth::check_settable_password(typed, "password");
  if (const auto* error = std::get_if<core::FieldError>(&password)) {
    refuse("password: " + error->message);
    return std::nullopt;
  }
  if (const auto error =
          auth::check_not_account(std::get<std::string>(password), username, email, "password")) {
    refuse("password: " + error->message);
    return std::nullopt;
  }
  return std::get<std::string>(password);
}

std::optional<std::string> Run::hash(const std::string& password) {
  const auto secret = secret_of_database(settings_, *database_, random_);
  if (!secret) {
    refuse(secret.error().log.value);
    return std::nullopt;
  }
  const auth::PasswordHasher hasher(secret->keys(auth::KeyPurpose::password_pepper),
                                    {settings_.bcrypt_cost, 1}, random_);
  return hasher.hash(password, soon());
}

}  // namespace

int run_user_command(const UserCommand& command,
                     const Settings& settings,
                     const core::Clock& clock,
                     core::Random& random,
                     Console& console,
                     const Witness& witness) {
  Run run(command, settings, clock, random, console, witness);
  switch (command.action) {
    case UserCommand::Action::list:
      return run.list();
    case UserCommand::Action::create:
      return run.create();
    case UserCommand::Action::set_password:
      return run.set_password();
    case UserCommand::Action::lock:
      return run.lock(true);
    case UserCommand::Action::unlock:
      return run.lock(false);
    case UserCommand::Action::remove:
      return run.remove();
    case UserCommand::Action::none:
      break;
  }
  return 1;
}

}  // namespace tms::hosts
