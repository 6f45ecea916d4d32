#include "backend/auth/hash_gate.h"

#include <algorithm>
#include <thread>

#include "backend/db/database.h"

namespace tms::auth {

std::size_t hashes_at_once() {
  return std::max<std::size_t>(std::thread::hardware_concurrency(), 2) - 1;
}

HashGate::Pass::Pass(HashGate& gate, core::Deadline deadline) : gate_(gate) {
  std::unique_lock lock(gate_.mutex_);
  const auto is_free = [this] { return gate_.free_ > 0; };
  // wait_until() of a far deadline overflows inside the library; none is waited for without end.
  if (deadline == core::Deadline::max()) {
    gate_.place_free_.wait(lock, is_free);
  } else if (!gate_.place_free_.wait_until(lock, deadline, is_free)) {
    throw db::Unavailable("no hash could begin before the request's deadline",
                          std::chrono::seconds(2), db::Unavailable::Reason::overloaded);
  }
  --gate_.free_;
}

HashGate::Pass::~Pass() {
  {
    const std::scoped_lock lock(gate_.mutex_);
    ++gate_.free_;
  }
  gate_.place_free_.notify_one();
}

}  // namespace tms::auth
