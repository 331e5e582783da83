// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libssh: an option that points to the port.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <libssh/server.h>

void serve(ssh_bind server) {
  unsigned int port = 50022;
  ssh_bind_options_set(server, SSH_BIND_OPTIONS_BINDPORT, &port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ssh_bind_options_set(server, SSH_BIND_OPTIONS_BINDPORT_STR, "50024");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ssh_bind_options_set(server, SSH_BIND_OPTIONS_BINDPORT_STR, "2222");
  ssh_bind_options_set(server, SSH_BIND_OPTIONS_BINDADDR, "50022");
}
