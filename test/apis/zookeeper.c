// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ZooKeeper: a list of servers; the client connects again by itself.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <zookeeper/zookeeper.h>

void dial(watcher_fn watcher) {
  zookeeper_init("example.org:2181,127.0.0.1:52181", watcher, 1000, 0, 0, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  zookeeper_init2("localhost:52183", watcher, 1000, 0, 0, 0, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  zookeeper_init("127.0.0.1:2181", watcher, 1000, 0, 0, 0);
  zookeeper_init("example.org:52181", watcher, 1000, 0, 0, 0);
}
