#include "backend/hosts/server/version.h"

namespace tms::hosts {

std::string_view version() {
  return TMS_VERSION;
}

}  // namespace tms::hosts
