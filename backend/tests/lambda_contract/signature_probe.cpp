// Signs what comes as JSON lines and prints what it made: test_signatures.py compares it with botocore.
#include <iostream>
#include <string>

#include "backend/aws/sigv4.h"
#include "backend/http/json_value.h"
#include "backend/http/json_writer.h"

namespace {

using tms::http::JsonValue;

std::string text(const JsonValue& object, std::string_view name) {
  return *object.find(name)->as_string();
}

void answer(const JsonValue& in, tms::http::JsonWriter& out) {
  const tms::aws::Credentials credentials{text(in, "access_key_id"), text(in, "secret_access_key"),
                                          text(in, "session_token")};
  const auto now = tms::core::from_micros(*in.find("time")->as_integer() * 1'000'000);
  if (text(in, "kind") == "rds") {
    out.member("token", tms::aws::rds_login_token(
                            text(in, "host"), static_cast<int>(*in.find("port")->as_integer()),
                            text(in, "user"), text(in, "region"), credentials, now));
    return;
  }
  const std::string host = text(in, "host");
  const std::string path = text(in, "path");
  const std::string body = text(in, "body");
  const std::string service = text(in, "service");
  const std::string region = text(in, "region");
  tms::aws::SigningRequest request{"POST", host, path, {}, body, service, region};
  for (const auto& [name, value] : *in.find("headers")->as_object())
    request.headers.emplace_back(name, *value.as_string());
  for (const auto& [name, value] : tms::aws::sign_headers(request, credentials, now))
    out.member(name, value);
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto in = tms::http::parse_json(line);
    if (!in) return 1;
    tms::http::JsonWriter out;
    out.begin_object();
    answer(*in, out);
    out.end_object();
    std::cout << std::move(out).take() << '\n';
  }
  return 0;
}
