// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SDL_net: no host means to listen.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/SDL2 -isystem %multiarch %headers

#include <SDL2/SDL_net.h>

void serve(void) {
  IPaddress address;
  SDLNet_ResolveHost(&address, NULL, 50051);
  SDLNet_TCP_Open(&address);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(Uint16 given) {
  IPaddress low, unknown;
  SDLNet_ResolveHost(&low, NULL, 8080);
  SDLNet_TCP_Open(&low);
  SDLNet_ResolveHost(&unknown, NULL, given);
  SDLNet_TCP_Open(&unknown);
  SDLNet_UDP_Open(50051);
}

void dial_once(void) {
  IPaddress address;
  SDLNet_ResolveHost(&address, "localhost", 50051);
  SDLNet_TCP_Open(&address);
}

TCPsocket dial_again(void) {
  IPaddress address;
  SDLNet_ResolveHost(&address, "localhost", 50053);
  for (;;) {
    TCPsocket socket = SDLNet_TCP_Open(&address);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053
    if (socket)
      return socket;
  }
}
