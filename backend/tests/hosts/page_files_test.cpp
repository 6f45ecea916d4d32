#include "backend/hosts/server/page_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

namespace fs = std::filesystem;

class PageFilesTest : public testing::Test {
 protected:
  PageFilesTest() {
    write("dist/index.html", "<!doctype html>");
    write("dist/assets/app-1a2b.js", "plain script");
    write("dist/assets/app-1a2b.js.br", "brotli script");
    write("dist/assets/app-1a2b.js.gz", "gzip script");
    write("dist/favicon.svg", "<svg/>");
    write("dist/manifest.webmanifest", "{}");
    write("dist/assets/manifest.json", "{}");
    write("dist/assets/app.js.map", "{}");
    write("dist/.env", "SECRET=1");
    write("dist/.git/config.txt", "secret");
    write("dist/notes.sh", "secret");
    write("secret.txt", "secret");
    fs::create_symlink(folder_.path() / "secret.txt", folder_.path() / "dist/link.txt");
  }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name) << text;
  }

  std::optional<Answer> get(std::string path, std::vector<http::NameValue> headers = {}) {
    http::Request request;
    request.path = std::move(path);
    request.headers = std::move(headers);
    return PageFiles::load(folder_.path() / "dist").value().answer(request);
  }

  static std::string header(const Answer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  tests::TemporaryFolder folder_;
};

TEST_F(PageFilesTest, index_is_checked_anew_each_time) {
  const auto answer = get("/");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body(), "<!doctype html>");
  EXPECT_EQ(header(*answer, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(*answer, "Cache-Control"), "no-cache");
}

TEST_F(PageFilesTest, same_tag_is_answered_with_304_and_no_body) {
  const std::string etag = header(*get("/"), "ETag");
  const auto answer = get("/", {{"if-none-match", etag}});
  EXPECT_EQ(answer->response.status, 304);
  EXPECT_EQ(answer->body(), "");
  EXPECT_EQ(header(*answer, "ETag"), etag);
  EXPECT_EQ(header(*answer, "Cache-Control"), "no-cache");
  EXPECT_EQ(get("/", {{"if-none-match", "\"other\""}})->response.status, 200);
}

TEST_F(PageFilesTest, hashed_files_are_kept_for_a_year) {
  const auto answer = get("/assets/app-1a2b.js");
  EXPECT_EQ(header(*answer, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(*answer, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(*answer, "Vary"), "Accept-Encoding");
  EXPECT_EQ(answer->body(), "plain script");
}

TEST_F(PageFilesTest, packed_copies_are_sent_to_those_who_take_them) {
  const auto br = get("/assets/app-1a2b.js", {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(br->body(), "brotli script");
  EXPECT_EQ(header(*br, "Content-Encoding"), "br");
  EXPECT_EQ(header(*br, "Content-Type"), "text/javascript; charset=utf-8");
  const auto gzip = get("/assets/app-1a2b.js", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(gzip->body(), "gzip script");
  EXPECT_NE(header(*gzip, "ETag"), header(*br, "ETag"));
}

TEST_F(PageFilesTest, files_without_packed_copies_do_not_vary) {
  const auto answer = get("/favicon.svg", {{"accept-encoding", "br"}});
  EXPECT_EQ(header(*answer, "Vary"), "");
  EXPECT_EQ(header(*answer, "Content-Encoding"), "");
}

TEST_F(PageFilesTest, paths_of_the_pages_own_router_are_the_index) {
  EXPECT_EQ(get("/login", {{"accept", "text/html"}})->body(), "<!doctype html>");
  EXPECT_EQ(get("/tasks/0190-a/edit")->body(), "<!doctype html>");
}

TEST_F(PageFilesTest, unknown_paths_for_data_or_with_an_extension_are_nothing) {
  EXPECT_FALSE(get("/login", {{"accept", "application/json"}}).has_value());
  EXPECT_FALSE(get("/assets/gone-9f.js").has_value());
  EXPECT_FALSE(get("/wp-login.php").has_value());
}

TEST_F(PageFilesTest, only_listed_visible_files_of_the_folder_are_served) {
  for (const char* path :
       {"/.env", "/.git/config.txt", "/notes.sh", "/assets/manifest.json", "/assets/app.js.map",
        "/assets/app-1a2b.js.br", "/link.txt", "/../secret.txt", "/assets/../../secret.txt",
        "/..%2fsecret.txt", "/assets/..\\..\\secret.txt", "//secret.txt", "/./.env", "/index.html/",
        "/index.html%00.txt"}) {
    const auto answer = get(path);
    EXPECT_TRUE(!answer || answer->body() == "<!doctype html>") << path;
  }
  EXPECT_FALSE(get("/.env").has_value());
  EXPECT_FALSE(get("/link.txt").has_value());
  EXPECT_FALSE(get("/../secret.txt").has_value());
}

TEST_F(PageFilesTest, folder_without_index_is_an_error) {
  fs::remove(folder_.path() / "dist/index.html");
  EXPECT_FALSE(PageFiles::load(folder_.path() / "dist"));
  EXPECT_FALSE(PageFiles::load(folder_.path() / "nowhere"));
}

TEST_F(PageFilesTest, folder_is_found_from_the_executable) {
  write("tree/frontend/dist/index.html", "x");
  fs::create_directories(folder_.path() / "tree/build/release");
  EXPECT_EQ(find_page_folder(folder_.path() / "tree/build/release/tms"),
            fs::canonical(folder_.path() / "tree/frontend/dist"));
  EXPECT_FALSE(find_page_folder(folder_.path() / "elsewhere/bin/tms").has_value());
}

}  // namespace
}  // namespace tms::hosts
