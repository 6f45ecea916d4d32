#pragma once

#include <optional>
#include <string_view>

#include "backend/auth/users.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::auth {

// A sign-up until its code is confirmed. It reserves neither name nor address (CVE-2024-38351 was
// a record that did): several may wait for the same ones, and the first confirmed wins.

void insert_pending_signup(db::Transaction& transaction,
                           std::string_view flow,
                           const NewUser& user,
                           core::Timestamp now);

std::optional<NewUser> find_pending_signup(db::Transaction& transaction, std::string_view flow);

void delete_pending_signup(db::Transaction& transaction, std::string_view flow);

}  // namespace tms::auth
