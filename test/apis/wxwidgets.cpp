// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// wxWidgets: a setter of the address, as text or as a number.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -D__WXGTK__ -D_FILE_OFFSET_BITS=64 -isystem %library/wx/include/gtk3-unicode-3.2 -isystem %include/wx-3.2 %headers

#include <wx/socket.h>

void serve() {
  wxIPV4address Address;
  Address.Service(50051);
  wxSocketServer Server(Address);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(unsigned short Given) {
  wxIPV4address Low;
  Low.Service(3000);
  wxSocketServer LowServer(Low);
  wxIPV4address Unknown;
  Unknown.Service(Given);
  wxSocketServer UnknownServer(Unknown);
  // One attempt, and a datagram.
  wxIPV4address Remote;
  Remote.Service(50053);
  wxSocketClient Client;
  Client.Connect(Remote, false);
  wxDatagramSocket Datagram(Remote);
}

void dialAgain(wxSocketClient &Client) {
  wxIPV4address Remote;
  Remote.Service(50055);
  while (!Client.Connect(Remote, true)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce HOST:50055
  }
}
