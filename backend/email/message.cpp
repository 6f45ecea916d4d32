#include "backend/email/message.h"

#include <stdexcept>
#include <vector>

namespace tms::email {
namespace {

constexpr std::string_view kProduct = "Task Management System";

// A mail is a few paragraphs, and perhaps a code that stands alone on its line.
struct Draft {
  std::string subject;
  std::vector<std::string> before;
  std::string code;
  std::vector<std::string> after;
};

std::string greeting(const MailJob& job) {
  return job.username.empty() ? "Hello," : "Hello " + job.username + ",";
}

Draft signup_code(const MailJob& job, const MessageContext& context) {
  const std::string minutes = std::to_string(context.code_minutes);
  return {
      "Your code to sign up",
      {greeting(job), "Enter this code to confirm your address and finish signing up:"},
      context.code,
      {"The code works for " + minutes + " minutes and once only.",
       "If it was not you who signed up, ignore this mail: without the code\nnothing happens."}};
}

Draft reset_code(const MailJob& job, const MessageContext& context) {
  const std::string minutes = std::to_string(context.code_minutes);
  return {"Your code to set a new password",
          {greeting(job), "Enter this code to set a new password:"},
          context.code,
          {"The code works for " + minutes +
               " minutes and once only. Nobody from our side will\never ask you for it.",
           "If it was not you who asked, ignore this mail: your password stays as\nit is."}};
}

Draft already_registered(const MailJob& job, const MessageContext& context) {
  return {
      "You already have an account",
      {greeting(job),
       "Someone, perhaps you, tried to sign up with this address. There is\nalready an account for "
       "it.",
       "To get in, log in or choose \"Forgot password?\" here:\n" + context.public_url + "/login"},
      "",
      {"If it was not you, ignore this mail: nothing has changed."}};
}

Draft password_changed(const MailJob& job, const MessageContext& context) {
  return {"Your password was changed",
          {greeting(job),
           "The password of your account was changed just now, and other devices\nwere signed out.",
           "If it was you, there is nothing to do."},
          "",
          {"If it was not you, set a new password at once:\n" + context.public_url +
           "/forgot-password"}};
}

Draft draft_of(const MailJob& job, const MessageContext& context) {
  switch (job.kind) {
    case MailKind::signup_code:
      return signup_code(job, context);
    case MailKind::reset_code:
      return reset_code(job, context);
    case MailKind::already_registered:
      return already_registered(job, context);
    case MailKind::password_changed:
      return password_changed(job, context);
    case MailKind::nothing:
      break;
  }
  throw std::logic_error("a mail of kind 'nothing' has no text");
}

std::string as_text(const Draft& draft) {
  std::string text;
  for (const std::string& paragraph : draft.before)
    text += paragraph + "\n\n";
  if (!draft.code.empty()) text += "    " + draft.code + "\n\n";
  for (const std::string& paragraph : draft.after)
    text += paragraph + "\n\n";
  text += "-- \n";
  text += kProduct;
  text += '\n';
  return text;
}

std::string html_paragraph(const std::string& paragraph) {
  std::string html = "<p>";
  for (const char character : escape_html(paragraph)) {
    if (character == '\n') html += "<br>";
    html += character;
  }
  return html + "</p>\n";
}

std::string as_html(const Draft& draft) {
  std::string html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>" +
                     escape_html(draft.subject) +
                     "</title></head>\n<body style=\"font:16px/1.5 sans-serif;color:#1d1e20\">\n";
  for (const std::string& paragraph : draft.before)
    html += html_paragraph(paragraph);
  if (!draft.code.empty()) {
    html += "<p style=\"font:600 28px/1.4 monospace;letter-spacing:2px\">" +
            escape_html(draft.code) + "</p>\n";
  }
  for (const std::string& paragraph : draft.after)
    html += html_paragraph(paragraph);
  html += "<p style=\"color:#5d6066\">" + std::string(kProduct) + "</p>\n</body></html>\n";
  return html;
}

Message message_of(const Draft& draft, std::string recipient) {
  Message message;
  message.recipient = std::move(recipient);
  message.subject = draft.subject;
  message.text = as_text(draft);
  message.html = as_html(draft);
  return message;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char character : text) {
    switch (character) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += character;
    }
  }
  return html;
}

Message compose_message(const MailJob& job, const MessageContext& context) {
  return message_of(draft_of(job, context), job.recipient);
}

Message compose_test_message(const std::string& recipient, const std::string& public_url) {
  return message_of(
      {"Test mail",
       {"Hello,", "this is a test. Mail from this server reaches you:\n" + public_url},
       "",
       {"There is nothing to do."}},
      recipient);
}

}  // namespace tms::email
