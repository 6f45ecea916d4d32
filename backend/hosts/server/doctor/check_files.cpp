#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "backend/hosts/server/doctor/doctor.h"
#include "backend/hosts/server/page_files.h"

namespace tms::hosts {
namespace {

namespace fs = std::filesystem;
using State = Finding::State;

constexpr std::uint64_t kMegabyte = std::uint64_t{1024} * 1024;
constexpr std::uint64_t kEnough = 1024 * kMegabyte;

void check_disk(const fs::path& folder, const DoctorOptions& options, Findings& findings) {
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) {
    findings.push_back({State::bad, "disk", std::generic_category().message(errno)});
    return;
  }
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  const std::string text = std::to_string(free / kMegabyte) + " MB are free";
  // Some file systems count no files.
  if (disk.f_files > 0 && disk.f_favail == 0) {
    findings.push_back({State::bad, "disk", "no further file can be made (no free inode)"});
  } else if (free < options.least_free_bytes) {
    findings.push_back({State::bad, "disk", text + ": writes are about to fail"});
  } else {
    findings.push_back({free < kEnough ? State::warning : State::good, "disk", text});
  }
}

}  // namespace

void check_data_folder(const Settings& settings, const DoctorOptions& options, Findings& findings) {
  const fs::path folder = fs::absolute(settings.data_dir);
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) {
    if (errno == ENOENT) {
      findings.push_back(
          {State::warning, "data folder", folder.string() + " is not there; the server makes it"});
    } else {
      findings.push_back({State::bad, "data folder",
                          folder.string() + ": " + std::generic_category().message(errno)});
    }
    return;
  }
  if (!S_ISDIR(status.st_mode)) {
    findings.push_back({State::bad, "data folder", folder.string() + " is no folder"});
    return;
  }
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    findings.push_back(
        {State::bad, "data folder", folder.string() + " is not writable for this user"});
  } else if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    findings.push_back({State::bad, "data folder",
                        "other users may write into " + folder.string() + ": chmod 700"});
  } else {
    findings.push_back({State::good, "data folder", folder.string() + " is writable"});
  }
  check_disk(folder, options, findings);
}

void check_page(const Settings& settings, Findings& findings) {
  fs::path folder = settings.page_dir;
  if (folder.empty()) {
    const auto found = find_page_folder(fs::read_symlink("/proc/self/exe"));
    if (!found) {
      findings.push_back(
          {State::warning, "page", "there is no built page: the API alone is served"});
      return;
    }
    folder = *found;
  }
  const auto page = PageFiles::load(folder);
  if (page) {
    findings.push_back({State::good, "page", fs::absolute(folder).string()});
  } else {
    findings.push_back({State::bad, "page", page.error().detail.value});
  }
}

}  // namespace tms::hosts
