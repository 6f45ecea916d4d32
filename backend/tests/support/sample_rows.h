#pragma once

#include "backend/db/database.h"

namespace tms::tests {

/// Puts rows of every kind into an empty, migrated database: users (one locked, one with an id far
/// up), a shared list, tasks of every status, in the trash, of a deleted user, with texts that are
/// hard to write down; and a session, a code flow, a pending sign-up, a mail and a throttle.
void add_sample_rows(db::Database& database);

/// Tasks of the sample's first list, in one transaction.
void add_sample_tasks(db::Database& database, int count);

}  // namespace tms::tests
