#pragma once

#include <string_view>

namespace tms::handlers {

// The one rule about rights, as SQL. A row of list_members is the only thing that gives any; who
// made a task gives none. Inside a statement `s` is the session and `t` the task.

/// Reading: any role in the task's list.
inline constexpr std::string_view kIsMember = R"sql(exists (
    select 1
    from list_members member
    where member.user_id = s.user_id
      and member.list_id = t.list_id
  ))sql";

/// Writing: owner or editor of the task's list.
inline constexpr std::string_view kMayWrite = R"sql(exists (
    select 1
    from list_members member
    where member.user_id = s.user_id
      and member.list_id = t.list_id
      and member.role in ('owner', 'editor')
  ))sql";

/// The column `role` of list_members.
constexpr bool role_may_write(std::string_view role) {
  return role == "owner" || role == "editor";
}

}  // namespace tms::handlers
