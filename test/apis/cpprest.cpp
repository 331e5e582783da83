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
}
