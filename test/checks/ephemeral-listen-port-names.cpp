// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C++ ways to write the same server, and functions that only share its names.
//
// RUN: %check_clang_tidy -std=c++11,c++17,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++11,c++17,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2

#include <netinet/in.h>
#include <string.h>

constexpr int Port = 33334;
constexpr unsigned short wirePort() { return 33335; }
namespace config {
enum class Ports : unsigned short { Main = 33336 };
static const unsigned short Other = 33337;
} // namespace config

class Server {
public:
  static constexpr int Default = 33338;
  void start() {
    Fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in Addr{};
    Addr.sin_family = AF_INET;
    Addr.sin_port = htons(Default);
    ::bind(Fd, reinterpret_cast<sockaddr *>(&Addr), sizeof(Addr));
    ::listen(Fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  }
  // These only share the names.
  int bind(int, const sockaddr *, socklen_t);
  int listen(int, int);
  void methods_of_a_class() {
    sockaddr_in Addr{};
    Addr.sin_port = htons(33334);
    bind(Fd, reinterpret_cast<sockaddr *>(&Addr), sizeof(Addr));
    listen(Fd, 5);
  }

private:
  int Fd = -1;
};

void constexpr_variable() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(Port);
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void constexpr_function() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(wirePort());
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void scoped_enumerator() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(static_cast<uint16_t>(config::Ports::Main));
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void const_in_a_namespace() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(config::Other);
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void in_a_lambda() {
  auto serve = [] {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(33334);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  };
  serve();
}

template <typename Address> void in_a_template(int fd) {
  sockaddr_in addr{};
  addr.sin_port = htons(33334);
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
template void in_a_template<sockaddr_in>(int);
template void in_a_template<sockaddr_in6>(int);

namespace other {
int bind(int, const sockaddr *, socklen_t);
int listen(int, int);
void functions_of_a_namespace() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(33334);
  other::bind(fd, (sockaddr *)&addr, sizeof(addr));
  other::listen(fd, 5);
}
} // namespace other

namespace std {
template <typename F, typename... A> int bind(F, A...) { return 0; }
} // namespace std
void std_bind() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(33334);
  std::bind(&addr, 33334);
  ::listen(fd, 5);
}

template <int N> void template_parameter_out_of_range(int fd) {
  sockaddr_in addr{};
  addr.sin_port = htons(N);
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
}
template void template_parameter_out_of_range<8080>(int);
