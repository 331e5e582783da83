// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// OpenSSL's BIO.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <openssl/bio.h>

void serve(const char *given) {
  BIO_new_accept("50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  BIO_new_accept("*:50053");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  BIO_new_accept("[::1]:50055");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  BIO_new_accept("4433");
  BIO_new_accept("localhost:0");
  BIO_new_accept(given);
}

void dial_once(void) { BIO_new_connect("localhost:50051"); }
