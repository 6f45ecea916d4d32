#pragma once

#include <map>
#include <string>
#include <string_view>

#include "backend/auth/secret.h"
#include "backend/core/result.h"
#include "backend/db/database.h"

namespace tms::auth {

/// Whether a secret has ever been used with this database. Then a missing secret file must not be
/// replaced by a new one: every password would be worth nothing.
bool has_secret_fingerprint(db::Database& database, core::Deadline deadline);

/// Ties the database to the secret. The first start notes the fingerprint of every key; later ones
/// note keys that are new and refuse a secret that shares no key with the database, or that gives a
/// known id another key. The error's log text says what to do.
core::Result<void> check_secret(db::Database& database,
                                const Secret& secret,
                                core::Deadline deadline);

/// The same comparison with the rows of the table `installation` as a backup holds them.
core::Result<void> compare_secret(const std::map<std::string, std::string>& installation,
                                  const Secret& secret);

/// The same comparison for a check: notes nothing.
core::Result<void> compare_secret(db::Database& database,
                                  const Secret& secret,
                                  core::Deadline deadline);

/// Whether a row of that table is about the secret.
bool is_secret_fingerprint(std::string_view name);

}  // namespace tms::auth
