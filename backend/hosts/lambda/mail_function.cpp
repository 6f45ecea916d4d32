#include "backend/hosts/lambda/mail_function.h"

#include "backend/auth/one_time_codes.h"
#include "backend/email/ses_transport.h"
#include "backend/hosts/lambda/send_mail_function.h"
#include "backend/hosts/lambda/service_clients.h"

namespace tms::lambda {
namespace {

auth::CodePurpose purpose_of(const email::MailJob& job) {
  return job.kind == email::MailKind::reset_code ? auth::CodePurpose::reset
                                                 : auth::CodePurpose::signup;
}

class MailFunction final : public Function {
 public:
  MailFunction(const FunctionContext& context, const auth::Secret& code_key, email::Sender sender)
      : codes_(code_key.keys(auth::KeyPurpose::one_time_codes)),
        ses_(make_service_client(context, "ses", context.settings.ses_endpoint)),
        transport_(*ses_, {std::move(sender), context.settings.configuration_set}),
        send_mail_({context.clock, transport_,
                    [this](const email::MailJob& job) {
                      return codes_.code(purpose_of(job), job.flow, job.generation);
                    },
                    [&log = context.log](const std::string& line) {
                      log.write(hosts::LogLevel::info, "mail", {{"text", std::string_view(line)}});
                    },
                    address(context.settings), minutes(context.settings)}) {}
  MailFunction(const MailFunction&) = delete;
  MailFunction& operator=(const MailFunction&) = delete;

  std::string handle(const Invocation& invocation) override {
    send_mail_.handle(invocation.event);
    return "{}";
  }

 private:
  static std::string address(const FunctionSettings& settings) {
    return settings.public_url ? settings.public_url->origin() : std::string();
  }

  static int minutes(const FunctionSettings& settings) {
    return static_cast<int>(
        std::chrono::ceil<std::chrono::minutes>(settings.throttles.code_life).count());
  }

  auth::OneTimeCodes codes_;
  std::unique_ptr<aws::ServiceClient> ses_;
  email::SesTransport transport_;
  SendMailFunction send_mail_;
};

}  // namespace

core::Result<std::unique_ptr<Function>> make_mail_function(const FunctionContext& context,
                                                           const FunctionKeys& keys) {
  auto sender = email::Sender::parse(context.settings.mail_from);
  if (keys.code && sender) {
    return std::unique_ptr<Function>(
        std::make_unique<MailFunction>(context, *keys.code, *std::move(sender)));
  }
  core::Error error;
  error.log.value = keys.code ? "TMS_MAIL_FROM is no address" : "TMS_CODE_KEY_PARAMETER is missing";
  return error;
}

}  // namespace tms::lambda
