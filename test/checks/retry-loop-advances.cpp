// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Containers and iterators of the C++ library that go on to the next one, and
// the same loops where they do not.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <unistd.h>

namespace std {
template <class Iterator> void advance(Iterator &it, int by);
template <class T> class deque {
public:
  T &front();
  void pop_front();
  bool empty() const;
  unsigned size() const;
  const T *begin() const;
  const T *end() const;
};
} // namespace std

int dial(const sockaddr_in &to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to)) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return fd;
  close(fd);
  return -1;
}

int popped(std::deque<sockaddr_in> &servers) {
  while (!servers.empty()) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to = servers.front();
    if (connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return fd;
    close(fd);
    servers.pop_front();
  }
  return -1;
}

int only_looked_at(std::deque<sockaddr_in> &servers) {
  while (servers.size() > 1) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to = servers.front();
    if (connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
  return -1;
}

int advanced(const std::deque<sockaddr_in> &servers) {
  auto it = servers.begin();
  while (it != servers.end()) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<const sockaddr *>(it), sizeof(*it)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return fd;
    close(fd);
    std::advance(it, 1);
  }
  return -1;
}

struct pool {
  const sockaddr_in *at, *last;
  void advance() { ++at; }
  void note() { ++notes; }
  int notes;
};

int moved_by_a_method(pool &p) {
  while (p.at != p.last) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<const sockaddr *>(p.at), sizeof(*p.at)) ==
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+4]]:5: note: the destination advances here
        0)
      return fd;
    close(fd);
    p.advance();
  }
  return -1;
}

int noted_by_a_method(pool &p) {
  while (p.at != p.last) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<const sockaddr *>(p.at), sizeof(*p.at)) ==
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
        0)
      return fd;
    close(fd);
    p.note();
  }
  return -1;
}

int handed_on(const sockaddr_in &to) {
  for (;;) {
    int fd = dial(to);
    if (fd >= 0)
      return fd;
  }
}
