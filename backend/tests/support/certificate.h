#pragma once

#include <filesystem>
#include <string>

namespace tms::tests {

/// A certificate that signs itself, so that it is its own root, and its key; PEM files.
struct Certificate {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

/// Made by openssl, valid from now for two days. `names` as in subjectAltName: "DNS:localhost".
Certificate make_certificate(const std::filesystem::path& folder,
                             const std::string& file_name,
                             const std::string& names);

}  // namespace tms::tests
