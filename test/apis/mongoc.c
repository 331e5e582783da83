// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The MongoDB C driver watches its servers and connects to them again.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/libmongoc-1.0 -isystem %include/libbson-1.0 %headers

#include <mongoc/mongoc.h>

void dial(const char *given) {
  mongoc_client_new("mongodb://localhost:47017/?appname=x");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mongoc_client_new("mongodb://user:pw@127.0.0.1:47019/db");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mongoc_client_new("mongodb://localhost:27017");
  mongoc_client_new("mongodb://localhost");
  mongoc_client_new("mongodb://db.example.org:47017");
  mongoc_client_new(given);
}
