#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "backend/http/method.h"

namespace tms::http {

/// Heavy routes hash a password: they run on the hashing pool.
enum class Cost { light, heavy };

/// Whether the handler may write; on SQLite light routes that write run on the writer thread.
enum class Effect { reads, writes };

/// Who may call. `session`: a valid token is asked for before the handler runs, and the handler's own
/// statement checks the session row. `anyone`: the handler never looks. `optional`: a token is
/// used when it is there (logout).
enum class Access { anyone, optional, session };

/// One row of the table from which the server's router, Lambda's choice by _HANDLER, the
/// template's functions and the tests of openapi.yaml come.
struct Route {
  Method method;
  /// Without the prefix /api; `{name}` matches one path segment.
  std::string_view pattern;
  /// The action's file name, operationId and Lambda handler name.
  std::string_view action;
  Cost cost;
  Effect effect;
  Access access;
  /// Bytes; 0 where no body is taken.
  std::size_t body_limit;
};

/// No body of the API is larger than a task's description with JSON escapes.
inline constexpr std::size_t kDefaultBodyLimit = std::size_t{64} * 1024;

inline constexpr std::array kRouteTable{
    Route{Method::post, "/signup", "signup", Cost::heavy, Effect::writes, Access::anyone,
          kDefaultBodyLimit},
    Route{Method::post, "/verify-otp", "verify_otp", Cost::light, Effect::writes, Access::anyone,
          kDefaultBodyLimit},
    Route{Method::post, "/resend-otp", "resend_otp", Cost::light, Effect::writes, Access::anyone,
          kDefaultBodyLimit},
    Route{Method::post, "/login", "login", Cost::heavy, Effect::writes, Access::anyone,
          kDefaultBodyLimit},
    Route{Method::post, "/logout", "logout", Cost::light, Effect::writes, Access::optional,
          kDefaultBodyLimit},
    Route{Method::post, "/forgot-password", "forgot_password", Cost::light, Effect::writes,
          Access::anyone, kDefaultBodyLimit},
    Route{Method::post, "/reset-password", "reset_password", Cost::heavy, Effect::writes,
          Access::anyone, kDefaultBodyLimit},
    Route{Method::get, "/me", "me", Cost::light, Effect::reads, Access::session, 0},
    Route{Method::post, "/me/password", "change_password", Cost::heavy, Effect::writes,
          Access::session, kDefaultBodyLimit},
    Route{Method::get, "/sessions", "list_sessions", Cost::light, Effect::reads, Access::session,
          0},
    Route{Method::del, "/sessions/{session_id}", "end_session", Cost::light, Effect::writes,
          Access::session, 0},
    Route{Method::del, "/sessions", "end_all_sessions", Cost::light, Effect::writes,
          Access::session, 0},
    Route{Method::get, "/tasks", "get_tasks", Cost::light, Effect::reads, Access::session, 0},
    Route{Method::post, "/tasks", "create_task", Cost::light, Effect::writes, Access::session,
          kDefaultBodyLimit},
    Route{Method::get, "/tasks/{task_id}", "get_task", Cost::light, Effect::reads, Access::session,
          0},
    Route{Method::patch, "/tasks/{task_id}", "update_task", Cost::light, Effect::writes,
          Access::session, kDefaultBodyLimit},
    Route{Method::del, "/tasks/{task_id}", "delete_task", Cost::light, Effect::writes,
          Access::session, 0},
    Route{Method::post, "/tasks/{task_id}/restore", "restore_task", Cost::light, Effect::writes,
          Access::session, kDefaultBodyLimit},
};

}  // namespace tms::http
