// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A port that comes from a header is reported at the call that listens, with a
// note in the header, be it one of the project or one of the system.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-ephemeral-listen-port %t -- --header-filter=.* -- -isystem %S/Inputs/Headers -isystem %S/Inputs/Ports
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-ephemeral-listen-port %t -- --header-filter=.* -- -isystem %S/Inputs/Headers -I %S/Inputs/Ports

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <ports.h>

void from_macro(int fd) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(MACRO_PORT)};
  bind(fd, (struct sockaddr *)&address, sizeof address);
  listen(fd, 1);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: :[[@LINE-4]]:74: note: port 33334 comes from here
  // CHECK-NOTES: ports.h:5:20: note: expanded from macro 'MACRO_PORT'
  // CHECK-NOTES: :[[@LINE-4]]:3: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: :[[@LINE-5]]:3: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: :[[@LINE-6]]:3: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
}

void from_constant(int fd) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(CONST_PORT)};
  bind(fd, (struct sockaddr *)&address, sizeof address);
  listen(fd, 1);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: ports.h:7:42: note: port 33338 comes from here
  // CHECK-NOTES: :[[@LINE-3]]:3: note: port 33338 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: :[[@LINE-4]]:3: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: :[[@LINE-5]]:3: note: reproduce with: selfconnect reproduce 127.0.0.1:33338 --socket=new
}

void from_enumerator(int fd) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(ENUM_PORT)};
  bind(fd, (struct sockaddr *)&address, sizeof address);
  listen(fd, 1);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: ports.h:6:8: note: port 33336 comes from here
  // CHECK-NOTES: :[[@LINE-3]]:3: note: port 33336 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: :[[@LINE-4]]:3: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: :[[@LINE-5]]:3: note: reproduce with: selfconnect reproduce 127.0.0.1:33336 --socket=new
}

void silent(int fd) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(LOW_PORT)};
  bind(fd, (struct sockaddr *)&address, sizeof address);
  listen(fd, 1);
}
