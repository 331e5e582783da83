// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// MinConfidence: certain knows host and port, likely one of them, possible none.
//
// RUN: %check_clang_tidy -check-suffixes=CERTAIN,LIKELY,POSSIBLE %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=CERTAIN,LIKELY,POSSIBLE %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.MinConfidence, value: possible}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=CERTAIN,LIKELY %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.MinConfidence, value: likely}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=CERTAIN %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.MinConfidence, value: certain}]}" -- %mock -O2
// RUN: %check_clang_tidy -check-suffixes=CERTAIN %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: MinConfidence, value: certain}]}" -- %mock -O2

#include <arpa/inet.h>
#include <unistd.h>

void host_and_port_known(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES-CERTAIN: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    sleep(1);
}

void host_known(int fd, int port) {
  struct sockaddr_in addr;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES-LIKELY: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    sleep(1);
}

void port_known(int fd, const char *host) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  inet_pton(AF_INET, host, &addr.sin_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES-LIKELY: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    sleep(1);
}

void nothing_known(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size) < 0)
    // CHECK-MESSAGES-POSSIBLE: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
    sleep(1);
}
