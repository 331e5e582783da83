// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Libraries that speak UDP only: nothing of theirs connects to itself by
// accident.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <enet/enet.h>
#include <lo/lo.h>

void serve(void) {
  ENetAddress address = {ENET_HOST_ANY, 50051};
  enet_host_create(&address, 32, 2, 0, 0);
  lo_server_new("50053", 0);
  lo_address_new("localhost", "50055");
}
