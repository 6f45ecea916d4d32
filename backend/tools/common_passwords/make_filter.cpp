// tms_make_common_passwords LIST FILTER: run by the build; reads passwords, one a line, and writes
// the bits of a Bloom filter that holds those which the rule on length would let through.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "backend/auth/bloom_filter.h"

namespace {

/// Shorter ones are refused for their length (ASVS 6.2.1).
constexpr std::size_t kMinBytes = 8;
/// One random password in 2,500 is refused for nothing: 16.3 bits for each in the list. Two
/// look-ups a password (see common_passwords.cpp) stay below one in 1,000.
constexpr double kFalsePositives = 4e-4;

std::vector<std::string> read_passwords(std::istream& input) {
  std::vector<std::string> passwords;
  for (std::string line; std::getline(input, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.size() >= kMinBytes) passwords.push_back(line);
  }
  return passwords;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: tms_make_common_passwords LIST FILTER\n";
    return EXIT_FAILURE;
  }
  std::ifstream list(arguments[1], std::ios::binary);
  const auto passwords = read_passwords(list);
  if (passwords.empty()) {
    std::cerr << "no passwords in " << arguments[1] << '\n';
    return EXIT_FAILURE;
  }
  const auto bits = tms::auth::make_bloom_filter(passwords, kFalsePositives);
  std::ofstream filter(arguments[2], std::ios::binary);
  filter.write(reinterpret_cast<const char*>(bits.data()),
               static_cast<std::streamsize>(bits.size()));
  filter.close();
  if (!filter) {
    std::cerr << "cannot write " << arguments[2] << '\n';
    return EXIT_FAILURE;
  }
  std::cout << passwords.size() << " common passwords, " << bits.size() << " bytes\n";
  return EXIT_SUCCESS;
}
