// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ports in C++ classes: members, constructors, defaults, factories.
//
// RUN: %check_clang_tidy -std=c++11,c++17,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++11,c++17,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++11 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netinet/in.h>
#include <string>

class WithMemberInitialiser {
public:
  void start() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(port_);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    // CHECK-MESSAGES: :[[@LINE+4]]:{{[0-9]+}}: note: port 33334 comes from here
  }

private:
  int port_ = 33334;
};

class WithConstructor {
public:
  explicit WithConstructor(int port) : port_(port) {}
  void start() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(port_);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }

private:
  int port_;
};
void constructs() {
  WithConstructor server(33336);
  server.start();
}

class WithDefaultArgument {
public:
  explicit WithDefaultArgument(int port = 33338) : port_(port) {}
  void start() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(port_);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }

private:
  int port_;
};

class MadeUnique {
public:
  explicit MadeUnique(int port) : port_(port) {}
  void start() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(port_);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }

private:
  int port_;
};
void makes_unique() { std::make_unique<MadeUnique>(33340)->start(); }

class Emplaced {
public:
  explicit Emplaced(int port) : port_(port) {}
  void start() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(port_);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }

private:
  int port_;
};
void emplaces(std::vector<Emplaced> &servers) { servers.emplace_back(33342); }

class ConstructedOutOfRange {
public:
  explicit ConstructedOutOfRange(int port) : port_(port) {}
  void start() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_port = htons(port_);
    ::bind(fd, (sockaddr *)&addr, sizeof(addr));
    ::listen(fd, 5);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:5: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+6]]:56: note: port 8080 is outside the range 32768-60999; it comes from here
  }

private:
  int port_;
};
void constructs_out_of_range() { ConstructedOutOfRange(8080).start(); }

void optional_value(std::optional<int> port) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(port.value_or(33344));
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void string_to_number() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  std::string text = "33346";
  sockaddr_in addr{};
  addr.sin_port = htons(std::stoi(text));
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

template <int Port> void template_argument() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(Port);
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
template void template_argument<33348>();

// What the gflags macro DEFINE_int32(port, 33350, "...") makes.
namespace fLI {
static const int FLAGS_noport = 33350;
int FLAGS_port = FLAGS_noport;
} // namespace fLI
using fLI::FLAGS_port;

void gflag() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(FLAGS_port);
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

// What Abseil's ABSL_FLAG(int, absl_port, 33352, "...") makes.
namespace absl {
template <typename T> struct Flag {};
template <typename T> T GetFlag(const Flag<T> &);
template <typename T> T InitDefaultValue(T);
} // namespace absl
struct AbslFlagDefaultGenForabsl_port {
  int value = absl::InitDefaultValue<int>(33352);
};
absl::Flag<int> FLAGS_absl_port;

void absl_flag() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in addr{};
  addr.sin_port = htons(absl::GetFlag(FLAGS_absl_port));
  ::bind(fd, (sockaddr *)&addr, sizeof(addr));
  ::listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
