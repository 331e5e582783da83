// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The result of the attempt in the forms that people hand it on in. Beside each
// stands the same function called once more only where it has succeeded.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2 -fexceptions

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace std {
struct nullopt_t {};
inline constexpr nullopt_t nullopt{};
template <class T> class optional {
public:
  optional();
  optional(nullopt_t);
  optional(T value);
  bool has_value() const;
  explicit operator bool() const;
  T &operator*();
};
template <class E> class unexpected {
public:
  explicit unexpected(E error);
};
template <class T, class E> class expected {
public:
  expected(T value);
  expected(unexpected<E> error);
  bool has_value() const;
  explicit operator bool() const;
};
class error_code {
public:
  error_code();
  error_code(int value, int category);
  explicit operator bool() const;
};
} // namespace std

int open_socket();

// --- std::optional ----------------------------------------------------------

std::optional<int> dial_optional(const sockaddr *to, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, to, size) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return std::nullopt;
  }
  return fd;
}
int until_there_is_one(const sockaddr *to, socklen_t size) {
  for (;;) {
    std::optional<int> fd = dial_optional(to, size);
    if (fd.has_value())
      return 0;
    sleep(1);
  }
}

std::optional<int> dial_optional_once(const sockaddr *to, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, to, size) < 0) {
    close(fd);
    return std::nullopt;
  }
  return fd;
}
void while_there_is_one(const sockaddr *to, socklen_t size) {
  while (dial_optional_once(to, size))
    sleep(1);
}

// --- std::expected ----------------------------------------------------------

std::expected<int, int> dial_expected(const sockaddr *to, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, to, size) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return std::unexpected<int>(errno);
  }
  return fd;
}
void until_as_expected(const sockaddr *to, socklen_t size) {
  while (!dial_expected(to, size))
    sleep(1);
}

std::expected<int, int> dial_expected_once(const sockaddr *to, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, to, size) != 0) {
    close(fd);
    return std::unexpected<int>(errno);
  }
  return fd;
}
void while_as_expected(const sockaddr *to, socklen_t size) {
  while (dial_expected_once(to, size).has_value())
    sleep(1);
}

// --- std::error_code --------------------------------------------------------

std::error_code dial_code(int fd, const sockaddr *to, socklen_t size) {
  if (connect(fd, to, size) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return std::error_code(errno, 1);
  return std::error_code();
}
void until_no_error(int fd, const sockaddr *to, socklen_t size) {
  while (std::error_code error = dial_code(fd, to, size))
    sleep(1);
}

std::error_code dial_code_once(int fd, const sockaddr *to, socklen_t size) {
  if (connect(fd, to, size) < 0)
    return std::error_code(errno, 1);
  return std::error_code();
}
void while_no_error(const sockaddr *to, socklen_t size) {
  while (!dial_code_once(open_socket(), to, size))
    sleep(1);
}

// --- An enum ----------------------------------------------------------------

enum class Status { Ok, Refused, Other };
Status dial_enum(int fd, const sockaddr *to, socklen_t size) {
  if (connect(fd, to, size) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return Status::Ok;
  return errno == ECONNREFUSED ? Status::Refused : Status::Other;
}
void while_refused(const sockaddr *to, socklen_t size) {
  while (dial_enum(open_socket(), to, size) == Status::Refused)
    sleep(1);
}

Status dial_enum_other(int fd, const sockaddr *to, socklen_t size) {
  if (connect(fd, to, size) == 0)
    return Status::Ok;
  return errno == ECONNREFUSED ? Status::Refused : Status::Other;
}
void while_something_else(const sockaddr *to, socklen_t size) {
  while (dial_enum_other(open_socket(), to, size) == Status::Other)
    sleep(1);
}

// --- An errno switch --------------------------------------------------------

int switch_over_errno(const sockaddr *to, socklen_t size) {
  for (;;) {
    int fd = open_socket();
    if (connect(fd, to, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    switch (errno) {
    case EINTR:
      return -2;
    case ECONNREFUSED:
    case ETIMEDOUT:
      close(fd);
      sleep(1);
      break;
    default:
      close(fd);
      return -1;
    }
  }
}

int switch_that_leaves(const sockaddr *to, socklen_t size) {
  for (;;) {
    int fd = open_socket();
    if (connect(fd, to, size) == 0)
      return fd;
    switch (errno) {
    case EINTR:
    case ETIMEDOUT:
      close(fd);
      break;
    default:
      close(fd);
      return -1;
    }
  }
}

// --- An out-parameter -------------------------------------------------------

void dial_out(int fd, const sockaddr *to, socklen_t size, bool *ok) {
  *ok = connect(fd, to, size) == 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
}
void until_out_is_set(const sockaddr *to, socklen_t size) {
  bool ok;
  do {
    dial_out(open_socket(), to, size, &ok);
  } while (!ok);
}

void dial_reference(int fd, const sockaddr *to, socklen_t size, int &error) {
  error = connect(fd, to, size) < 0 ? errno : 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: retried connect()
}
void until_reference_is_clear(const sockaddr *to, socklen_t size) {
  int error;
  do {
    dial_reference(open_socket(), to, size, error);
  } while (error != 0);
}

void dial_out_once(int fd, const sockaddr *to, socklen_t size, bool *ok) {
  *ok = connect(fd, to, size) == 0;
}
void while_out_is_set(const sockaddr *to, socklen_t size) {
  bool ok;
  do {
    dial_out_once(open_socket(), to, size, &ok);
  } while (ok);
}

// --- SO_ERROR after poll() --------------------------------------------------

int until_no_so_error(const sockaddr *to, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(fd, to, size) < 0 && errno != EINPROGRESS)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return -1;
    pollfd ready{fd, POLLOUT, 0};
    if (poll(&ready, 1, 1000) == 1) {
      int error = 0;
      socklen_t length = sizeof(error);
      getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
      if (error == 0)
        return fd;
    }
    close(fd);
  }
}

int so_error_leaves(const sockaddr *to, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(fd, to, size) < 0 && errno != EINPROGRESS)
      return -1;
    pollfd ready{fd, POLLOUT, 0};
    if (poll(&ready, 1, 1000) == 1) {
      int error = 0;
      socklen_t length = sizeof(error);
      getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
      if (error != 0)
        return -1;
      return fd;
    }
    return -1;
  }
}
