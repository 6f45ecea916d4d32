#include "backend/hosts/app/json_log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>

#include "backend/core/clock.h"
#include "backend/core/utf8.h"
#include "backend/http/json_writer.h"

namespace tms::hosts {
namespace {

constexpr std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warn:
      return "warn";
    case LogLevel::error:
      break;
  }
  return "error";
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7f;
  return first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
}

void append_hex(std::string& out, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char byte : bytes) {
    out += "\\x";
    out += kDigits[static_cast<unsigned char>(byte) >> 4U];
    out += kDigits[static_cast<unsigned char>(byte) & 15U];
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto code_point = core::first_code_point(text);
    const std::string_view character = text.substr(0, code_point ? code_point->length : 1);
    if (!code_point || is_control(character)) {
      append_hex(out, character);
    } else {
      out += character;
    }
    text.remove_prefix(character.size());
  }
  return out;
}

std::string json_line(LogLevel level,
                      std::string_view event,
                      std::initializer_list<LogField> fields) {
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  http::JsonWriter json;
  json.begin_object();
  json.member("time", now);
  json.member("level", name_of(level));
  json.member("event", event);
  for (const LogField& field : fields) {
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      json.member(field.name, *number);
    } else {
      json.member(field.name, printable(std::get<std::string_view>(field.value)));
    }
  }
  json.end_object();
  return std::move(json).take();
}

JsonLog::JsonLog(LogLevel lowest)
    : lowest_(lowest),
      logger_(std::make_unique<spdlog::logger>("tms",
                                               std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  logger_->set_pattern("%v");
  logger_->set_level(spdlog::level::trace);
}

JsonLog::~JsonLog() = default;

void JsonLog::write(LogLevel level,
                    std::string_view event,
                    std::initializer_list<LogField> fields) noexcept {
  if (level < lowest_ && event != kAuditEvent) return;
  try {
    const std::string line = json_line(level, event, fields);
    logger_->info(spdlog::string_view_t(line.data(), line.size()));
  } catch (...) {
    // Nothing to tell it to: the log itself failed.
    return;
  }
}

}  // namespace tms::hosts
