// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is no retry cycle; each name says what protects it.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=gnu11,gnu++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -check-suffix=WHY -std=c11,c++17 %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((noreturn)) void die(const char *text);

int no_loop(int fd, const struct sockaddr *addr, socklen_t size) {
  return connect(fd, addr, size);
// CHECK-NOTES-WHY: :[[@LINE-1]]:10: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-3]]:5: note: nothing is known to call it again
}

int connected_before_the_loop(int fd, const struct sockaddr *addr,
                              socklen_t size) {
  char byte;
  if (connect(fd, addr, size) < 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:7: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-5]]:5: note: nothing is known to call it again
    return -1;
  while (read(fd, &byte, 1) == 1)
    write(fd, &byte, 1);
  return 0;
}

int returns_on_failure(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) < 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+1]]:7: note: failure leaves the loop here
      return -1;
    write(fd, "x", 1);
    close(fd);
  }
}

int breaks_on_failure(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int rc = connect(fd, addr, size);
// CHECK-NOTES-WHY: :[[@LINE-1]]:14: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+3]]:7: note: failure leaves the loop here
    if (rc != 0) {
      close(fd);
      break;
    }
    close(fd);
  }
  return -1;
}

int jumps_out_on_failure(const struct sockaddr *addr, socklen_t size) {
  int fd;
  while (1) {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) == -1)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+1]]:7: note: failure leaves the loop here
      goto fail;
    close(fd);
  }
fail:
  perror("connect");
  return -1;
}

void exits_on_failure(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) < 0) {
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+2]]:7: note: failure ends the program here
      perror("connect");
      exit(1);
    }
    close(fd);
  }
}

void aborts_on_failure(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size))
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+1]]:7: note: failure ends the program here
      abort();
    close(fd);
  }
}

void dies_on_failure(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) < 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+1]]:7: note: failure ends the program here
      die("connect");
    close(fd);
  }
}

void asserts_success(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert(connect(fd, addr, size) == 0);
// CHECK-NOTES-WHY: :[[@LINE-1]]:12: warning: not reported
// CHECK-NOTES-WHY: {{.*}}assert.h:{{[0-9]+}}:5: note: expanded from macro 'assert'
// CHECK-NOTES-WHY: :[[@LINE-3]]:5: note: failure ends the program here
    close(fd);
  }
}

void opens_many_connections(int *fds, int count, const struct sockaddr *addr,
                            socklen_t size) {
  for (int i = 0; i < count; i++) {
    fds[i] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fds[i], addr, size) != 0) {
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+2]]:7: note: failure ends the program here
      perror("connect");
      _exit(1);
    }
  }
}

// The loop goes on as long as connecting works.
int repeats_on_success(const struct sockaddr *addr, socklen_t size) {
  int fd, count = 0;
  do {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    count++;
  } while (connect(fd, addr, size) == 0);
// CHECK-NOTES-WHY: :[[@LINE-1]]:12: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-2]]:12: note: failure leaves the loop here
  return count;
}

int a_flag_ends_the_loop_on_failure(const struct sockaddr *addr,
                                    socklen_t size) {
  int ok = 1;
  while (ok) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) < 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:10: note: failure leaves the loop here
      ok = 0;
    close(fd);
  }
  return -1;
}

int one_try_in_a_do_while_zero(int fd, const struct sockaddr *addr,
                               socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
// CHECK-NOTES-WHY: :[[@LINE-1]]:10: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-6]]:5: note: nothing is known to call it again
    if (rc < 0)
      perror("connect");
  } while (0);
  return rc;
}

int one_try_by_the_bound(int fd, const struct sockaddr *addr, socklen_t size) {
  for (int i = 0; i < 1; i++) {
    if (connect(fd, addr, size) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-3]]:3: note: the loop is bounded to 1 try, fewer than MinRetries
      return 0;
  }
  return -1;
}

int interrupted_only(int fd, const struct sockaddr *addr, socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
// CHECK-NOTES-WHY: :[[@LINE-1]]:10: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+1]]:24: note: failure leaves the loop here
  } while (rc == -1 && errno == EINTR);
  return rc;
}

int interrupted_only_while(int fd, const struct sockaddr *addr,
                           socklen_t size) {
  while (connect(fd, addr, size) < 0) {
// CHECK-NOTES-WHY: :[[@LINE-1]]:10: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+2]]:7: note: failure leaves the loop here
    if (errno != EINTR)
      return -1;
  }
  return fd;
}

