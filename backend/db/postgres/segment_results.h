#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <vector>

#include "backend/db/postgres/postgres_error.h"
#include "backend/db/postgres/statement_request.h"

struct pg_result;

namespace tms::db::postgres {

/// One result to come: of a request, or of preparing its statement.
struct Step {
  const StatementRequest* request;
  bool prepares;
};

/// What the server says first about a failed statement.
ServerError error_of(const pg_result* result);

/// Takes the results of one pipeline segment apart. All up to its end must be read before anybody
/// may hear of an error, the server's or a visitor's.
class SegmentResults {
 public:
  explicit SegmentResults(std::span<const Step> steps)
      : steps_(steps), done_(steps.size(), false) {}

  /// Returns false at the end of the segment.
  bool take(const pg_result* result);

  /// The null that ends the results of one statement.
  void end_statement();

  /// The first error that the server reported.
  [[nodiscard]] const std::optional<ServerError>& error() const { return error_; }

  /// The statements whose preparation was skipped or failed.
  [[nodiscard]] std::vector<const Statement*> not_prepared() const;

  /// Throws the first error; returns the number of rows of the last statement.
  [[nodiscard]] std::size_t finish() const;

 private:
  void succeed(const pg_result* result);

  std::span<const Step> steps_;
  std::vector<bool> done_;
  std::size_t step_ = 0;
  bool seen_ = false;
  std::size_t rows_ = 0;
  std::optional<ServerError> error_;
  std::size_t failed_at_ = 0;
  std::exception_ptr visitor_error_;
};

}  // namespace tms::db::postgres
