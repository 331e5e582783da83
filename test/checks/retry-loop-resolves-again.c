// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A loop that waits until a name is found is no walk over addresses; one whose
// turns are about what it has been given is, and so is one that counts addresses up.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <unistd.h>

struct directory;
int look_up(struct directory *in, struct sockaddr_in *found);
struct sockaddr_in *look_up_new(struct directory *in);

static int dial(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return -1;
  }
  return fd;
}

int waits_for_the_name(struct directory *in) {
  struct sockaddr_in to;
  int fd;
  do {
    while (look_up(in, &to) < 0)
      sleep(1);
    fd = dial(&to);
  } while (fd < 0);
  return fd;
}

static int dial_new(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return -1;
  }
  return fd;
}

int waits_for_a_new_one(struct directory *in) {
  struct sockaddr_in *to;
  int fd;
  do {
    while ((to = look_up_new(in)) == 0)
      sleep(1);
    fd = dial_new(to);
  } while (fd < 0);
  return fd;
}

static int dial_each(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}

int each_that_is_found(struct directory *in) {
  struct sockaddr_in to;
  while (look_up(in, &to)) {
    int fd = dial_each(&to);
    if (fd >= 0)
      return fd;
  }
  return -1;
}

int each_new_one(struct directory *in) {
  struct sockaddr_in *to;
  for (to = look_up_new(in); to; to = look_up_new(in)) {
    int fd = dial_each(to);
    if (fd >= 0)
      return fd;
  }
  return -1;
}

int first_of(const char *network, struct in_addr *first);
int last_of(const char *network, struct in_addr *last);
void address_increment(struct in_addr *at);
int print_address(const struct in_addr *at, char *text, int size);

static int dial_host(const char *host) {
  struct sockaddr_in to = {AF_INET, htons(33334), {0}, {0}};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  inet_pton(AF_INET, host, &to.sin_addr);
  if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}

void each_of_a_network(const char *network) {
  struct in_addr at, last;
  char text[64];
  if (first_of(network, &at) || last_of(network, &last))
    return;
  for (;;) {
    print_address(&at, text, sizeof(text));
    dial_host(text);
    if (at.s_addr == last.s_addr)
      return;
    address_increment(&at);
  }
}
