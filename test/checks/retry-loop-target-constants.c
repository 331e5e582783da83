// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the target's headers call by a name has the target's number: on MIPS
// ECONNREFUSED is 146, SO_ERROR 0x1007, SOCK_STREAM 2; on FreeBSD ECONNREFUSED
// is 61 and AF_INET6 28.
//
// RUN: %check_clang_tidy %s selfconnect-retry-loop %t -- -- %mock
// RUN: %check_clang_tidy %s selfconnect-retry-loop %t -- -- %mock -DLIKE_MIPS --target=mips-linux-gnu
// RUN: %check_clang_tidy %s selfconnect-retry-loop %t -- -- %mock -DLIKE_FREEBSD --target=x86_64-unknown-freebsd14

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef LIKE_MIPS
#undef ECONNREFUSED
#define ECONNREFUSED 146
#undef EINPROGRESS
#define EINPROGRESS 150
#undef SO_ERROR
#define SO_ERROR 0x1007
#undef SOCK_STREAM
#define SOCK_STREAM STREAM_OF_MIPS
enum { STREAM_OF_MIPS = 2 };
#undef SOCK_DGRAM
#define SOCK_DGRAM 1
#endif

#ifdef LIKE_FREEBSD
#undef ECONNREFUSED
#define ECONNREFUSED (61)
#undef EINPROGRESS
#define EINPROGRESS 36
#undef SO_ERROR
#define SO_ERROR 0x1007
#undef PF_INET6
#define PF_INET6 28
#define AF_OTHER 10 /* AF_CCITT */
#else
#define AF_OTHER 28
#endif

void again_if_refused(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0)
      return;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    close(fd);
    if (errno != ECONNREFUSED)
      return;
  }
}

void again_unless_refused(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0)
      return;
    close(fd);
    if (errno == ECONNREFUSED)
      return;
  }
}

void again_when_it_turns_out_refused(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0)
      return;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    if (errno == EINPROGRESS) {
      struct pollfd ready = {fd, POLLOUT, 0};
      int error = 0;
      socklen_t size = sizeof(error);
      poll(&ready, 1, -1);
      getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error == 0)
        return;
      if (error != ECONNREFUSED)
        return;
    } else {
      return;
    }
    close(fd);
  }
}

void a_datagram_socket_is_never_refused(const struct sockaddr_in *addr) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  while (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0)
    sleep(1);
}

void to_the_own_host_by_ipv6(void) {
  struct sockaddr_in6 addr = {.sin6_family = AF_INET6,
                              .sin6_port = htons(33334),
                              .sin6_addr = in6addr_loopback};
  int fd = socket(AF_INET6, SOCK_STREAM, 0);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    sleep(1);
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33334 --socket=same
}

void of_a_family_without_tcp(const struct sockaddr *addr, socklen_t size) {
  int fd = socket(AF_OTHER, SOCK_STREAM, 0);
  while (connect(fd, addr, size) < 0)
    sleep(1);
}
