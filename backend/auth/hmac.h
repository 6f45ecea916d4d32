#pragma once

#include "backend/core/hmac.h"

namespace tms::auth {

using core::Digest;
using core::hmac_sha256;

}  // namespace tms::auth
