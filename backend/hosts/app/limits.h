#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tms::hosts {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Every limit of the HTTP server, each with its reason. The value here is the default; the setting
/// is named beside it.
struct ServerLimits {
  // --- one request ---------------------------------------------------------------------------
  /// Request line and header fields together. API Gateway allows 10,240 bytes in all, so what works
  /// here works there. Above: 431. TMS_MAX_HEAD_BYTES
  std::size_t head_bytes = 8192;
  /// Header fields; a browser behind two proxies sends about 30. Above: 431. TMS_MAX_HEADER_FIELDS
  std::size_t header_fields = 64;
  /// From the first byte of a request to the end of its head, absolute and not re-armed by each
  /// byte, or one byte a second holds a connection for hours. TMS_HEAD_TIMEOUT
  seconds head_timeout{5};
  /// From accept to the end of the first head: a connection that says nothing is no client.
  /// TMS_FIRST_HEAD_TIMEOUT
  seconds first_head_timeout{10};
  /// For the whole body, absolute: 64 KB in 10 s is slower than any mobile network. TMS_BODY_TIMEOUT
  seconds body_timeout{10};
  /// Handed to the queue, the pool and the database: a person has given up by then. TMS_REQUEST_TIMEOUT
  seconds request_timeout{10};
  /// For the whole answer: slow readers do not keep memory. TMS_WRITE_TIMEOUT
  seconds write_timeout{15};

  // --- one connection --------------------------------------------------------------------------
  /// Silence between two requests: longer than a page's pauses between clicks would save little,
  /// since a new connection costs one round trip. TMS_KEEP_ALIVE_TIMEOUT
  seconds keep_alive_timeout{30};
  /// Requests of one connection, so that load spreads over the threads again. TMS_KEEP_ALIVE_REQUESTS
  std::size_t keep_alive_requests = 1000;
  /// Life of one connection, for the same reason. TMS_CONNECTION_LIFETIME
  seconds connection_lifetime{600};

  // --- all connections -------------------------------------------------------------------------
  /// At this many the server stops accepting (the kernel's queue holds the rest) instead of
  /// accepting and closing, which clients would answer by trying again at once. Lowered at start to
  /// what RLIMIT_NOFILE leaves. About 10 KB each. TMS_MAX_CONNECTIONS
  std::size_t connections = 12'000;
  /// From one source (IPv4 address, IPv6 /64): an office behind one address needs dozens, a flood
  /// thousands. 0 switches it off; never counted for a trusted proxy. TMS_MAX_CONNECTIONS_PER_ADDRESS
  std::size_t connections_per_address = 100;

  // --- threads and queues ----------------------------------------------------------------------
  /// Threads that read and write sockets; 0: as many as cores. On SQLite they run light reads too.
  /// TMS_IO_THREADS
  std::size_t io_threads = 0;
  /// PostgreSQL: workers, one connection each. Two cores that PostgreSQL shares did 5 to 15 % more with 8
  /// than with 16. TMS_WORKER_THREADS
  std::size_t worker_threads = 8;
  /// PostgreSQL: requests that wait for a worker. At 1 ms each the 1,024th waits 64 ms.
  /// TMS_WORKER_QUEUE
  std::size_t worker_queue = 1024;
  /// A request that waited this long for a worker is answered 503: the database hangs, and the
  /// client's retry is worth more than his place in the queue. TMS_WORKER_MAX_WAIT_MS
  milliseconds worker_max_wait{1000};
  /// PostgreSQL: the longest transaction of a request. With the wait above an answer comes within
  /// 3 s though the network has swallowed the connection. TMS_DATABASE_TIMEOUT_MS
  milliseconds database_timeout{1800};
  /// Threads that run routes which hash passwords. More than may hash at a time, because they also
  /// wait for the database. TMS_HASHING_THREADS
  std::size_t hashing_threads = 8;
  /// Hashing routes that wait for a thread; 0: as many as are hashed within 3 s, see
  /// hashing_queue_for. Above: 503. TMS_HASHING_QUEUE
  std::size_t hashing_queue = 0;
  /// Hashes computed at a time; 0: cores - 1, at least 1, so that one core is left for everybody
  /// who does not log in. TMS_HASHING_PERMITS
  std::size_t hashing_permits = 0;

  // --- stopping --------------------------------------------------------------------------------
  /// Requests in flight at SIGTERM get this long. As long as a request may take.
  /// TMS_SHUTDOWN_TIMEOUT
  seconds shutdown_timeout{10};
};

/// Asio retries accept at once when the process has no descriptor left, and spins; so the server
/// pauses.
inline constexpr milliseconds kAcceptPause{100};

/// After a refused body the connection is closed only when the client has stopped sending or this
/// much time or data has passed: closing at once would reset the connection and could destroy the
/// answer on its way (RFC 9112 section 9.6).
inline constexpr seconds kLingerTimeout{2};
inline constexpr std::size_t kLingerBytes = std::size_t{1024} * 1024;

/// What one read of a socket takes at most; a usual request is below 2 KB.
inline constexpr std::size_t kReadBytes = 4096;

/// Descriptors that are no client connections: databases, files, logs, mail, libraries.
inline constexpr std::size_t kReservedDescriptors = 200;

/// Jobs that `permits` cores hash within 3 s at a bcrypt cost, at least 4: a longer queue only makes
/// people wait for an answer they no longer expect. Measured: 200.7 ms at cost 12 on one core,
/// doubling with each step.
constexpr std::size_t hashing_queue_for(std::size_t permits, int bcrypt_cost) {
  const double milliseconds_each =
      200.7 * (bcrypt_cost >= 12
                   ? static_cast<double>(1U << static_cast<unsigned>(bcrypt_cost - 12))
                   : 1.0 / static_cast<double>(1U << static_cast<unsigned>(12 - bcrypt_cost)));
  const double jobs = static_cast<double>(permits) * 3000.0 / milliseconds_each;
  return static_cast<std::size_t>(std::clamp(jobs, 4.0, 1024.0));
}

}  // namespace tms::hosts