int interrupted_only_goto(int fd, const struct sockaddr *addr,
                          socklen_t size) {
again:
  if (connect(fd, addr, size) < 0) {
// CHECK-NOTES-WHY: :[[@LINE-1]]:7: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+3]]:5: note: failure leaves the loop here
    if (errno == EINTR)
      goto again;
    return -1;
  }
  return fd;
}

int interrupted_only_macro(int fd, const struct sockaddr *addr,
                           socklen_t size) {
  return (int)TEMP_FAILURE_RETRY(connect(fd, addr, size));
// CHECK-NOTES-WHY: :[[@LINE-1]]:34: warning: not reported
// CHECK-NOTES-WHY: {{.*}}unistd.h:{{[0-9]+}}:32: note: expanded from macro 'TEMP_FAILURE_RETRY'
// CHECK-NOTES-WHY: :[[@LINE-3]]:15: note: failure leaves the loop here
}

int interrupted_or_in_progress(int fd, const struct sockaddr *addr,
                               socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
// CHECK-NOTES-WHY: :[[@LINE-1]]:10: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+2]]:52: note: failure leaves the loop here
  } while (rc < 0 &&
           (errno == EINTR || errno == EALREADY || errno == EINPROGRESS));
  return rc;
}

int interrupted_only_through_a_variable(int fd, const struct sockaddr *addr,
                                        socklen_t size) {
  for (;;) {
    int error;
    if (connect(fd, addr, size) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+4]]:7: note: failure leaves the loop here
      return fd;
    error = errno;
    if (error != EINTR)
      return -1;
  }
}

int interrupted_only_by_switch(int fd, const struct sockaddr *addr,
                               socklen_t size) {
  for (;;) {
    if (connect(fd, addr, size) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+7]]:7: note: failure leaves the loop here
      return fd;
    switch (errno) {
    case EINTR:
    case EALREADY:
      break;
    default:
      return -1;
    }
  }
}

// The events of the connected socket are waited for; connect is not repeated.
int waits_with_poll(int fd, const struct sockaddr *addr, socklen_t size) {
  struct pollfd p;
  p.fd = fd;
  p.events = POLLOUT;
  if (connect(fd, addr, size) < 0 && errno != EINPROGRESS)
// CHECK-NOTES-WHY: :[[@LINE-1]]:7: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-6]]:5: note: nothing is known to call it again
    return -1;
  while (poll(&p, 1, 1000) < 1)
    ;
  return fd;
}

int scans_ports(void) {
  struct sockaddr_in addr;
  addr.sin_family = AF_INET;
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (int port = 33000; port < 34000; port++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    addr.sin_port = htons(port);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-5]]:40: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int next_port_on_failure(int port) {
  struct sockaddr_in addr;
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    addr.sin_port = htons(port);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return fd;
    close(fd);
    ++port;
  }
}

int walks_a_list_of_servers(const struct sockaddr_in *servers, int count) {
  for (int i = 0; i < count; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&servers[i],
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:30: note: the destination advances here
                sizeof(servers[i])) == 0)
      return fd;
    close(fd);
  }
  return -1;
}

int walks_a_list_by_pointer(const struct sockaddr_in *server,
                            const struct sockaddr_in *end) {
  while (server != end) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)server, sizeof(*server)) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return fd;
    close(fd);
    server++;
  }
  return -1;
}

struct peer {
  struct sockaddr_in addr;
  struct peer *next;
};
int walks_a_linked_list(struct peer *peer) {
  for (; peer; peer = peer->next) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&peer->addr, sizeof(peer->addr)) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:16: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

// A port of its own choice, and not the server's: it can never meet itself.
int source_port_is_fixed(void) {
  struct sockaddr_in addr, source;
  source.sin_port = htons(1023);
  source.sin_addr.s_addr = htonl(INADDR_ANY);
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&source, sizeof(source)) < 0)
      return -1;
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
// CHECK-NOTES-WHY: :[[@LINE-1]]:9: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:9: note: source port fixed here
      return fd;
    close(fd);
    sleep(1);
  }
}

int some_other_call_is_retried(int fd, const struct sockaddr *addr,
                               socklen_t size) {
  char byte;
  while (bind(fd, addr, size) < 0)
    sleep(1);
  while (send(fd, "x", 1, 0) < 0)
    sleep(1);
  while (recv(fd, &byte, 1, 0) < 0)
    sleep(1);
  return fd;
}
