// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The C++ REST SDK: URIs.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <cpprest/http_client.h>
#include <cpprest/http_listener.h>

using web::http::experimental::listener::http_listener;

void serve() {
  http_listener Literal(U("http://localhost:34568/"));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  web::uri Address(U("http://0.0.0.0:45678/path"));
  http_listener Variable(Address);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  http_listener Built(web::http::uri_builder(Address).append_path(U("/50051")).to_uri());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  web::uri_builder Builder(U("http://localhost:50053/"));
  http_listener Text(Builder.append_path(U("x")).to_string());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  http_listener Query(web::uri_builder(U("http://localhost:50057/")).append_query(U("port=80")).to_uri());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  http_listener Appended(web::uri_builder(U("http://localhost:50059/")).append(U("x?port=80")).to_uri());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  http_listener OtherPath(web::uri_builder(U("http://localhost:50061/")).set_path(U("80")).to_uri());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  http_listener BuiltLow(web::uri_builder(U("http://localhost:8080/")).append_path(U("/50051")).to_uri());
  http_listener Low(U("http://localhost:8080/"));
  http_listener None(U("http://localhost/"));
  web::http::client::http_client Once(U("http://localhost:34568/"));
  Once.request(web::http::methods::GET);
}

// Until somebody answers.
void askAgain() {
  web::http::client::http_client Client(U("http://localhost:50063/"));
  for (;;) {
    try {
      auto Answer = Client.request(web::http::methods::GET).get();
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50063
      if (Answer.status_code() == web::http::status_codes::OK)
        return;
    } catch (const web::http::http_exception &) {
    }
  }
}

void askLowAgain() {
  web::http::client::http_client Client(U("http://localhost:8080/"));
  while (Client.request(web::http::methods::GET).get().status_code() != web::http::status_codes::OK) {
  }
}
