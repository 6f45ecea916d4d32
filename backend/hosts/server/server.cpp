#include "backend/hosts/server/server.h"

#include <sys/resource.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <future>
#include <string>
#include <thread>

#include "backend/hosts/server/connection.h"
#include "backend/hosts/server/connection_counter.h"
#include "backend/hosts/server/tls_keys.h"

namespace tms::hosts {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// After an exception that no handler caught, on the thread that accepts.
constexpr std::chrono::milliseconds kPauseAfterFailure{10};

// One event loop, its thread, and the connections that live there.
struct IoThread {
  // Declared before the context: connections that die with it still leave the set.
  ConnectionSet connections;
  // One thread each: Asio needs no locks inside.
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(context);
  std::thread thread;
};

// Connections that the process may have: the limit, or what its descriptors allow.
std::size_t allowed_connections(std::size_t wanted, EventLog& log) {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return wanted;
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return wanted;
  const auto available = static_cast<std::size_t>(descriptors.rlim_cur);
  const std::size_t most =
      available > 2 * kReservedDescriptors ? available - kReservedDescriptors : available / 2;
  if (wanted <= most) return wanted;
  log.write(LogLevel::warn, "fewer_connections",
            {{"reason", "the limit of open files (ulimit -n) is lower than TMS_MAX_CONNECTIONS"},
             {"connections", static_cast<std::int64_t>(most)}});
  return most;
}

tcp::endpoint resolve(asio::io_context& context, const HostPort& listen) {
  error_code error;
  const auto address = asio::ip::make_address(listen.host, error);
  if (!error) return {address, listen.port};
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(listen.host, std::to_string(listen.port), error);
  if (error || found.empty()) {
    throw ListenFailed("TMS_LISTEN: there is no address for " + listen.host + ".");
  }
  return found.begin()->endpoint();
}

std::string explain(const error_code& error, const HostPort& listen) {
  const std::string place = listen.to_string();
  if (error == asio::error::address_in_use) {
    return "Port " + std::to_string(listen.port) + " is taken: another program listens on " +
           place + ". Stop it or set TMS_LISTEN to another port.";
  }
  if (error == asio::error::access_denied) {
    return "Not allowed to listen on " + place +
           ": ports below 1024 need privileges. Set TMS_LISTEN.";
  }
  return "Cannot listen on " + place + ": " + error.message() + ". Set TMS_LISTEN.";
}

// No SO_REUSEPORT: with it a second server would share the port silently.
void listen(tcp::acceptor& acceptor, const HostPort& address, const tcp::endpoint& endpoint) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) throw ListenFailed(explain(error, address));
}

// Null for plain HTTP.
std::unique_ptr<TlsKeys> make_tls_keys(const Settings& settings) {
  if (!settings.has_tls()) return nullptr;
  auto keys = std::make_unique<TlsKeys>(settings.tls_certificate, settings.tls_key);
  if (const auto loaded = keys->reload(); !loaded) throw ListenFailed(loaded.error().log.value);
  return keys;
}

