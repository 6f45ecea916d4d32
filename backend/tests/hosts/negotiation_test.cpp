#include "backend/hosts/server/negotiation.h"

#include <gtest/gtest.h>

namespace tms::hosts {
namespace {

http::Request with(std::string name, std::string value) {
  http::Request request;
  request.headers = {{std::move(name), std::move(value)}};
  return request;
}

ContentCoding choose(std::string accept, bool br = true, bool gzip = true) {
  return choose_coding(with("accept-encoding", std::move(accept)), br, gzip);
}

TEST(Negotiation, smallest_of_equal_codings_is_sent) {
  EXPECT_EQ(choose("gzip, deflate, br, zstd"), ContentCoding::br);
  EXPECT_EQ(choose("br;q=0.5, gzip;q=0.5"), ContentCoding::br);
  EXPECT_EQ(choose("BR"), ContentCoding::br);
}

TEST(Negotiation, higher_quality_wins) {
  EXPECT_EQ(choose("br;q=0.5, gzip;q=0.8"), ContentCoding::gzip);
  EXPECT_EQ(choose("br;q=0.001, gzip;q=0"), ContentCoding::br);
  EXPECT_EQ(choose("gzip;q=0.5, identity;q=1.0"), ContentCoding::identity);
}

TEST(Negotiation, zero_quality_forbids) {
  EXPECT_EQ(choose("br;q=0, gzip"), ContentCoding::gzip);
  EXPECT_EQ(choose("br;q=0.000"), ContentCoding::identity);
}

TEST(Negotiation, star_stands_for_what_is_not_named) {
  EXPECT_EQ(choose("*"), ContentCoding::br);
  EXPECT_EQ(choose("br;q=0, *"), ContentCoding::gzip);
  EXPECT_EQ(choose("*;q=0"), ContentCoding::identity);
}

TEST(Negotiation, only_codings_that_are_there_are_sent) {
  EXPECT_EQ(choose("br, gzip", false, true), ContentCoding::gzip);
  EXPECT_EQ(choose("br, gzip", false, false), ContentCoding::identity);
}

TEST(Negotiation, nothing_or_nonsense_is_identity) {
  EXPECT_EQ(choose_coding(http::Request{}, true, true), ContentCoding::identity);
  for (const char* text :
       {"", ",,", "deflate", "br;q=2", "br;q=1.001", "br;q=x", "br;q=0.1234", "brotli"}) {
    EXPECT_EQ(choose(text), ContentCoding::identity) << text;
  }
}

TEST(Negotiation, html_is_accepted_by_name_and_by_range) {
  EXPECT_TRUE(accepts_html(http::Request{}));
  for (const char* text :
       {"text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "text/*", "Text/HTML;q=0.1"}) {
    EXPECT_TRUE(accepts_html(with("accept", text))) << text;
  }
  for (const char* text : {"application/json", "text/html;q=0, */*", "image/*", ""}) {
    EXPECT_FALSE(accepts_html(with("accept", text))) << text;
  }
}

TEST(Negotiation, if_none_match_is_a_list_of_tags_or_a_star) {
  for (const char* text : {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"}) {
    EXPECT_TRUE(matches_etag(with("if-none-match", text), "\"a\"")) << text;
  }
  for (const char* text : {"", "a", "\"b\"", "\"A\""}) {
    EXPECT_FALSE(matches_etag(with("if-none-match", text), "\"a\"")) << text;
  }
  EXPECT_FALSE(matches_etag(http::Request{}, "\"a\""));
}

}  // namespace
}  // namespace tms::hosts
