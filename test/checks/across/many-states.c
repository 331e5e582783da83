// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A helper that walks over addresses with many flags and variables on its way:
// what it returns when refused is known all the same, and the caller retries.

//--- dial.h
struct list { struct list *next; unsigned size; char address[28]; };
struct link { struct list *list; int fd; int status; };
struct list *dial_any(struct list *list, int *sock, int msec, int *cancel);
struct list *dial_some(struct list *list, int *sock, int msec, int *cancel);
int link_open(struct link *link, int msec, int *cancel);
int start_tls(struct link *link);

//--- dial.c
#include "dial.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
struct list *dial_any(struct list *list, int *sock, int msec, int *cancel) {
  int on, i, j, flags, result, left, count = 0, fds[100];
  struct list *lists[100];
  struct pollfd polled[100];
  if (!sock || (cancel && *cancel))
    return NULL;
  if (msec <= 0)
    msec = INT_MAX;
  left = msec;
  while (left > 0) {
    if (cancel && *cancel) {
      while (count > 0)
        close(fds[--count]);
      return NULL;
    }
    if (list && count < 100) {
      if ((fds[count] = socket(AF_INET, SOCK_STREAM, 0)) < 0) {
        list = list->next;
        continue;
      }
      on = 1;
      setsockopt(fds[count], SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
      flags = fcntl(fds[count], F_GETFL, 0);
      fcntl(fds[count], F_SETFL, flags | O_NONBLOCK);
      if (!connect(fds[count], (struct sockaddr *)list->address, list->size)) { // note: dial_any() connects here
        fcntl(fds[count], F_SETFL, flags);
        *sock = fds[count];
        while (count > 0)
          close(fds[--count]);
        return list;
      }
      if (errno != EINPROGRESS && errno != EWOULDBLOCK) {
        close(fds[count]);
        list = list->next;
        continue;
      }
      fcntl(fds[count], F_SETFL, flags);
      lists[count++] = list;
      list = list->next;
    }
    if (!list && count == 0) {
      errno = EHOSTDOWN;
      break;
    }
    do {
      if (cancel && *cancel) {
        while (count > 0)
          close(fds[--count]);
        *sock = -1;
        return NULL;
      }
      for (i = 0; i < count; i++) {
        polled[i].fd = fds[i];
        polled[i].events = POLLIN | POLLOUT;
      }
      result = poll(polled, count, list ? 100 : left > 250 ? 250 : left);
    } while (result < 0 && (errno == EINTR || errno == EAGAIN));
    if (result > 0) {
      struct list *found = NULL;
      for (i = 0; i < count; i++) {
        if (polled[i].revents && !(polled[i].revents & (POLLERR | POLLHUP))) {
          *sock = fds[i];
          found = lists[i];
          break;
        } else if (polled[i].revents & (POLLERR | POLLHUP)) {
          close(fds[i]);
          count--;
          if (i < count) {
            memmove(fds + i, fds + i + 1, (count - i) * sizeof fds[0]);
            memmove(lists + i, lists + i + 1, (count - i) * sizeof lists[0]);
          }
          i--;
        }
      }
      if (found) {
        for (j = 0; j < i; j++)
          close(fds[j]);
        for (j++; j < count; j++)
          close(fds[j]);
        return found;
      }
    }
    left -= list ? 100 : 250;
  }
  if (left <= 0)
    errno = ETIMEDOUT;
  while (count > 0)
    close(fds[--count]);
  return NULL;
}

//--- link.c
#include "dial.h"
#include <errno.h>
#include <stddef.h>
int link_open(struct link *link, int msec, int *cancel) {
  struct list *at = dial_any(link->list, &link->fd, msec, cancel); // note: link_open() connects here
  if (at == NULL) {
    link->status = errno;
    return -1;
  }
  if (link->status && start_tls(link) != 0)
    return -1;
  return 0;
}

//--- main.c
#include "dial.h"
#include <unistd.h>
int wait_for_printer(struct link *link) {
  do {
    if (link_open(link, 30000, 0)) { // retry: HOST:PORT --socket=new
      sleep(5);
    } else {
      break;
    }
  } while (1);
  return 0;
}
int once(struct link *link) {
  if (link_open(link, 30000, 0)) {
    sleep(5);
    return -1;
  }
  return 0;
}