bool is_out_of_resources(const error_code& error) {
  return error == asio::error::no_descriptors || error == asio::error::no_memory ||
         error == asio::error::no_buffer_space ||
         error == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

struct Server::Parts {
  Parts(const Settings& settings, Site& the_site, EventLog& the_log)
      : limits(settings.limits),
        site(the_site),
        log(the_log),
        counter(allowed_connections(limits.connections, log),
                limits.connections_per_address,
                settings.trusted_proxies),
        tls(make_tls_keys(settings)),
        context{site, limits, draining, tls.get(),
                [this](const IpAddress& peer) { on_close(peer); }},
        threads(settings.io_threads()),
        acceptor(threads.front().context),
        pause(threads.front().context) {
    listen(acceptor, settings.listen, resolve(threads.front().context, settings.listen));
    port = acceptor.local_endpoint().port();
  }

  // What a connection throws (no memory, no randomness) ends that connection, not the server.
  void run(IoThread& thread) {
    const bool accepts = &thread == &threads.front();
    while (true) {
      try {
        if (accepts) begin_accepting();
        thread.context.run();
        return;
      } catch (const std::exception& error) {
        log.write(LogLevel::error, "connection_failed", {{"reason", error.what()}});
        // Who begins again at once finds no more memory than before.
        if (accepts) std::this_thread::sleep_for(kPauseAfterFailure);
      }
    }
  }

  // The functions down to `hand_over` run on the first thread.

  // An exception may have cut the chain of accepts, even within Asio: whatever is left of it ends.
  void begin_accepting() {
    ++accept_round;
    error_code ignored;
    if (acceptor.is_open()) acceptor.cancel(ignored);
    pause.cancel();
    accept();
  }

  void accept() {
    if (!acceptor.is_open()) return;
    if (counter.is_full()) {
      full = true;
      // A connection may have closed before it could see the flag.
      if (counter.is_full()) return;
      full = false;
    }
    IoThread& target = threads.at(next_thread);
    next_thread = (next_thread + 1) % threads.size();
    acceptor.async_accept(target.context, [this, &target, round = accept_round](
                                              error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) hand_over(std::move(socket), target);
      if (round != accept_round) return;
      if (error) {
        on_accept_error(error);
      } else {
        accept();
      }
    });
  }

  void on_accept_error(const error_code& error) {
    if (!is_out_of_resources(error)) return accept();
    log.write(LogLevel::error, "accept_paused", {{"reason", error.message()}});
    pause.expires_after(kAcceptPause);
    pause.async_wait([this, round = accept_round](error_code stopped) {
      if (!stopped && round == accept_round) accept();
    });
  }

  void hand_over(tcp::socket socket, IoThread& target) {
    error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    const auto peer = error ? std::nullopt : IpAddress::parse(endpoint.address().to_string());
    // Gone already, or too many from one source: closes with the socket.
    if (!peer || !counter.enter(*peer)) return;
    socket.set_option(tcp::no_delay(true), error);
    try {
      asio::post(target.context,
                 [this, peer = *peer, &target, socket = std::move(socket)]() mutable {
                   Connection::start(std::move(socket), peer, context, target.connections);
                   if (draining) drain_connections(target);
                 });
    } catch (...) {
      counter.leave(*peer);
      throw;
    }
  }

  // On any I/O thread.
  void on_close(const IpAddress& peer) {
    counter.leave(peer);
    if (full.exchange(false)) asio::post(threads.front().context, [this] { accept(); });
  }

  static void drain_connections(IoThread& thread) {
    // A copy, because a connection that closes may leave the set.
    const std::vector<Connection*> all(thread.connections.begin(), thread.connections.end());
    for (Connection* connection : all)
      connection->drain();
  }

  static void abort_connections(IoThread& thread) {
    const std::vector<Connection*> all(thread.connections.begin(), thread.connections.end());
    for (Connection* connection : all)
      connection->abort();
  }

  // Returns when every thread has done it: what is only posted could come after the loop's end.
  template <class Action>
  void on_every_thread(Action action) {
    for (IoThread& thread : threads) {
      std::promise<void> done;
      asio::post(thread.context, [&] {
        action(thread);
        done.set_value();
      });
      done.get_future().wait();
    }
  }

  void stop() {
    if (stopped) return;
    stopped = true;
    site.drain();
    draining = true;
    if (threads.front().thread.joinable()) {
      const auto deadline = std::chrono::steady_clock::now() + limits.shutdown_timeout;
      on_every_thread([this](IoThread& thread) {
        if (&thread != &threads.front()) return;
        error_code ignored;
        acceptor.close(ignored);
        pause.cancel();
      });
      on_every_thread(drain_connections);
      if (!counter.wait_until_empty(deadline)) {
        log.write(LogLevel::warn, "connections_cut",
                  {{"connections", static_cast<std::int64_t>(counter.total())}});
        on_every_thread(abort_connections);
      }
      // Handlers cannot be stopped, only waited for; their own deadlines are short.
      site.wait_until_idle();
    }
    for (IoThread& thread : threads) {
      thread.work.reset();
      thread.context.stop();
      if (thread.thread.joinable()) thread.thread.join();
    }
    // Connections that end with their event loop must not wake the acceptor of another.
    full = false;
  }

  const ServerLimits limits;
  Site& site;
  EventLog& log;
  ConnectionCounter counter;
  std::atomic<bool> full{false};
  std::atomic<bool> draining{false};
  const std::unique_ptr<TlsKeys> tls;
  const ConnectionContext context;
  bool stopped = false;
  // On the first thread: which chain of accepts goes on.
  std::uint64_t accept_round = 0;
  std::size_t next_thread = 0;
  std::deque<IoThread> threads;
  tcp::acceptor acceptor;
  // Of its own, because other threads ask while the first one closes the acceptor.
  std::uint16_t port = 0;
  asio::steady_timer pause;
};

Server::Server(const Settings& settings, Site& site, EventLog& log)
    : parts_(std::make_unique<Parts>(settings, site, log)) {}

Server::~Server() {
  stop();
}

std::uint16_t Server::port() const {
  return parts_->port;
}

std::size_t Server::connections() const {
  return parts_->counter.total();
}

void Server::start() {
  for (IoThread& thread : parts_->threads) {
    thread.thread = std::thread([&thread, parts = parts_.get()] { parts->run(thread); });
  }
}

core::Result<void> Server::reload_certificate() {
  return parts_->tls ? parts_->tls->reload() : core::Result<void>();
}

void Server::stop() {
  parts_->stop();
}

}  // namespace tms::hosts
