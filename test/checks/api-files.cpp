// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows of the user's own.
//
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=ROWS,LOOP %s selfconnect-* %t -- --config="{CheckOptions: [{key: ApiFiles, value: '%S/Inputs/Apis/web.json'}]}" -- %mock
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=ROWS,LOOP,MORE %s selfconnect-* %t -- --config="{CheckOptions: [{key: ApiFiles, value: '%S/Inputs/Apis/web.json; %S/Inputs/Apis/more.json'}]}" -- %mock
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=LOOP,LISTEN %s selfconnect-* %t -- --config="{CheckOptions: [{key: selfconnect-ephemeral-listen-port.ApiFiles, value: '%S/Inputs/Apis/web.json'}]}" -- %mock
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=LOOP %s selfconnect-* %t -- -- %mock

#include <arpa/inet.h>
#include <unistd.h>

namespace web {
class App {
public:
  App &port(unsigned short Port);
  App &name(const char *Name);
};
void dial(const char *host, int port);
} // namespace web

void rows(web::App &App) {
  App.name("x")
      .port(45451);
  // CHECK-MESSAGES-ROWS: :[[@LINE-1]]:8: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES-LISTEN: :[[@LINE-2]]:8: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  App.port(18080);
  web::dial("localhost", 45451);
  // CHECK-MESSAGES-ROWS: :[[@LINE-1]]:3: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  web::dial("example.org", 45451);
}

void pause_ms(int Duration);

void pauses() {
  sockaddr_in Address;
  Address.sin_port = htons(45452);
  Address.sin_addr.s_addr = inet_addr("127.0.0.1");
  int Socket = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(Socket, (const sockaddr *)&Address, sizeof(Address)) < 0)
    // CHECK-MESSAGES-LOOP: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES-MORE: note: about 22 % per hour without a server, at one try per second
    pause_ms(1000);
}
