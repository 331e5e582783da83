// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// APR: an address that another call makes.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/apr-1.0 %headers

#include <apr_network_io.h>

void serve(apr_socket_t *socket, apr_pool_t *pool) {
  apr_sockaddr_t *address;
  apr_sockaddr_info_get(&address, NULL, APR_INET, 50051, 0, pool);
  apr_socket_bind(socket, address);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  apr_socket_listen(socket, 5);
}

void silent(apr_socket_t *socket, apr_pool_t *pool, apr_port_t given) {
  apr_sockaddr_t *low, *any, *unknown;
  apr_sockaddr_info_get(&low, NULL, APR_INET, 8080, 0, pool);
  apr_socket_bind(socket, low);
  apr_sockaddr_info_get(&any, NULL, APR_INET, 0, 0, pool);
  apr_socket_bind(socket, any);
  apr_sockaddr_info_get(&unknown, NULL, APR_INET, given, 0, pool);
  apr_socket_bind(socket, unknown);
}

void dial_once(apr_socket_t *socket, apr_pool_t *pool) {
  apr_sockaddr_t *address;
  apr_sockaddr_info_get(&address, "localhost", APR_INET, 50051, 0, pool);
  apr_socket_connect(socket, address);
}

void dial_again(apr_socket_t *socket, apr_pool_t *pool) {
  apr_sockaddr_t *address;
  apr_sockaddr_info_get(&address, "localhost", APR_INET, 50053, 0, pool);
  while (apr_socket_connect(socket, address) != APR_SUCCESS) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053
  }
}
