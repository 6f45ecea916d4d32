#include "backend/db/postgres/segment_results.h"

#include <libpq-fe.h>

#include "backend/db/postgres/result_row.h"

namespace tms::db::postgres {

ServerError error_of(const pg_result* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return {state == nullptr ? "" : state, message == nullptr ? "" : message};
}

bool SegmentResults::take(const pg_result* result) {
  switch (PQresultStatus(result)) {
    case PGRES_PIPELINE_SYNC:
      return false;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
      succeed(result);
      break;
    case PGRES_PIPELINE_ABORTED:
      break;
    default:
      if (!error_) {
        error_ = error_of(result);
        failed_at_ = step_;
      }
  }
  seen_ = true;
  return true;
}

void SegmentResults::succeed(const pg_result* result) {
  if (step_ >= steps_.size()) return;
  done_[step_] = true;
  const Step& step = steps_[step_];
  if (step.prepares) return;
  rows_ = static_cast<std::size_t>(PQntuples(result));
  const std::vector<unsigned> types = column_types(result);
  for (int row = 0; row < PQntuples(result) && !visitor_error_; ++row) {
    try {
      step.request->visit(ResultRow(result, types, row, step.request->statement->name));
    } catch (...) {
      visitor_error_ = std::current_exception();
    }
  }
}

void SegmentResults::end_statement() {
  if (seen_) ++step_;
  seen_ = false;
}

std::vector<const Statement*> SegmentResults::not_prepared() const {
  std::vector<const Statement*> statements;
  for (std::size_t index = 0; index < steps_.size(); ++index) {
    if (steps_[index].prepares && !done_[index]) {
      statements.push_back(steps_[index].request->statement);
    }
  }
  return statements;
}

std::size_t SegmentResults::finish() const {
  if (error_) {
    const bool known = failed_at_ < steps_.size();
    throw_error(*error_, known ? steps_[failed_at_].request->statement->name : "statement");
  }
  if (visitor_error_) std::rethrow_exception(visitor_error_);
  return rows_;
}

}  // namespace tms::db::postgres
