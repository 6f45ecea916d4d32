// tms_bare_hashing THREADS COST SECONDS: bcrypt by libxcrypt alone on so many threads. Prints JSON.

#include <crypt.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

// As long as what the server gives to bcrypt: base64 of 32 bytes.
constexpr const char* kPassword = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh";

/// Hashes a second of one thread, measured over whole hashes.
double hash_for(const std::string& setting, double seconds) {
  const auto data = std::make_unique<crypt_data>();
  const auto began = Clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - began).count(); };
  int hashes = 0;
  while (hashes == 0 || passed() < seconds) {
    const char* hash = crypt_r(kPassword, setting.c_str(), data.get());
    if (hash == nullptr || hash[0] != '$') throw std::runtime_error("crypt_r failed");
    ++hashes;
  }
  return hashes / passed();
}

void run(int threads, unsigned long cost, double seconds) {
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  if (crypt_gensalt_rn("$2b$", cost, nullptr, 0, setting.data(),
                       static_cast<int>(setting.size())) == nullptr) {
    throw std::runtime_error("crypt_gensalt_rn failed");
  }
  std::vector<double> rates(static_cast<std::size_t>(threads));
  std::vector<std::thread> running;
  running.reserve(rates.size());
  for (double& rate : rates)
    running.emplace_back([&] { rate = hash_for(setting.data(), seconds); });
  for (std::thread& thread : running)
    thread.join();
  double sum = 0;
  for (const double rate : rates)
    sum += rate;
  std::cout << "{\"rate\": " << sum << "}\n";
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const std::vector<std::string> words(arguments, arguments + count);
    if (words.size() != 4) throw std::runtime_error("THREADS COST SECONDS");
    run(std::stoi(words[1]), std::stoul(words[2]), std::stod(words[3]));
  } catch (const std::exception& error) {
    std::cerr << "tms_bare_hashing: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
