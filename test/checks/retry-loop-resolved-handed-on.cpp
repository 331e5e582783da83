// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What getaddrinfo() found keeps its host and port wherever it is handed on.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' --

#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static void find(const char *service, addrinfo **list) { getaddrinfo("localhost", service, nullptr, list); }
static addrinfo *found(const char *service) {
  addrinfo *list = nullptr;
  if (getaddrinfo("localhost", service, nullptr, &list) != 0)
    return nullptr;
  return list;
}
static bool one(const addrinfo *a) {
  int fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
  bool ok = connect(fd, a->ai_addr, a->ai_addrlen) == 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: retried connect()
  // CHECK-MESSAGES: :[[@LINE-2]]:13: note: reproduce with: selfconnect reproduce localhost:50011 --socket=new
  if (!ok)
    close(fd);
  return ok;
}
void by_an_out_parameter_and_a_parameter() {
  addrinfo *list = nullptr;
  find("50011", &list);
  while (!one(list))
    sleep(1);
}
void by_a_return_value(int fd) {
  addrinfo *list = found("50012");
  while (connect(fd, list->ai_addr, list->ai_addrlen) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:10: note: reproduce with: selfconnect reproduce localhost:50012 --socket=same
    sleep(1);
}
static addrinfo *global;
void fill_global() { getaddrinfo("localhost", "50013", nullptr, &global); }
void by_a_global(int fd) {
  while (connect(fd, global->ai_addr, global->ai_addrlen) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:10: note: reproduce with: selfconnect reproduce localhost:50013 --socket=same
    sleep(1);
}
class Client {
  addrinfo *list_ = nullptr;

public:
  Client() { getaddrinfo("localhost", "50014", nullptr, &list_); }
  void by_a_member(int fd) {
    while (connect(fd, list_->ai_addr, list_->ai_addrlen) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:12: note: reproduce with: selfconnect reproduce localhost:50014 --socket=same
      sleep(1);
  }
};
void by_a_smart_pointer(int fd) {
  addrinfo *raw = nullptr;
  getaddrinfo("localhost", "50015", nullptr, &raw);
  std::unique_ptr<addrinfo, void (*)(addrinfo *)> list(raw, freeaddrinfo);
  while (connect(fd, list->ai_addr, list->ai_addrlen) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:10: note: reproduce with: selfconnect reproduce localhost:50015 --socket=same
    sleep(1);
}
void by_a_copy(int fd) {
  sockaddr_storage to;
  addrinfo *list = found("50016");
  memcpy(&to, list->ai_addr, list->ai_addrlen);
  while (connect(fd, (sockaddr *)&to, sizeof to) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:10: note: reproduce with: selfconnect reproduce localhost:50016 --socket=same
    sleep(1);
}

// --- Silent: the port is outside the range -----------------------------------

void outside_by_a_return_value(int fd) {
  addrinfo *list = found("8080");
  while (connect(fd, list->ai_addr, list->ai_addrlen) != 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:26: note: port 8080 is outside the range 32768-60999; it comes from here
    sleep(1);
}
static addrinfo *other;
void outside_by_a_global(int fd) {
  getaddrinfo("localhost", "8081", nullptr, &other);
  while (connect(fd, other->ai_addr, other->ai_addrlen) != 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:28: note: port 8081 is outside the range 32768-60999; it comes from here
    sleep(1);
}
void outside_by_a_copy(int fd) {
  sockaddr_storage to;
  addrinfo *list = nullptr;
  find("8082", &list);
  memcpy(&to, list->ai_addr, list->ai_addrlen);
  while (connect(fd, (sockaddr *)&to, sizeof to) != 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:8: note: port 8082 is outside the range 32768-60999; it comes from here
    sleep(1);
}
