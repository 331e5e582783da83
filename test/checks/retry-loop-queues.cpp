// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Another destination on each turn: from a queue, from the command line, from
// what a user types. Beside some of them stands the same loop with one
// destination only.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace std {
template <class T> class deque {
public:
  T &front();
  void pop_front();
  bool empty() const;
};
template <class C> class basic_istream {
public:
  basic_istream &operator>>(int &value);
  explicit operator bool() const;
};
using istream = basic_istream<char>;
extern istream cin;
} // namespace std

extern "C" {
int getopt(int argc, char *const argv[], const char *options);
extern char *optarg;
}

struct job {
  sockaddr_in addr;
};
struct queue;
int queue_get(queue *q, job *j);
job *queue_pop(queue *q);

void from_a_queue(queue *q) {
  job j;
  while (queue_get(q, &j) == 0) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&j.addr, sizeof(j.addr)) < 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:10: note: the destination advances here
      close(fd);
      continue;
    }
    close(fd);
  }
}

void popped_from_a_queue(queue *q) {
  job *j;
  while ((j = queue_pop(q))) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&j->addr, sizeof(j->addr)) < 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:11: note: the destination advances here
      close(fd);
      continue;
    }
    write(fd, "x", 1);
    close(fd);
  }
}

int from_a_deque(std::deque<sockaddr_in> &servers) {
  while (!servers.empty()) {
    sockaddr_in addr = servers.front();
    servers.pop_front();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:5: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int always_the_first_of_a_deque(std::deque<sockaddr_in> &servers) {
  while (!servers.empty()) {
    sockaddr_in addr = servers.front();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
  return -1;
}

int from_the_command_line(int argc, char **argv) {
  int option;
  while ((option = getopt(argc, argv, "c:")) != -1) {
    sockaddr_in addr = {};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(optarg));
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-8]]:20: note: something else is waited for here before the next attempt
      return fd;
    close(fd);
  }
  return -1;
}

int from_a_menu(const sockaddr_in &addr) {
  int choice = 0;
  while (std::cin >> choice) {
    if (choice == 0)
      return -1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:{{10|19}}: note: something else is waited for here before the next attempt
      return fd;
    close(fd);
  }
  return -1;
}
