#include "backend/hosts/app/application.h"

#include "backend/handlers/account/change_password.h"
#include "backend/handlers/account/end_all_sessions.h"
#include "backend/handlers/account/end_session.h"
#include "backend/handlers/account/list_sessions.h"
#include "backend/handlers/account/me.h"
#include "backend/handlers/auth/forgot_password.h"
#include "backend/handlers/auth/login.h"
#include "backend/handlers/auth/logout.h"
#include "backend/handlers/auth/resend_otp.h"
#include "backend/handlers/auth/reset_password.h"
#include "backend/handlers/auth/signup.h"
#include "backend/handlers/auth/verify_otp.h"
#include "backend/handlers/tasks/create_task.h"
#include "backend/handlers/tasks/delete_task.h"
#include "backend/handlers/tasks/get_task.h"
#include "backend/handlers/tasks/get_tasks.h"
#include "backend/handlers/tasks/restore_task.h"
#include "backend/handlers/tasks/update_task.h"

namespace tms::hosts {

Application::Application(const Services& services)
    : session_check_(services.clock, services.sessions) {
  if (services.codes != nullptr)
    code_check_.emplace(services.database, *services.codes, services.throttles);
  if (services.issuer != nullptr) {
    sign_in_.emplace(auth::SignIn::Dependencies{
        *services.issuer, services.verifier, services.cookie, services.random, services.sessions});
  }
  add_sign_up_and_in(services);
  add_account(services);
  add_tasks(services);
}

Application::~Application() = default;

const http::Handler* Application::handler(std::string_view action) const {
  const auto found = handlers_.find(action);
  return found == handlers_.end() ? nullptr : found->second.get();
}

void Application::add_sign_up_and_in(const Services& services) {
  using namespace handlers;
  auto& [database, clock, random, verifier, cookie, sessions, throttles, mails, hasher, codes,
         issuer, devices] = services;
  add<Logout>("logout", database, clock, verifier, cookie);
  if (mails != nullptr && hasher != nullptr)
    add<Signup>("signup", database, clock, random, *hasher, *mails, throttles);
  if (mails != nullptr) {
    add<ResendOtp>("resend_otp", database, clock, *mails, throttles);
    add<ForgotPassword>("forgot_password", database, clock, random, *mails, throttles);
  }
  if (code_check_ && sign_in_)
    add<VerifyOtp>("verify_otp", database, clock, random, *code_check_, *sign_in_, devices, hasher,
                   throttles);
  if (hasher != nullptr && sign_in_)
    add<Login>("login", database, clock, *hasher, *sign_in_, devices, throttles);
  if (code_check_ && hasher != nullptr && mails != nullptr) {
    add<ResetPassword>("reset_password", database, clock, *hasher, *code_check_, *mails);
  }
}

void Application::add_account(const Services& services) {
  using namespace handlers;
  add<Me>("me", services.database, session_check_);
  add<ListSessions>("list_sessions", services.database, session_check_);
  add<EndSession>("end_session", services.database, session_check_, services.cookie);
  add<EndAllSessions>("end_all_sessions", services.database, session_check_, services.cookie);
  if (services.hasher != nullptr && services.mails != nullptr) {
    add<ChangePassword>("change_password", services.database, session_check_, *services.hasher,
                        *services.mails, services.throttles);
  }
}

void Application::add_tasks(const Services& services) {
  using namespace handlers;
  auto& database = services.database;
  add<CreateTask>("create_task", database, services.random, session_check_);
  add<GetTasks>("get_tasks", database, session_check_);
  add<GetTask>("get_task", database, session_check_);
  add<UpdateTask>("update_task", database, session_check_);
  add<DeleteTask>("delete_task", database, session_check_);
  add<RestoreTask>("restore_task", database, session_check_);
}

}  // namespace tms::hosts
