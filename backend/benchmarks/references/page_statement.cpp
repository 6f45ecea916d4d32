// tms_page_statement: prints the SQL with which PostgreSQL reads the first page of tasks, so that
// pgbench runs the very statement of the server.

#include <iostream>

#include "backend/handlers/tasks/task_page_statements.h"

int main() {
  using tms::handlers::page_statement;
  std::cout << page_statement(tms::validators::Sort::created_descending, false)
                   .text(tms::db::Engine::postgres);
}
