// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The notes are kept in the fixes YAML, the reproduce note as the last.
//
// RUN: rm -f %t.yaml
// RUN: %tidy --config={} -checks=-*,selfconnect-retry-loop --export-fixes=%t.yaml %s -- %mock -O2
// RUN: FileCheck %s --input-file=%t.yaml

#include <arpa/inet.h>

void dial(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
  }
}

// CHECK: DiagnosticName:{{ *}}selfconnect-retry-loop
// CHECK: Message:{{ *['"]?}}retried connect() can connect to itself when no server is listening
// CHECK: Notes:
// CHECK: Message:{{ *['"]?}}the same socket is connected again
// CHECK: Message:{{ *['"]?}}port 33334 comes from here
// CHECK: Message:{{ *['"]?}}the loop is here
// CHECK: Message:{{ *['"]?}}reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=same
// CHECK-NOT: Message:
