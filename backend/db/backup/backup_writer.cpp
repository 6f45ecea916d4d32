#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "backend/core/encoding.h"
#include "backend/db/backup/backup_file.h"
#include "backend/http/json_writer.h"

namespace tms::db {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;

[[noreturn]] void throw_errno(const std::string& doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

void write_value(http::JsonWriter& json, const BackupValue& value) {
  if (std::holds_alternative<std::nullptr_t>(value)) {
    json.null();
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    json.integer(*number);
  } else if (const auto* id = std::get_if<core::Uuid>(&value)) {
    json.string(id->to_string());
  } else {
    json.string(std::get<std::string>(value));
  }
}

void sync_folder_of(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw_errno("cannot open " + folder.string());
  const int result = ::fsync(descriptor);
  ::close(descriptor);
  if (result != 0) throw_errno("cannot write " + folder.string() + " to the disk");
}

}  // namespace

BackupWriter::BackupWriter(std::filesystem::path file)
    : file_(std::move(file)), unfinished_(file_.string() + ".unfinished") {
  if (std::filesystem::exists(file_)) {
    throw BadBackup(file_.string() + " is there already: name another file");
  }
  descriptor_ =
      ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0) throw_errno("cannot make " + unfinished_.string());
}

BackupWriter::~BackupWriter() {
  ::close(descriptor_);
  ::unlink(unfinished_.c_str());
}

void BackupWriter::begin(const BackupHead& head) {
  http::JsonWriter json;
  json.begin_object();
  json.member("tms_backup", 1);
  json.member("schema", head.schema);
  json.member("program", head.program);
  json.member("engine", head.engine);
  json.member("taken_at", head.taken_at);
  json.member("user_counter", head.user_counter);
  json.end_object();
  write_line(std::move(json).take());
}

void BackupWriter::begin_table(const BackupTable& table) {
  http::JsonWriter json;
  json.begin_object();
  json.member("table", table.name);
  json.key("columns");
  json.begin_array();
  for (const BackupColumn& column : table.columns)
    json.string(column.name);
  json.end_array();
  json.end_object();
  write_line(std::move(json).take());
}

void BackupWriter::add(const BackupRow& row) {
  http::JsonWriter json;
  json.begin_array();
  for (const BackupValue& value : row)
    write_value(json, value);
  json.end_array();
  write_line(std::move(json).take());
  ++rows_;
}

void BackupWriter::write_line(std::string line) {
  line += '\n';
  hash_.add(line);
  buffer_ += line;
  if (buffer_.size() >= kBufferBytes) flush();
}

void BackupWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("cannot write " + unfinished_.string());
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void BackupWriter::finish() {
  http::JsonWriter json;
  json.begin_object();
  json.member("rows", rows_);
  json.member("sha256", core::hex_encode(hash_.finish()));
  json.end_object();
  buffer_ += std::move(json).take() + '\n';
  flush();
  if (::fsync(descriptor_) != 0) throw_errno("cannot write " + unfinished_.string());
}

void BackupWriter::publish() {
  // A link, because rename would replace a file that came meanwhile.
  if (::link(unfinished_.c_str(), file_.c_str()) != 0) throw_errno("cannot make " + file_.string());
  sync_folder_of(file_);
}

}  // namespace tms::db
