// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libmicrohttpd.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <microhttpd.h>
#include <stddef.h>

#define PORT 58888

void serve(MHD_AccessHandlerCallback handler, unsigned short given) {
  MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, PORT, NULL, NULL, handler, NULL, MHD_OPTION_END);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handler, NULL, MHD_OPTION_END);
  MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 8888, NULL, NULL, handler, NULL, MHD_OPTION_END);
  MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, given, NULL, NULL, handler, NULL, MHD_OPTION_END);
}
