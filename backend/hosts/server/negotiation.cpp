#include "backend/hosts/server/negotiation.h"

#include <array>

#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

// q-values in thousandths, because they have at most three digits.
constexpr int kFullQuality = 1000;

int parse_quality(std::string_view text) {
  if (text.empty() || (text.front() != '0' && text.front() != '1')) return 0;
  int quality = text.front() == '1' ? kFullQuality : 0;
  if (text.size() == 1) return quality;
  if (text[1] != '.' || text.size() > 5) return 0;
  int unit = 100;
  for (const char digit : text.substr(2)) {
    if (!is_digit(digit)) return 0;
    quality += (digit - '0') * unit;
    unit /= 10;
  }
  return quality > kFullQuality ? 0 : quality;
}

// Calls visit(name, quality) for every item of every such header.
template <class Visit>
void for_each_item(const http::Request& request, std::string_view header, Visit visit) {
  for (const auto& [name, value] : request.headers) {
    if (name != header) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::string_view parameters = take_until(rest, ',');
      const std::string_view item = trim(take_until(parameters, ';'));
      int quality = kFullQuality;
      while (!parameters.empty()) {
        const std::string_view parameter = trim(take_until(parameters, ';'));
        if (parameter.size() > 2 && to_lower(parameter[0]) == 'q' && parameter[1] == '=') {
          quality = parse_quality(parameter.substr(2));
        }
      }
      if (!item.empty()) visit(item, quality);
    }
  }
}

}  // namespace

ContentCoding choose_coding(const http::Request& request, bool has_br, bool has_gzip) {
  struct Choice {
    ContentCoding coding;
    std::string_view name;
    bool there;
    std::optional<int> quality;
  };
  std::array<Choice, 3> choices{{{ContentCoding::br, "br", has_br, {}},
                                 {ContentCoding::gzip, "gzip", has_gzip, {}},
                                 {ContentCoding::identity, "identity", true, {}}}};
  std::optional<int> others;
  for_each_item(request, "accept-encoding", [&](std::string_view item, int quality) {
    if (item == "*") others = quality;
    for (Choice& choice : choices) {
      if (equals_ignoring_case(item, choice.name)) choice.quality = quality;
    }
  });
  ContentCoding best = ContentCoding::identity;
  int best_quality = 0;
  for (const Choice& choice : choices) {
    const int quality = choice.quality.value_or(others.value_or(0));
    if (choice.there && quality > best_quality) {
      best = choice.coding;
      best_quality = quality;
    }
  }
  return best;
}

bool accepts_html(const http::Request& request) {
  if (request.count_headers("accept") == 0) return true;
  // The most specific range counts (RFC 9110 section 12.5.1).
  int best_rank = 0;
  int quality_of_best = 0;
  for_each_item(request, "accept", [&](std::string_view item, int quality) {
    int rank = 0;
    if (equals_ignoring_case(item, "text/html")) {
      rank = 3;
    } else if (equals_ignoring_case(item, "text/*")) {
      rank = 2;
    } else if (item == "*/*") {
      rank = 1;
    }
    if (rank > best_rank) {
      best_rank = rank;
      quality_of_best = quality;
    }
  });
  return quality_of_best > 0;
}

bool matches_etag(const http::Request& request, std::string_view etag) {
  bool found = false;
  for_each_item(request, "if-none-match", [&](std::string_view item, int) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == "*" || item == etag) found = true;
  });
  return found;
}

}  // namespace tms::hosts
