#include "backend/email/invoke_mail_queue.h"

#include <utility>

#include "backend/email/mail_event.h"

namespace tms::email {
namespace {

constexpr std::chrono::seconds kInvokeTime{5};

}  // namespace

void InvokeMailQueue::enqueue(db::Transaction& transaction, const MailJob& job) {
  transaction.after_commit([this, job] { invoke(job); });
}

void InvokeMailQueue::invoke(const MailJob& job) {
  try {
    const aws::HttpResponse response = lambda_.post(
        "/2015-03-31/functions/" + function_ + "/invocations", {{"x-amz-invocation-type", "Event"}},
        encode_mail_event(job), std::chrono::steady_clock::now() + kInvokeTime);
    if (response.status != 202) {
      failure_ = "send_mail was not taken: " + std::to_string(response.status) + " " +
                 aws::error_type(response);
    }
  } catch (const aws::HttpFailure& failure) {
    failure_ = std::string("send_mail was not taken: ") + failure.what();
  }
}

std::string InvokeMailQueue::take_failure() {
  return std::exchange(failure_, {});
}

}  // namespace tms::email
