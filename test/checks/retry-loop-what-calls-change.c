// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Only a write that can happen changes a destination: what a call reads, it
// leaves as it is, and what it may write is not made from what stands beside
// it unless the callee, a row of the API table, or the lack of anything else
// that could have made it says so.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int sscanf(const char *text, const char *format, ...);
void syslog(int priority, const char *format, ...);
char *strtok(char *text, const char *delimiters);
char *strsep(char **text, const char *delimiters);
char *strcpy(char *to, const char *from);

void log_error(const char *format, ...);
extern void (*log_hook)(int level, const char *text, ...);
extern void (*report_hook)(const char *host, int number);
void note_try(struct sockaddr_in *to, int number);
void make_address(struct sockaddr_in *to, int number);
int make_name(char *name, int number);

static void fill(struct sockaddr_in *a, const char *host, int port) {
  memset(a, 0, sizeof(*a));
  a->sin_family = AF_INET;
  a->sin_port = htons(port);
  inet_pton(AF_INET, host, &a->sin_addr);
}

// What is logged.

int logged_to_a_stream(const char *host, int port) {
  struct sockaddr_in a;
  fill(&a, host, port);
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    fprintf(stderr, "try %d: %s port %d does not answer\n", i, host, port);
    close(fd);
  }
  return -1;
}

int logged_to_the_system(char *host, int port) {
  struct sockaddr_in a;
  for (int i = 0; i < 10; i++) {
    fill(&a, host, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    syslog(3, "try %d: %s", i, host);
    close(fd);
  }
  return -1;
}

int logged_by_an_own_function(char *host, int port) {
  struct sockaddr_in a;
  fill(&a, host, port);
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    log_error("try %d of %p: %s", i, &a, host);
    close(fd);
  }
  return -1;
}

int logged_through_a_pointer(char *host, int port) {
  struct sockaddr_in a;
  fill(&a, host, port);
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    log_hook(3, "try %d: %s", i, host);
    report_hook(host, i);
    close(fd);
  }
  return -1;
}

int put_into_another_text(char *host, int port) {
  struct sockaddr_in a;
  char line[80];
  fill(&a, host, port);
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    snprintf(line, sizeof(line), "try %d: %s", i, host);
    log_error("%s", line);
    close(fd);
  }
  return -1;
}

int noted_out_of_sight(const char *host, int port) {
  struct sockaddr_in a;
  fill(&a, host, port);
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    note_try(&a, i);
    close(fd);
  }
  return -1;
}

static int tries_so_far;
static void count_in_sight(struct sockaddr_in *to, int number) {
  tries_so_far = number;
  if (to->sin_port == 0)
    log_error("no port");
}

int counted_in_sight(struct sockaddr_in *to) {
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    count_in_sight(to, i);
    close(fd);
  }
  return -1;
}

// What is made.

int made_from_the_number_in_sight(const char *host) {
  struct sockaddr_in a;
  for (int port = 40000; port < 40100; port++) {
    fill(&a, host, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:40: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int made_from_the_number_out_of_sight(void) {
  struct sockaddr_in a;
  for (int i = 0; i < 100; i++) {
    make_address(&a, i);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:28: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int a_name_made_from_the_number(int port) {
  struct sockaddr_in a;
  char name[80];
  for (int i = 0; i < 100; i++) {
    make_name(name, i);
    fill(&a, name, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:28: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int a_name_printed_from_the_number(int port) {
  struct sockaddr_in a;
  char name[80];
  for (int i = 0; i < 100; i++) {
    snprintf(name, sizeof(name), "10.0.0.%d", i);
    fill(&a, name, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:28: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int read_from_a_list_of_texts(const char **lines) {
  struct sockaddr_in a;
  char name[80];
  int port;
  for (; *lines; lines++) {
    sscanf(*lines, "%79s %d", name, &port);
    fill(&a, name, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:18: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int copied_from_a_list(const struct sockaddr_in *list, int count) {
  struct sockaddr_in a;
  for (int i = 0; i < count; i++) {
    memcpy(&a, &list[i], sizeof(a));
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:30: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

// Recursion.

static int counts_down(struct sockaddr_in *to, unsigned tries) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return fd;
  close(fd);
  return tries > 1 ? counts_down(to, tries - 1) : -1;
}
int start_to_count(struct sockaddr_in *to) { return counts_down(to, 50); }

static int counts_up(char *host, int port, int tries) {
  struct sockaddr_in a;
  fill(&a, host, port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return fd;
  close(fd);
  if (tries == 20)
    return -1;
  return counts_up(host, port, tries + 1);
}
int start_to_count_up(char *host) { return counts_up(host, 40000, 0); }

static int goes_up(char *host, int port) {
  struct sockaddr_in a;
  fill(&a, host, port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+5]]:10: note: the destination advances here
    return fd;
  close(fd);
  if (port == 40100)
    return -1;
  return goes_up(host, port + 1);
}
int start_to_go_up(char *host) { return goes_up(host, 40000); }

// Names.

int get_next_hop(void);
int take_lock(struct sockaddr_in *to);
char *nextcloud_address(void);
struct sockaddr_in *pop3_address(struct sockaddr_in *buffer);
struct sockaddr_in *next_server(void);
int setsockopt(int fd, int level, int option, const void *value,
               socklen_t size);

int a_mark_from_next(struct sockaddr_in *to) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int mark = get_next_hop();
    setsockopt(fd, 1, 36, &mark, sizeof(mark));
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
}

int a_lock_is_taken(struct sockaddr_in *to) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    take_lock(to);
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
}

int a_name_that_begins_with_next(int port) {
  for (;;) {
    struct sockaddr_in a;
    fill(&a, nextcloud_address(), port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
}

int a_name_that_begins_with_pop(void) {
  struct sockaddr_in buffer, *to;
  for (;;) {
    to = pop3_address(&buffer);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
}

static struct sockaddr_in only_server;
static struct sockaddr_in *take_server_in_sight(void) { return &only_server; }

int in_sight_the_name_says_nothing(void) {
  struct sockaddr_in *to;
  for (;;) {
    to = take_server_in_sight();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
}

int the_next_one_out_of_sight(void) {
  struct sockaddr_in *to;
  while ((to = next_server())) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:11: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

static struct sockaddr_in servers[4];
static struct sockaddr_in *choose(void) {
  static unsigned at;
  return at < 4 ? &servers[at++] : NULL;
}

int the_next_one_in_sight(void) {
  struct sockaddr_in *to;
  while ((to = choose())) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:11: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int cut_from_one_text(char *list, int port) {
  char *host;
  while ((host = strsep(&list, ",")) != NULL) {
    struct sockaddr_in a;
    fill(&a, host, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:18: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

int tokens_of_one_text(char *list, int port) {
  char name[80];
  for (char *host = strtok(list, ","); host; host = strtok(NULL, ",")) {
    struct sockaddr_in a;
    strcpy(name, host);
    fill(&a, name, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-7]]:46: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}
