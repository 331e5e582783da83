// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// The function called holds the whole cycle; its caller knows where it goes.

//--- forever.h
int dial_forever(const char *host, int port);

//--- forever.c
#include "forever.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int dial_forever(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  for (;;) { // note: the loop is here
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0) // retry: HOST:PORT --socket=new // note: dial_forever() connects here
      return fd;
    close(fd);
    sleep(1);
  }
}

//--- known.c
#include "forever.h"
int inside(void) {
  return dial_forever("127.0.0.1", 40404); // retry: 127.0.0.1:40404 --socket=new
}
int outside(void) { return dial_forever("127.0.0.1", 80); }
int remote(void) { return dial_forever("192.0.2.1", 40404); }
