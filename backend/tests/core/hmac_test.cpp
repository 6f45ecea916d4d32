#include "backend/core/hmac.h"

#include <gtest/gtest.h>

#include "backend/core/encoding.h"

namespace tms::tests {
namespace {

TEST(Hmac, agrees_with_the_example_of_rfc_4231) {
  const auto digest =
      core::hmac_sha256(core::as_bytes("Jefe"), core::as_bytes("what do ya want for nothing?"));
  EXPECT_EQ(core::hex_encode(digest),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Hmac, takes_an_empty_message) {
  EXPECT_EQ(core::hex_encode(core::hmac_sha256(core::as_bytes("key"), {})),
            "5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0");
}

}  // namespace
}  // namespace tms::tests
