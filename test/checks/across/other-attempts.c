// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// While nobody listens, every attempt at that destination is refused: a loop
// that goes on only because another attempt has succeeded is no retry.

//--- link.h
struct link {
  int fd;
  int port;
};
int link_reconnect(struct link *l);
int link_send(struct link *l, const char *text);
int link_answer(struct link *l);

//--- link.c
#include "link.h"
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int link_reconnect(struct link *l) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(l->port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&addr, sizeof addr) == 0)
    return 0;
  close(l->fd);
  l->fd = -1;
  return -1;
}
int link_send(struct link *l, const char *text) {
  if (l->fd < 0 && link_reconnect(l) != 0)
    return -1;
  return send(l->fd, text, strlen(text), 0) < 0 ? -1 : 0;
}
int link_answer(struct link *l) {
  char byte;
  return recv(l->fd, &byte, 1, 0) == 1 ? byte : -1;
}

//--- silent.c
#include "link.h"

// The second attempt decides, and gives up.
int again_if_reconnected(struct link *l) {
  int answer = 0;
  do {
    if (link_send(l, "GET") != 0) {
      if (link_reconnect(l) != 0)
        return -1;
      answer = 401;
      continue;
    }
    answer = link_answer(l);
  } while (answer == 401);
  return answer;
}

// The same by a result that is kept.
int again_by_status(struct link *l) {
  int status = -1;
  while (status != 0) {
    status = link_send(l, "GET");
    if (status < 0) {
      int lost = link_reconnect(l);
      if (lost)
        break;
    }
  }
  return status;
}

//--- reported.c
#include "link.h"
#include <unistd.h>

// Both are refused, and it goes on.
void both(struct link *l) {
  while (link_send(l, "GET") != 0) { // retry: 127.0.0.1:PORT --socket=new
    if (link_reconnect(l) != 0) // retry: 127.0.0.1:PORT --socket=new
      sleep(1);
  }
}

// Another place may well be there: its success says nothing of this one.
void spare(struct link *l, struct link *other) {
  for (;;) {
    if (link_send(l, "GET") == 0) // retry: 127.0.0.1:PORT --socket=new
      return;
    if (link_reconnect(other) != 0)
      return;
  }
}
