#include "backend/hosts/server/page_files.h"

#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "backend/core/encoding.h"
#include "backend/hosts/server/negotiation.h"

namespace tms::hosts {
namespace {

namespace fs = std::filesystem;

struct ContentType {
  std::string_view extension;
  std::string_view type;
};

// What a page consists of; anything else in the folder is a mistake of the build and stays there.
constexpr std::array kContentTypes{
    ContentType{".html", "text/html; charset=utf-8"},
    ContentType{".js", "text/javascript; charset=utf-8"},
    ContentType{".css", "text/css; charset=utf-8"},
    ContentType{".svg", "image/svg+xml"},
    ContentType{".png", "image/png"},
    ContentType{".webp", "image/webp"},
    ContentType{".ico", "image/x-icon"},
    ContentType{".woff2", "font/woff2"},
    ContentType{".webmanifest", "application/manifest+json"},
    ContentType{".txt", "text/plain; charset=utf-8"},
};

// Names below it carry a hash of their content, so they never change.
constexpr std::string_view kHashedFolder = "/assets/";

std::string_view content_type_of(const fs::path& file) {
  const std::string extension = file.extension().string();
  for (const ContentType& known : kContentTypes) {
    if (known.extension == extension) return known.type;
  }
  return {};
}

bool is_hidden(const fs::path& relative) {
  return std::any_of(relative.begin(), relative.end(),
                     [](const fs::path& part) { return part.string().starts_with('.'); });
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  const fs::path relative = fs::canonical(file).lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return bytes.str();
}

// Codings have entity tags of their own: a strong tag names exact bytes (RFC 9110 section 8.8.3).
std::string etag_of(std::string_view bytes) {
  constexpr std::size_t kDigestBytes = 32;
  constexpr std::size_t kTagBytes = 12;
  std::array<std::uint8_t, kDigestBytes> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 failed");
  }
  return "\"" + core::hex_encode(std::span(digest).first(kTagBytes)) + "\"";
}

core::Error load_error(const std::string& detail) {
  core::Error error;
  error.code = core::ErrorCode::not_found;
  error.detail.value = detail;
  return error;
}

}  // namespace

core::Result<PageFiles> PageFiles::load(const fs::path& folder) {
  const auto make_variant = [](const fs::path& path) {
    auto bytes = std::make_shared<const std::string>(read_file(path));
    std::string etag = etag_of(*bytes);
    return Variant{std::move(bytes), std::move(etag)};
  };
  const auto sibling = [&](const fs::path& path, const char* suffix) -> std::optional<Variant> {
    const fs::path packed = path.string() + suffix;
    if (!fs::is_regular_file(packed)) return std::nullopt;
    return make_variant(packed);
  };
  PageFiles page;
  try {
    const fs::path root = fs::canonical(folder);
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      const fs::path relative = entry.path().lexically_relative(root);
      const std::string_view type = content_type_of(entry.path());
      if (type.empty() || is_hidden(relative) || !entry.is_regular_file()) continue;
      if (!lies_in(entry.path(), root)) continue;
      const std::string path = "/" + relative.generic_string();
      File file;
      file.content_type = type;
      file.immutable = path.starts_with(kHashedFolder);
      file.identity = make_variant(entry.path());
      file.gzip = sibling(entry.path(), ".gz");
      file.br = sibling(entry.path(), ".br");
      page.files_.emplace(path, std::move(file));
    }
  } catch (const std::exception& error) {
    return load_error("the page in " + folder.string() + " cannot be read: " + error.what());
  }
  if (!page.files_.contains("/index.html")) {
    return load_error("there is no index.html in " + folder.string());
  }
  return page;
}

const PageFiles::Variant& PageFiles::File::variant(ContentCoding coding) const {
  switch (coding) {
    case ContentCoding::br:
      return br.value();
    case ContentCoding::gzip:
      return gzip.value();
    case ContentCoding::identity:
      break;
  }
  return identity;
}

std::optional<Answer> PageFiles::answer(const http::Request& request) const {
  const File* file = find(request);
  if (file == nullptr) return std::nullopt;
  const ContentCoding coding = choose_coding(request, file->br.has_value(), file->gzip.has_value());
  const Variant& variant = file->variant(coding);
  Answer answer;
  auto& headers = answer.response.headers;
  headers.emplace_back("Cache-Control",
                       file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  headers.emplace_back("ETag", variant.etag);
  if (file->br || file->gzip) headers.emplace_back("Vary", "Accept-Encoding");
  if (matches_etag(request, variant.etag)) {
    answer.response.status = 304;
    return answer;
  }
  headers.emplace_back("Content-Type", file->content_type);
  if (coding != ContentCoding::identity) {
    headers.emplace_back("Content-Encoding", coding == ContentCoding::br ? "br" : "gzip");
  }
  answer.file = variant.bytes;
  return answer;
}

const PageFiles::File* PageFiles::find(const http::Request& request) const {
  const auto found = files_.find(request.path);
  if (found != files_.end()) return &found->second;
  const std::string_view path = request.path;
  const std::string_view last_segment = path.substr(path.rfind('/') + 1);
  if (last_segment.find('.') != std::string_view::npos || !accepts_html(request)) return nullptr;
  return &files_.find("/index.html")->second;
}

std::optional<fs::path> find_page_folder(const fs::path& executable) {
  const fs::path beside = executable.parent_path();
  // The last one: build/<preset>/tms in the source tree.
  for (const fs::path& place : {beside / "page", beside / ".." / "share" / "tms" / "page",
                                beside / ".." / ".." / "frontend" / "dist"}) {
    std::error_code ignored;
    if (fs::is_regular_file(place / "index.html", ignored)) return fs::weakly_canonical(place);
  }
  return std::nullopt;
}

}  // namespace tms::hosts
