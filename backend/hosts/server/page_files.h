#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/result.h"
#include "backend/hosts/server/answer.h"
#include "backend/hosts/server/negotiation.h"
#include "backend/http/request.h"

namespace tms::hosts {

/// The built web page, read into memory once at start: no path of a request ever touches the disk,
/// so no path can leave the folder. Immutable.
class PageFiles {
 public:
  /// Reads every file below `folder` whose extension is listed, with its `.br` and `.gz` siblings.
  /// Hidden files, other extensions and links that lead out of the folder are left out. Error: no
  /// folder, no index.html, or a file that cannot be read.
  static core::Result<PageFiles> load(const std::filesystem::path& folder);

  /// The answer to GET or HEAD of a decoded path: the file; index.html for other paths without a
  /// file extension when the client takes HTML (the page has its own router); 304 when the client
  /// has it. Nothing: 404.
  [[nodiscard]] std::optional<Answer> answer(const http::Request& request) const;

 private:
  struct Variant {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
  };
  struct File {
    std::string_view content_type;
    bool immutable = false;
    Variant identity;
    std::optional<Variant> gzip;
    std::optional<Variant> br;

    /// Of a coding that is there.
    [[nodiscard]] const Variant& variant(ContentCoding coding) const;
  };

  [[nodiscard]] const File* find(const http::Request& request) const;

  // By path, such as /assets/index-1a2b3c.js.
  std::map<std::string, File, std::less<>> files_;
};

/// Where the built page lies when TMS_PAGE_DIR does not say: installed beside the executable, or in
/// the source tree that it was built from. Nothing when it is in none of these places.
std::optional<std::filesystem::path> find_page_folder(const std::filesystem::path& executable);

}  // namespace tms::hosts
