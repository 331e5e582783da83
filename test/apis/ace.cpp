// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ACE: the port comes first.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <ace/INET_Addr.h>
#include <ace/SOCK_Acceptor.h>
#include <ace/SOCK_Connector.h>
#include <ace/SOCK_Dgram.h>
#include <ace/SOCK_Stream.h>

void serve() {
  ACE_INET_Addr Address(50051);
  ACE_SOCK_Acceptor Acceptor(Address);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ACE_SOCK_Acceptor Temporary(ACE_INET_Addr(50053, "127.0.0.1"));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ACE_INET_Addr Text("localhost:50055");
  Acceptor.open(Text, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ACE_INET_Addr Later;
  Later.set(50057);
  Acceptor.open(Later);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(u_short Given) {
  ACE_SOCK_Acceptor Any(ACE_INET_Addr(static_cast<u_short>(0)));
  ACE_SOCK_Acceptor Low(ACE_INET_Addr(static_cast<u_short>(8080)));
  ACE_SOCK_Acceptor Unknown(ACE_INET_Addr{Given});
  ACE_INET_Addr Address(50051, "localhost");
  ACE_SOCK_Dgram Datagram(Address);
  ACE_SOCK_Stream Stream;
  ACE_SOCK_Connector Once;
  Once.connect(Stream, Address);
}

void dialAgain(ACE_SOCK_Stream &Stream) {
  ACE_INET_Addr Address(50059, "localhost");
  ACE_SOCK_Connector Connector;
  while (Connector.connect(Stream, Address) == -1) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50059
  }
}
