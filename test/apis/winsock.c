// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// WinSock, by the headers of MinGW-w64 and for its target.
//
// RUN: %check_clang_tidy -std=gnu11,gnu17 %s selfconnect-* %t -- -- --target=x86_64-w64-mingw32 -isystem %include/../share/mingw-w64/include

#include <winsock2.h>
#include <ws2tcpip.h>

#include <string.h>

static void set(struct sockaddr_in *to, unsigned short port) {
  memset(to, 0, sizeof(*to));
  to->sin_family = AF_INET;
  to->sin_port = htons(port);
  to->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

int serve(void) {
  struct sockaddr_in at;
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
  set(&at, 50051);
  if (bind(s, (struct sockaddr *)&at, sizeof(at)) == SOCKET_ERROR)
    return 1;
  return listen(s, SOMAXCONN);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

int serve_out_of_range(void) {
  struct sockaddr_in at;
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
  set(&at, 8080);
  if (bind(s, (struct sockaddr *)&at, sizeof(at)) == SOCKET_ERROR)
    return 1;
  return listen(s, SOMAXCONN);
}

int serve_any_port(void) {
  struct sockaddr_in at;
  SOCKET s = WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
  set(&at, 0);
  if (bind(s, (struct sockaddr *)&at, sizeof(at)) == SOCKET_ERROR)
    return 1;
  return listen(s, SOMAXCONN);
}

SOCKET dial(void) {
  struct sockaddr_in to;
  set(&to, 50053);
  for (;;) {
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    if (WSAConnect(s, (struct sockaddr *)&to, sizeof(to), NULL, NULL, NULL,
                   NULL) == 0)
      return s;
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    closesocket(s);
    Sleep(100);
  }
}

SOCKET dial_plainly(void) {
  struct sockaddr_in to;
  memset(&to, 0, sizeof(to));
  to.sin_family = AF_INET;
  to.sin_port = htons(50055);
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  for (;;) {
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s == INVALID_SOCKET)
      return s;
    if (connect(s, (struct sockaddr *)&to, sizeof(to)) != SOCKET_ERROR)
      return s;
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    if (WSAGetLastError() != WSAECONNREFUSED)
      return INVALID_SOCKET;
    closesocket(s);
  }
}

SOCKET dial_by_name(void) {
  for (;;) {
    SOCKET s = WSASocketA(AF_INET6, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    if (WSAConnectByNameA(s, "localhost", "50057", NULL, NULL, NULL, NULL, NULL,
                          NULL))
      return s;
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    closesocket(s);
  }
}

SOCKET dial_by_wide_name(void) {
  for (;;) {
    SOCKET s = WSASocketW(AF_INET6, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    if (WSAConnectByNameW(s, L"localhost", L"50059", NULL, NULL, NULL, NULL,
                          NULL, NULL))
      return s;
    // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50059
    closesocket(s);
  }
}

SOCKET dial_by_name_out_of_range(void) {
  for (;;) {
    SOCKET s = WSASocketW(AF_INET6, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    if (WSAConnectByNameW(s, L"localhost", L"8080", NULL, NULL, NULL, NULL,
                          NULL, NULL))
      return s;
    closesocket(s);
  }
}

SOCKET dial_datagram(void) {
  struct sockaddr_in to;
  set(&to, 50061);
  for (;;) {
    SOCKET s = WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, 0);
    if (WSAConnect(s, (struct sockaddr *)&to, sizeof(to), NULL, NULL, NULL,
                   NULL) == 0)
      return s;
    closesocket(s);
  }
}
