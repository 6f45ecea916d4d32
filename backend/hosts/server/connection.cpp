#include "backend/hosts/server/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <ctime>
#include <optional>
#include <utility>

#include "backend/hosts/server/http_head.h"
#include "backend/hosts/server/maybe_tls_stream.h"
#include "backend/hosts/server/response_head.h"
#include "backend/hosts/server/tls_keys.h"

namespace tms::hosts {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// A chunk's header line, its extensions and the trailers have to fit into the read buffer.
constexpr std::size_t kMostChunkHeader = 1024;

// Callbacks instead of a coroutine: g++ 12 destroys some temporaries of `co_await` twice. They stand
// in the order in which they run.
class BeastConnection final : public Connection {
 public:
  BeastConnection(asio::ip::tcp::socket socket,
                  const IpAddress& peer,
                  const ConnectionContext& context,
                  ConnectionSet& set)
      : stream_(std::move(socket)),
        buffer_(context.limits.head_bytes + kReadBytes),
        peer_(peer),
        context_(context),
        set_(set),
        scanner_(context.limits),
        accepted_(Clock::now()) {
    set_.insert(this);
  }

  ~BeastConnection() override {
    set_.erase(this);
    context_.on_close(peer_);
  }

  // The handshake is part of the time until the first head.
  void run() {
    deadline_ = accepted_ + context_.limits.first_head_timeout;
    if (context_.tls == nullptr) return read_head();
    idle_ = true;
    stream_.tcp().expires_at(deadline_);
    stream_.async_handshake(context_.tls->new_session(), [self = self()](error_code error) {
      if (!error) self->read_head();
    });
  }

  void drain() override {
    if (idle_) abort();
  }

  void abort() override {
    error_code ignored;
    stream_.tcp().socket().close(ignored);
  }

 private:
  std::shared_ptr<BeastConnection> self() {
    return std::static_pointer_cast<BeastConnection>(shared_from_this());
  }

  static std::string_view view(const beast::flat_buffer& buffer) {
    return {static_cast<const char*>(buffer.data().data()), buffer.size()};
  }

  void next_request() {
    scanner_ = HeadScanner(context_.limits);
    if (buffer_.size() == 0) {
      deadline_ = Clock::now() + context_.limits.keep_alive_timeout;
    } else {
      deadline_ = Clock::now() + context_.limits.head_timeout;
    }
    scan_head();
  }

  void read_head() {
    idle_ = buffer_.size() == 0;
    // Absolute: set to the same moment before each read, however many bytes come.
    stream_.tcp().expires_at(deadline_);
    stream_.async_read_some(buffer_.prepare(kReadBytes),
                            [self = self()](error_code error, std::size_t bytes) {
                              if (!error) self->on_head_bytes(bytes);
                            });
  }

  void on_head_bytes(std::size_t bytes) {
    if (buffer_.size() == 0) {
      const auto from_first_byte = Clock::now() + context_.limits.head_timeout;
      deadline_ = requests_ == 0 ? std::min(deadline_, from_first_byte) : from_first_byte;
    }
    buffer_.commit(bytes);
    scan_head();
  }

  void scan_head() {
    idle_ = false;
    switch (scanner_.scan(view(buffer_))) {
      case HeadScanner::Progress::incomplete:
        return read_head();
      case HeadScanner::Progress::refused:
        return refuse_head(scanner_.problem());
      case HeadScanner::Progress::complete:
        return on_head();
    }
  }

  void on_head() {
    ++requests_;
    const std::string_view text =
        view(buffer_).substr(scanner_.begin(), scanner_.end() - scanner_.begin());
    auto parsed = parse_head(text, context_.limits);
    if (const auto* problem = std::get_if<HeadProblem>(&parsed)) return refuse_head(*problem);
    const auto& head = std::get<RequestHead>(parsed);
    is_head_request_ = head.method == "HEAD";
    close_after_ = head.closes || context_.draining ||
                   requests_ >= context_.limits.keep_alive_requests ||
                   Clock::now() >= accepted_ + context_.limits.connection_lifetime;
    exchange_ = context_.site.begin(head, peer_);
    if (head.has_body()) return on_body_announced(head);
    buffer_.consume(scanner_.end());
    serve();
  }

  void refuse_head(const HeadProblem& problem) {
    close_after_ = true;
    write(context_.site.refuse_head(problem, peer_));
  }

  void on_body_announced(const RequestHead& head) {
    // A body that nobody wants is read only when it is small and on its way already: then the
    // connection can go on.
    const bool unwanted = exchange_->answer.has_value();
    const bool too_large = head.content_length.value_or(0) > exchange_->body_limit;
    if (unwanted && (too_large || head.chunked || head.expects_continue)) {
      close_after_ = true;
      return serve();
    }
    buffer_.consume(scanner_.begin());
    deadline_ = Clock::now() + context_.limits.body_timeout;
    if (head.expects_continue && buffer_.size() == scanner_.end() - scanner_.begin()) {
      return write_continue();
    }
    read_body();
  }

