// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The same loop to different destinations: which can be the client itself?
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

void loopback(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  }
}

// The kernel takes 0.0.0.0 as the host itself.
void any_address(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_ANY);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void zeroed_address(int fd) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void unknown_address_known_port(int fd, const char *host) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  inet_pton(AF_INET, host, &addr.sin_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void loopback_unknown_port(int fd, int port) {
  struct sockaddr_in addr;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void ipv4_mapped_loopback(int fd) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33334);
  inet_pton(AF_INET6, "::ffff:127.0.0.1", &addr.sin6_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void ipv6_any(int fd) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33334);
  addr.sin6_addr = in6addr_any;
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

// An address of an own interface cannot be told from any other unknown one.
void resolved_name(int fd, const char *name) {
  struct hostent *host = gethostbyname(name);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  memcpy(&addr.sin_addr, host->h_addr, sizeof(addr.sin_addr));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

// --- and which cannot -------------------------------------------------------

void port_below_the_range(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(8080);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:25: note: port 8080 is outside the range 32768-60999; it comes from here
  }
}

void port_above_the_range(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(61000);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:25: note: port 61000 is outside the range 32768-60999; it comes from here
  }
}

void port_outside_on_an_unknown_host(int fd, const char *host) {
  struct sockaddr_in addr;
  addr.sin_port = htons(443);
  inet_pton(AF_INET, host, &addr.sin_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:25: note: port 443 is outside the range 32768-60999; it comes from here
  }
}

void port_zero(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = 0;
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:19: note: port 0 lets the kernel choose; it comes from here
  }
}

void port_swapped_out_of_the_range(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = 33334; // 13954 on the wire
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:19: note: port 13954 is outside the range 32768-60999; it comes from here
  }
}

void remote_address(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("192.0.2.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:36: note: another host, 192.0.2.1
  }
}

void remote_address_by_pton(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  inet_pton(AF_INET, "198.51.100.7", &addr.sin_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:22: note: another host, 198.51.100.7
  }
}

void remote_ipv6_address(int fd) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33334);
  inet_pton(AF_INET6, "2001:db8::1", &addr.sin6_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:23: note: another host, 2001:db8::1
  }
}

// The kernel picks 127.0.0.1 as the source, so the two ends differ.
void another_loopback_address(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.2");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:36: note: another host, 127.0.0.2
  }
}

static void set_address(struct sockaddr_in *addr, const char *host, int port) {
  memset(addr, 0, sizeof(*addr));
  addr->sin_family = AF_INET;
  addr->sin_port = htons(port);
  inet_pton(AF_INET, host, &addr->sin_addr);
}

// Where the source is bound to it, they do not. bind() to port 0 draws the odd
// ports first.
void another_loopback_address_bound() {
  struct sockaddr_in addr, own;
  set_address(&addr, "127.0.0.2", 33335);
  set_address(&own, "127.0.0.2", 0);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(fd, (struct sockaddr *)&own, sizeof(own));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      break;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note: port 33335 is inside the ephemeral port range 32768-60999, where bind() to port 0 draws first
    // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.2:33335 --socket=new --bind-any-port
    close(fd);
  }
}

// SO_REUSEADDR decides on what bind() to port 0 may draw.
void bound_with_reuse() {
  struct sockaddr_in addr, own;
  int on = 1;
  set_address(&addr, "127.0.0.1", 33335);
  set_address(&own, "127.0.0.1", 0);
  for (int i = 0; i < 5; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    bind(fd, (struct sockaddr *)&own, sizeof(own));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      break;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:33335 --socket=new --bind-any-port --reuseaddr --tries=5{{$}}
    close(fd);
  }
}

// Without bind() it changes nothing, and switched off neither.
void reuse_that_does_not_matter() {
  struct sockaddr_in addr, own;
  int on = 1, off = 0;
  set_address(&addr, "127.0.0.1", 33335);
  set_address(&own, "127.0.0.1", 0);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      break;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:33335 --socket=new{{$}}
    close(fd);
  }
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &off, sizeof(off));
    bind(fd, (struct sockaddr *)&own, sizeof(own));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      break;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:33335 --socket=new --bind-any-port{{$}}
    close(fd);
  }
}

