// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libmemcached keeps a list of servers and connects to them again.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <libmemcached/memcached.h>

void dial(memcached_st *cache, const char *given) {
  memcached_server_add(cache, "localhost", 50211);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  memcached_server_add(cache, NULL, 50213);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  memcached_server_add(cache, "localhost", 11211);
  memcached_server_add(cache, "cache.example.org", 50211);
  memcached_server_add(cache, given, 50211);
}
