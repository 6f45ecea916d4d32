#pragma once

#include "backend/auth/secret.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/db/database.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// Where the settings say that the secret is; a missing file is not made.
auth::SecretSource secret_source(const Settings& settings);

/// The secret of the settings, compared with the (migrated) database. On the very first start with
/// SQLite the file is made. The error's log text says what to do.
core::Result<auth::Secret> secret_of_database(const Settings& settings,
                                              db::Database& database,
                                              core::Random& random);

}  // namespace tms::hosts
