#include "backend/hosts/lambda/function_keys.h"

#include <algorithm>
#include <stdexcept>

#include "backend/auth/ec_token_key.h"
#include "backend/aws/parameter_store.h"
#include "backend/hosts/lambda/service_clients.h"

namespace tms::lambda {
namespace {

// Init has 10 s in all.
constexpr std::chrono::seconds kReadTime{8};

core::Error wrong(std::string log) {
  core::Error error;
  error.log.value = std::move(log);
  return error;
}

std::map<std::string, std::string> read_from_ssm(const FunctionContext& context) {
  std::vector<std::string> names;
  const FunctionSettings& settings = context.settings;
  for (const std::string* name : {&settings.password_key_parameter, &settings.code_key_parameter,
                                  &settings.token_key_parameter}) {
    if (!name->empty()) names.push_back(*name);
  }
  if (names.empty()) return {};
  const auto ssm = make_service_client(context, "ssm", settings.ssm_endpoint);
  return aws::read_parameters(*ssm, names, std::chrono::steady_clock::now() + kReadTime);
}

std::string_view first_key_id(std::string_view public_keys) {
  return public_keys.substr(0, public_keys.find(':'));
}

// id:base64,id:base64 with the signing key's first. The base64 is the inside of a PEM file.
std::vector<std::shared_ptr<const auth::TokenVerificationKey>> parse_public_keys(
    std::string_view text) {
  std::vector<std::shared_ptr<const auth::TokenVerificationKey>> keys;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const auto colon = item.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      throw std::invalid_argument("TMS_TOKEN_PUBLIC_KEYS is not of the form id:base64,…");
    }
    const std::string pem = "-----BEGIN PUBLIC KEY-----\n" + std::string(item.substr(colon + 1)) +
                            "\n-----END PUBLIC KEY-----\n";
    keys.push_back(
        std::make_shared<auth::EcVerificationKey>(std::string(item.substr(0, colon)), pem));
  }
  return keys;
}

// Tokens that no other function accepts would sign everybody out one by one.
bool is_pair(const auth::TokenSigningKey& key,
             const std::vector<std::shared_ptr<const auth::TokenVerificationKey>>& public_keys) {
  constexpr std::string_view kProbe = "probe";
  return !public_keys.empty() && public_keys.front()->verify(kProbe, key.sign(kProbe));
}

core::Result<std::optional<auth::Secret>> parse_secret(
    const std::map<std::string, std::string>& values, const std::string& name) {
  if (name.empty()) return std::optional<auth::Secret>();
  auto secret = auth::Secret::parse(values.at(name));
  if (!secret) return wrong("the parameter " + name + " holds no key: " + secret.error().log.value);
  return std::optional<auth::Secret>(*secret);
}

}  // namespace

core::Result<FunctionKeys> read_function_keys(const FunctionContext& context) {
  const FunctionSettings& settings = context.settings;
  const auto values = read_from_ssm(context);
  FunctionKeys keys;

  auto password = parse_secret(values, settings.password_key_parameter);
  if (!password) return password.error();
  keys.password = *password;
  auto code = parse_secret(values, settings.code_key_parameter);
  if (!code) return code.error();
  keys.code = *code;
  for (const std::string& name : {settings.password_key_parameter, settings.code_key_parameter}) {
    if (!name.empty()) keys.secret_lines += values.at(name) + "\n";
  }

  try {
    keys.public_tokens = parse_public_keys(settings.token_public_keys);
    if (!settings.token_key_parameter.empty()) {
      keys.token = std::make_shared<auth::EcSigningKey>(
          std::string(first_key_id(settings.token_public_keys)),
          values.at(settings.token_key_parameter));
    }
  } catch (const std::invalid_argument& invalid) {
    return wrong(invalid.what());
  }
  if (keys.token && !is_pair(*keys.token, keys.public_tokens)) {
    return wrong("the parameter " + settings.token_key_parameter +
                 " is not the private key of the first of TMS_TOKEN_PUBLIC_KEYS");
  }
  return keys;
}

}  // namespace tms::lambda
