// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// gRPC: address strings; channels connect again by themselves.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_interceptor.h>
#include <string>

void serve(int *Chosen) {
  std::string Address("0.0.0.0:50051");
  grpc::ServerBuilder Builder;
  Builder.AddListeningPort(Address, grpc::InsecureServerCredentials());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Builder.AddListeningPort("[::]:50053", grpc::InsecureServerCredentials())
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
      .AddListeningPort("dns:///localhost:50055", grpc::InsecureServerCredentials());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Builder.AddListeningPort("localhost:0", grpc::InsecureServerCredentials(), Chosen);
  Builder.AddListeningPort("0.0.0.0:8080", grpc::InsecureServerCredentials());
  Builder.AddListeningPort("unix:/tmp/50051", grpc::InsecureServerCredentials());
  Builder.AddListeningPort("unix-abstract:50051", grpc::InsecureServerCredentials());
}

class DerivedBuilder : public grpc::ServerBuilder {};

void derived() {
  DerivedBuilder Builder;
  Builder.AddListeningPort("0.0.0.0:50051", grpc::InsecureServerCredentials());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void dial(int argc, char **argv) {
  std::string Target = "localhost:50051";
  if (argc > 1)
    Target = argv[1];
  grpc::CreateChannel(Target, grpc::InsecureChannelCredentials());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  grpc::ChannelArguments Arguments;
  grpc::CreateCustomChannel("127.0.0.1:50051", grpc::InsecureChannelCredentials(), Arguments);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> Interceptors;
  grpc::experimental::CreateCustomChannelWithInterceptors("ipv4:127.0.0.1:50051", grpc::InsecureChannelCredentials(), Arguments, std::move(Interceptors));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  grpc::CreateChannel("example.org:50051", grpc::InsecureChannelCredentials());
  grpc::CreateChannel("localhost:443", grpc::InsecureChannelCredentials());
  grpc::CreateChannel("unix:/tmp/50051", grpc::InsecureChannelCredentials());
  grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials());
}
