#include "backend/tests/support/certificate.h"

#include <cstdlib>
#include <stdexcept>

namespace tms::tests {

Certificate make_certificate(const std::filesystem::path& folder,
                             const std::string& file_name,
                             const std::string& names) {
  const Certificate made{folder / (file_name + ".pem"), folder / (file_name + "-key.pem")};
  const std::string command =
      "umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
      "-subj /CN=" +
      file_name + " -addext subjectAltName=" + names + " -keyout " + made.key.string() + " -out " +
      made.certificate.string() + " 2>/dev/null";
  if (std::system(command.c_str()) != 0)
    throw std::runtime_error("openssl cannot make a certificate");
  return made;
}

}  // namespace tms::tests
