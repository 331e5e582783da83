// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// OpenSSL's BIO. BIO_set_conn_hostname() and its kin are macros for BIO_ctrl().
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

void serve_by_setting(BIO *bio) {
  BIO_set_accept_name(bio, "localhost:50057");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  BIO_set_accept_port(bio, "50059");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  BIO_set_accept_name(bio, "localhost:4433");
  BIO_set_accept_port(bio, "4433");
  BIO_set_nbio_accept(bio, 50061);
  BIO_set_bind_mode(bio, 50063);
}

BIO *dial_by_setting(void) {
  for (;;) {
    BIO *bio = BIO_new(BIO_s_connect());
    BIO_set_conn_hostname(bio, "localhost:50051");
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50051
    if (BIO_do_connect(bio) > 0)
      return bio;
    BIO_free_all(bio);
  }
}

// The host is in another call.
BIO *dial_by_setting_the_port(void) {
  for (;;) {
    BIO *bio = BIO_new(BIO_s_connect());
    BIO_set_conn_hostname(bio, "server");
    BIO_set_conn_port(bio, "50053");
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce HOST:50053
    if (BIO_do_connect(bio) > 0)
      return bio;
    BIO_free_all(bio);
  }
}

BIO *dial_elsewhere(void) {
  for (;;) {
    BIO *bio = BIO_new(BIO_s_connect());
    BIO_set_conn_hostname(bio, "192.0.2.1:50051");
    BIO_set_conn_mode(bio, 50051);
    if (BIO_do_connect(bio) > 0)
      return bio;
    BIO_free_all(bio);
  }
}

void dial_once(void) { BIO_new_connect("localhost:50051"); }

BIO *dial_again(void) {
  for (;;) {
    BIO *bio = BIO_new_connect("localhost:50055");
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
    if (BIO_do_connect(bio) > 0)
      return bio;
    BIO_free_all(bio);
  }
}
