// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A call that listens in a header is reported in a header of the project, and
// not in one of the system, which is nobody's to mend.
//
// RUN: %check_clang_tidy -std=gnu11 -check-suffixes=PROJECT %s selfconnect-ephemeral-listen-port %t -- --header-filter=.* -- -isystem %S/Inputs/Headers -I %S/Inputs/Ports
// RUN: %check_clang_tidy -std=gnu11 -check-suffixes=SYSTEM %s selfconnect-ephemeral-listen-port %t -- --header-filter=.* -- -isystem %S/Inputs/Headers -isystem %S/Inputs/Ports

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <listens.h>

void here(int fd) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(33344)};
  bind(fd, (struct sockaddr *)&address, sizeof address);
  listen(fd, 1);
  // CHECK-MESSAGES-PROJECT: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES-SYSTEM: :[[@LINE-2]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}
// CHECK-MESSAGES-PROJECT: listens.h:8:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
