//===- output.cpp - where results and messages go -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output.h"

#include "terminal.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace selfconnect::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t bufferSize = 65536;

/// The permissions of the file that is replaced, else what the umask leaves.
mode_t modeFor(const std::string &file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) == 0)
    return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// What a symbolic link points at is written, and the link stays.
std::string withoutLinks(const std::string &file) {
  std::error_code failure;
  fs::path path = fs::weakly_canonical(file, failure);
  return failure ? file : path.string();
}

/// A name in the folder of `file` that nobody else has.
std::string nameBeside(const std::string &file) {
  std::random_device random;
  char name[40];
  std::snprintf(name, sizeof(name), ".selfconnect-%08x%08x", random(),
                random());
  return (fs::path(file).parent_path() / name).string();
}

void printMessage(const char *kind, std::string_view message) {
  std::fprintf(stderr, "selfconnect: %s: %s\n", kind,
               printable(message).c_str());
}

} // namespace

bool isStandardOutput(const std::string &file) {
  return file.empty() || file == "-";
}

Output::Output(const std::string &file) : asked_(file), fd_(STDOUT_FILENO) {
  if (isStandardOutput(file))
    return;
  file_ = file;
  beginFile();
}

void Output::beginFile() {
  struct stat status = {};
  const bool exists = ::stat(file_.c_str(), &status) == 0;
  isRegular_ = !exists || S_ISREG(status.st_mode);
  if (!isRegular_) { // a device or a pipe keeps its name
    fd_ = ::open(file_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd_ < 0)
      fail(errno);
    return;
  }
  file_ = withoutLinks(file_);
  if (exists && ::access(file_.c_str(), W_OK) != 0)
    fail(errno); // a file that is protected stays
  const std::string folder = fs::path(file_).parent_path().string();
  // Without a name, so that not even SIGKILL leaves it behind.
  fd_ = ::open(folder.empty() ? "." : folder.c_str(),
               O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (fd_ >= 0)
    return;
  const std::string name = nameBeside(file_); // not every file system can
  fd_ = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd_ < 0)
    fail(errno);
  temporary_ = name;
}

Output::~Output() {
  if (file_.empty())
    return;
  if (fd_ >= 0)
    ::close(fd_);
  if (!temporary_.empty())
    ::unlink(temporary_.c_str());
}

void Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= bufferSize)
    flush();
}

void Output::flush() {
  std::string_view left = buffer_;
  while (!left.empty() && !isReaderGone_) {
    const ssize_t written = ::write(fd_, left.data(), left.size());
    if (written >= 0)
      left.remove_prefix(static_cast<std::size_t>(written));
    else if (errno == EPIPE) // where SIGPIPE, which ends us, is ignored
      isReaderGone_ = true;
    else if (errno != EINTR)
      fail(errno);
  }
  buffer_.clear();
}

void Output::finish() {
  flush();
  if (isRegular_) {
    giveName();
    return;
  }
  // Network file systems tell of a failure when a descriptor is closed.
  if (const int copy = ::dup(fd_); copy < 0 || ::close(copy) != 0)
    fail(errno);
}

void Output::giveName() {
  if (::fchmod(fd_, modeFor(file_)) != 0 || ::fsync(fd_) != 0)
    fail(errno);
  if (temporary_.empty()) { // linkat() does not replace; rename() does
    const std::string self = "/proc/self/fd/" + std::to_string(fd_);
    const std::string name = nameBeside(file_);
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(),
                 AT_SYMLINK_FOLLOW) != 0)
      fail(errno);
    temporary_ = name;
  }
  if (::rename(temporary_.c_str(), file_.c_str()) != 0)
    fail(errno);
  temporary_.clear();
}

void Output::fail(int error) const {
  throw EnvironmentError(
      "write the result: " + (file_.empty() ? "standard output" : asked_) +
      ": " + std::strerror(error));
}

void printWarning(std::string_view message) {
  if (!isQuiet())
    printMessage("warning", message);
}

void printError(std::string_view message) { printMessage("error", message); }

void holdStandardStreams() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) < 0 && errno == EBADF)
      // The wrong way round, so that reading and writing fail as before. The
      // lowest number that is free is `fd`.
      ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

} // namespace selfconnect::cli
