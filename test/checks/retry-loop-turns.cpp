// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A number that is counted on each turn counts no connections, unless it says
// whether there is a next attempt. What is called after a success may have
// closed the socket, so that success leads to another attempt, too.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O2

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

bool stopped(int ms);
void beat();
class Client;
void notify(Client *client);

class Client {
public:
  void beats_each_twelfth_turn();

private:
  bool dial();

  sockaddr_in m_addr;
  int m_socket = -1;
};

bool Client::dial() {
  m_socket = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (m_socket == -1)
    return false;
  if (connect(m_socket, (const sockaddr *)&m_addr, sizeof(m_addr)) == -1) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(m_socket);
    m_socket = -1;
    return false;
  }
  notify(this);
  return true;
}

void Client::beats_each_twelfth_turn() {
  int seconds = 0;
  while (!stopped(1000)) {
    seconds++;
    if (seconds % 12 == 0)
      beat();
    if (m_socket == -1)
      dial();
  }
}

// --- the same, each with an attempt of its own -----------------------------------

class Other {
public:
  void work();

private:
  sockaddr_in m_addr;
  int m_socket = -1;
};

void told(Other *other);

void Other::work() {
  int turns = 0;
  while (!stopped(1000)) {
    if (++turns > 10)
      beat();
    else
      usleep(100);
    if (m_socket != -1)
      continue;
    m_socket = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (connect(m_socket, (const sockaddr *)&m_addr, sizeof(m_addr)) == -1) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      close(m_socket);
      m_socket = -1;
    } else {
      told(this);
    }
  }
}

void counts_what_it_sends(const sockaddr_in *addr) {
  int sent = 0;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)addr, sizeof(*addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      send(fd, "x", 1, 0);
    close(fd);
    if (++sent % 100 == 0)
      beat();
    sleep(1);
  }
}

// --- loads: the number says whether there is a next attempt ---------------------

void a_hundred(const sockaddr_in *addr) {
  for (int i = 0; i < 100; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)addr, sizeof(*addr)) == -1)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE-4]]:3: note: success drives this loop as well
      beat();
    close(fd);
  }
}

void until_it_has_made_enough(const sockaddr_in *addr, int enough) {
  int made = 0;
  bool done = false;
  while (!done) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)addr, sizeof(*addr)) == -1)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE-4]]:3: note: success drives this loop as well
      beat();
    close(fd);
    if (++made == enough)
      done = true;
  }
}

void while_there_are_fewer(const sockaddr_in *addr, int most) {
  int made = 0;
  while (!stopped(1000)) {
    if (made >= most)
      continue;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    made++;
    if (connect(fd, (const sockaddr *)addr, sizeof(*addr)) == -1)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE-7]]:3: note: success drives this loop as well
      beat();
    send(fd, "x", 1, 0);
  }
}

void breaks_at_the_last(const sockaddr_in *addr, int most) {
  int made = 0;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)addr, sizeof(*addr)) == -1)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE-4]]:3: note: success drives this loop as well
      beat();
    close(fd);
    if (++made == most)
      break;
  }
}