void number_of_another_loopback_address_bound(int fd) {
  struct sockaddr_in addr, own;
  set_address(&addr, "", 33334);
  set_address(&own, "127.0.0.2", 0);
  addr.sin_addr.s_addr = htonl(0x7f000002);
  bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.2:33334 --socket=same --bind-any-port
  }
}

void address_of_this_host_bound(int fd) {
  struct sockaddr_in addr, own;
  set_address(&addr, "192.0.2.1", 33334);
  set_address(&own, "192.0.2.1", 0);
  bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

// The any address stands for the one that the socket is bound to.
void any_address_from_a_bound_one(int fd) {
  struct sockaddr_in addr, own;
  set_address(&addr, "0.0.0.0", 33334);
  set_address(&own, "192.0.2.1", 0);
  bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void bound_to_any_address(int fd) {
  struct sockaddr_in addr, own;
  set_address(&addr, "127.0.0.1", 33334);
  set_address(&own, "0.0.0.0", 0);
  bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void bound_to_any_address_and_to_another_loopback_address(int fd) {
  struct sockaddr_in addr, own;
  set_address(&addr, "127.0.0.2", 33334);
  set_address(&own, "0.0.0.0", 0);
  bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:22: note: another host, 127.0.0.2
  }
}

void bound_to_one_address_and_to_another(int fd) {
  struct sockaddr_in addr, own;
  set_address(&addr, "127.0.0.1", 33334);
  set_address(&own, "127.0.0.2", 0);
  bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:3: note: the source is bound to another address here
  }
}

void bound_on_one_way_only(int fd, int wish) {
  struct sockaddr_in addr, own;
  set_address(&addr, "127.0.0.2", 33334);
  set_address(&own, "127.0.0.2", 0);
  if (wish)
    bind(fd, (struct sockaddr *)&own, sizeof(own));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-6]]:22: note: another host, 127.0.0.2
  }
}

void unix_socket(int fd) {
  struct sockaddr_un addr;
  addr.sun_family = AF_UNIX;
  strncpy(addr.sun_path, "/run/x", sizeof(addr.sun_path));
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:10: note: an address of another family than IPv4 and IPv6
    sleep(1);
}

void unix_socket_by_its_creation(const struct sockaddr *addr, socklen_t size) {
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  while (connect(fd, addr, size) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:12: note: an address of another family than IPv4 and IPv6
    sleep(1);
}

void vsock(const struct sockaddr *addr, socklen_t size) {
  int fd = socket(AF_VSOCK, SOCK_STREAM, 0);
  while (connect(fd, addr, size) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:12: note: an address of another family than IPv4 and IPv6
    sleep(1);
}

void datagram_socket(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:12: note: a datagram socket
    sleep(1);
}

void datagram_socket_with_flags(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP);
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:12: note: a datagram socket
    sleep(1);
}

void sctp(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:12: note: a socket of another protocol than TCP
    sleep(1);
}

int a_list_that_wraps_round_for_ever(const struct sockaddr_in *servers,
                                     int count) {
  int i = 0;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&servers[i], sizeof(servers[i])) ==
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
        0)
      return fd;
    close(fd);
    i = (i + 1) % count;
  }
}

int a_list_that_starts_again_at_its_end(const struct addrinfo *list) {
  const struct addrinfo *at = list;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
    at = at->ai_next;
    if (!at)
      at = list;
  }
}

int a_list_that_is_walked_once_from_the_middle(
    const struct sockaddr_in *servers, int count, int start) {
  int i = start, tried;
  for (tried = 0; tried < count; tried++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&servers[i], sizeof(servers[i])) ==
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+4]]:5: note: the destination advances here
        0)
      return fd;
    close(fd);
    i = (i + 1) % count;
  }
  return -1;
}