  void write_continue() {
    stream_.tcp().expires_at(deadline_);
    asio::async_write(stream_, asio::buffer(kContinue),
                      [self = self()](error_code error, std::size_t) {
                        if (!error) self->read_body();
                      });
  }

  // The head in the buffer has passed our own, stricter reader; Beast reads it again on its way to
  // the body, which it frames and unchunks.
  void read_body() {
    parser_.emplace();
    parser_->header_limit(
        static_cast<std::uint32_t>(context_.limits.head_bytes + kMostChunkHeader));
    parser_->body_limit(exchange_->body_limit);
    stream_.tcp().expires_at(deadline_);
    beast::http::async_read(
        stream_, buffer_, *parser_,
        [self = self()](error_code error, std::size_t) { self->on_body(error); });
  }

  void on_body(error_code failure) {
    using beast::http::error;
    if (failure == error::body_limit) {
      return refuse_body(core::ErrorCode::too_large, "The body is too large.");
    }
    // Gone, or too slow: there is nobody to answer.
    if (failure == error::partial_message || failure == error::end_of_stream) return;
    if (failure && failure.category() == make_error_code(error::bad_chunk).category()) {
      return refuse_body(core::ErrorCode::malformed_request, "The body cannot be read.");
    }
    if (failure) return;
    exchange_->request.body = std::move(parser_->get().body());
    parser_.reset();
    serve();
  }

  void refuse_body(core::ErrorCode code, std::string_view detail) {
    core::Error error;
    error.code = code;
    error.detail.value = detail;
    close_after_ = true;
    write(context_.site.refuse_body(error, *exchange_));
  }

  void serve() {
    stream_.tcp().expires_never();
    // Handlers answer on any thread; the connection lives on this one, and dies on it. So whoever answers
    // lets go of it with the answer, however long his function still exists, and however many copies of it.
    auto held = std::make_shared<std::shared_ptr<BeastConnection>>(self());
    context_.site.serve(std::exchange(exchange_, nullptr), [held](Answer answer) {
      auto self = std::move(*held);
      if (!self) return;
      const auto executor = self->stream_.get_executor();
      asio::dispatch(executor, [self = std::move(self), answer = std::move(answer)]() mutable {
        self->write(std::move(answer));
      });
    });
  }

  void write(Answer answer) {
    if (context_.draining) close_after_ = true;
    answer_ = std::move(answer);
    try {
      head_ = encode_response_head(
          answer_, close_after_ ? AfterAnswer::close : AfterAnswer::keep_alive, std::time(nullptr));
    } catch (const std::exception&) {
      // A header that must not be sent: no answer is better than a split one.
      return abort();
    }
    const bool has_body = !is_head_request_ && answer_.response.status != 304;
    const std::array<asio::const_buffer, 2> parts{
        asio::buffer(head_),
        asio::buffer(has_body ? std::string_view(answer_.body()) : std::string_view{})};
    stream_.tcp().expires_after(context_.limits.write_timeout);
    asio::async_write(stream_, parts, [self = self()](error_code error, std::size_t) {
      if (!error) self->on_written();
    });
  }

  void on_written() {
    // Not `answer_ = {}`: assigning an empty string keeps the memory of the body, 20 KB for a list,
    // for as long as the connection is idle.
    static_cast<void>(std::exchange(answer_, Answer{}));
    is_head_request_ = false;
    if (!close_after_ && !context_.draining) return next_request();
    deadline_ = Clock::now() + kLingerTimeout;
    if (!stream_.has_tls()) return end_sending();
    stream_.tcp().expires_at(deadline_);
    stream_.async_shutdown([self = self()](error_code) { self->end_sending(); });
  }

  void end_sending() {
    error_code ignored;
    stream_.tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    buffer_.clear();
    linger();
  }

  // What still comes is thrown away as it is, encrypted or not.
  void linger() {
    stream_.tcp().expires_at(deadline_);
    stream_.tcp().async_read_some(buffer_.prepare(kReadBytes),
                                  [self = self()](error_code error, std::size_t bytes) {
                                    self->lingered_ += bytes;
                                    if (!error && self->lingered_ < kLingerBytes) self->linger();
                                  });
  }

  MaybeTlsStream<beast::tcp_stream> stream_;
  beast::flat_buffer buffer_;
  const IpAddress peer_;
  const ConnectionContext& context_;
  ConnectionSet& set_;
  HeadScanner scanner_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  std::shared_ptr<Exchange> exchange_;
  Answer answer_;
  std::string head_;
  Clock::time_point accepted_;
  Clock::time_point deadline_;
  std::size_t requests_ = 0;
  std::size_t lingered_ = 0;
  bool is_head_request_ = false;
  bool close_after_ = false;
  // Between two requests: nothing is lost when the connection closes now.
  bool idle_ = false;
};

}  // namespace

void Connection::start(asio::ip::tcp::socket socket,
                       const IpAddress& peer,
                       const ConnectionContext& context,
                       ConnectionSet& set) {
  std::shared_ptr<BeastConnection> connection;
  try {
    connection = std::make_shared<BeastConnection>(std::move(socket), peer, context, set);
  } catch (...) {
    context.on_close(peer);
    throw;
  }
  connection->run();
}

}  // namespace tms::hosts
