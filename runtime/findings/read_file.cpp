//===- read_file.cpp - a whole file in memory -----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "read_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace selfconnect {

std::optional<std::string> readFile(const std::string &path,
                                    std::string &error) {
  const bool isInput = path == "-";
  const int fd =
      isInput ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    error = std::strerror(errno);
    return std::nullopt;
  }
  std::string content;
  std::array<char, 65536> buffer;
  error.clear();
  while (error.empty()) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got == 0)
      break;
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      error = std::strerror(errno);
    else if (content.size() + static_cast<std::size_t>(got) > maxFileSize)
      error = "larger than 1 GiB";
    else
      content.append(buffer.data(), static_cast<std::size_t>(got));
  }
  if (!isInput)
    ::close(fd);
  if (!error.empty())
    return std::nullopt;
  return content;
}

std::string contentOf(const std::string &path) {
  std::string ignored;
  return readFile(path, ignored).value_or("");
}

} // namespace selfconnect
