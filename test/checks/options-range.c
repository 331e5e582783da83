// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// EphemeralRange and ReservedPorts, per check and module-wide, in both checks.
//
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,EVEN-LINUX,ODD-LINUX %s selfconnect-* %t -- -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,EVEN-LINUX,ODD-LINUX %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: linux}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,EVEN-FROM-ODD,ODD-FROM-ODD %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: 32769-60999}]}" -- %mock -O2
//
// The range of IANA, macOS and Windows has neither port.
// RUN: %check_clang_tidy -check-suffixes=HIGH %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: iana}]}" -- %mock -O2 -DHIGH
// RUN: %check_clang_tidy -check-suffixes=HIGH %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: macos}]}" -- %mock -O2 -DHIGH
// RUN: %check_clang_tidy -check-suffixes=HIGH %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: windows}]}" -- %mock -O2 -DHIGH
// RUN: %check_clang_tidy -check-suffixes=HIGH %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: 49152-65535}]}" -- %mock -O2 -DHIGH
//
// FreeBSD's and OpenBSD's have both, and 20000.
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,LOW %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: freebsd}]}" -- %mock -O2 -DLOW
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,LOW %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: openbsd}]}" -- %mock -O2 -DLOW
//
// Of other systems the ports are known and no more: no halves, no chances, no
// reserved ports.
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,OTHER %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: openbsd}, {key: ReservedPorts, value: '33333-33334'}]}" -- %mock -O2
// RUN: %tidy %s -checks='-*,selfconnect-*' --config="{CheckOptions: [{key: EphemeralRange, value: openbsd}]}" -- %mock -O2 > %t.openbsd
// RUN: FileCheck -check-prefix=NOTHING-MORE %s -implicit-check-not='half' -implicit-check-not='in use' -implicit-check-not='per hour' -implicit-check-not='reserved' < %t.openbsd
// NOTHING-MORE: selfconnect-retry-loop
// NOTHING-MORE: note: use a port outside the range{{$}}
//
// A list: a port inside any of the ranges is reported, in the words of the one
// that draws it most readily.
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,EVEN-LINUX,ODD-LINUX,HIGH,HIGH-WINDOWS %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: 'linux;windows'}]}" -- %mock -O2 -DHIGH
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,EVEN-LINUX,ODD-FROM-ODD,HIGH,HIGH-WINDOWS %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: ' windows; linux ;32769-60999;'}]}" -- %mock -O2 -DHIGH
// RUN: %check_clang_tidy -check-suffixes=ODD,EVEN,EVEN-LINUX,OTHER-ODD,LOW %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: 'linux;openbsd'}]}" -- %mock -O2 -DLOW
// RUN: not %tidy %s -checks='-*,selfconnect-*' --config="{CheckOptions: [{key: EphemeralRange, value: 'linux;plan9'}]}" -- %mock -O2 | FileCheck -check-prefix=BAD-ITEM %s
// BAD-ITEM: invalid value for option 'EphemeralRange': port range 'plan9' is neither LOW-HIGH nor one of
//
// Reserved ports are never drawn.
// RUN: %check_clang_tidy -check-suffixes=EVEN %s selfconnect-* %t -- --config="{CheckOptions: [{key: ReservedPorts, value: '33333'}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=ODD %s selfconnect-* %t -- --config="{CheckOptions: [{key: ReservedPorts, value: '8080,33334-33340'}]}" -- %mock -O2
// RUN: %check_clang_tidy %s selfconnect-* %t -- --config="{CheckOptions: [{key: ReservedPorts, value: '33333-33334'}]}" -- %mock -O2 -DNONE
//
// The name of one check sets that check alone, and wins over the global one.
// RUN: %check_clang_tidy -check-suffixes=LISTEN-ALONE %s selfconnect-* %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.EphemeralRange, value: iana}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=LOOP-ALONE %s selfconnect-* %t -- --config="{CheckOptions: [{key: selfconnect-ephemeral-listen-port.EphemeralRange, value: iana}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=LOOP-ALONE %s selfconnect-* %t -- --config="{CheckOptions: [{key: EphemeralRange, value: iana}, {key: selfconnect-retry-loop.EphemeralRange, value: linux}]}" -- %mock -O2

#include <arpa/inet.h>
#include <unistd.h>

void odd(int fd, int server) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33333);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES-ODD: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    // CHECK-MESSAGES-LOOP-ALONE: :[[@LINE-2]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    // CHECK-MESSAGES-ODD-LINUX: note: port 33333 is inside the ephemeral port range 32768-60999, reached only when all even ports of it are in use
    // CHECK-MESSAGES-ODD-FROM-ODD: note: port 33333 is inside the ephemeral port range 32769-60999, in its preferred half
    // CHECK-MESSAGES-OTHER: note: port 33333 is inside the ephemeral port range 1024-49151 of openbsd
    // CHECK-MESSAGES-OTHER-ODD: note: port 33333 is inside the ephemeral port range 1024-49151 of openbsd
    sleep(1);
  bind(server, (struct sockaddr *)&addr, sizeof(addr));
  listen(server, 5);
  // CHECK-MESSAGES-ODD: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES-LISTEN-ALONE: :[[@LINE-2]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-ephemeral-listen-port]
}

void even(int fd, int server) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES-EVEN: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    // CHECK-MESSAGES-LOOP-ALONE: :[[@LINE-2]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    // CHECK-MESSAGES-EVEN-LINUX: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
    // CHECK-MESSAGES-OTHER: note: port 33334 is inside the ephemeral port range 1024-49151 of openbsd
    // CHECK-MESSAGES-EVEN-FROM-ODD: note: port 33334 is inside the ephemeral port range 32769-60999, reached only when all odd ports of it are in use
    sleep(1);
  bind(server, (struct sockaddr *)&addr, sizeof(addr));
  listen(server, 5);
  // CHECK-MESSAGES-EVEN: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES-LISTEN-ALONE: :[[@LINE-2]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-ephemeral-listen-port]
}

#ifdef LOW
void low(int server) {
  struct sockaddr_in addr;
  addr.sin_port = htons(20000);
  bind(server, (struct sockaddr *)&addr, sizeof(addr));
  listen(server, 5);
  // CHECK-MESSAGES-LOW: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-ephemeral-listen-port]
}
#endif

#ifdef HIGH
void high(int server) {
  struct sockaddr_in addr;
  addr.sin_port = htons(65535);
  bind(server, (struct sockaddr *)&addr, sizeof(addr));
  listen(server, 5);
  // CHECK-MESSAGES-HIGH: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES-HIGH-WINDOWS: note: port 65535 is inside the ephemeral port range 49152-65535 of windows
}
#endif
