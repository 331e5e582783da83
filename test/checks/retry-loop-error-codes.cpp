// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An error code says which error it is: a repetition for an interruption is
// none of a refusal, in whatever words.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

namespace std {
enum class errc { interrupted = 4, connection_refused = 111 };
}
namespace asio {
namespace error {
enum basic_errors { interrupted = 4, try_again = 11, connection_refused = 111 };
}
class error_code {
public:
  error_code();
  error_code(error::basic_errors e);
  explicit operator bool() const;
  int value() const;
};
class error_condition {
public:
  error_condition(std::errc e);
};
bool operator==(const error_code &a, const error_code &b);
bool operator!=(const error_code &a, const error_code &b);
bool operator==(const error_code &a, const error_condition &b);
namespace ip {
class address {};
template <class Protocol> class basic_endpoint {
public:
  basic_endpoint(const char *address, unsigned short port);
};
class tcp {
public:
  using endpoint = basic_endpoint<tcp>;
};
} // namespace ip
template <class Protocol> class basic_socket {
public:
  void connect(const ip::basic_endpoint<Protocol> &to, error_code &ec);
};
} // namespace asio
using endpoint = asio::ip::tcp::endpoint;
using connector = asio::basic_socket<asio::ip::tcp>;

void interrupted_in_words_of_asio(connector &s, const endpoint &to) {
  asio::error_code ec;
  do {
    s.connect(to, ec);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:12: note: failure leaves the loop here
  } while (ec == asio::error::interrupted);
}

void interrupted_in_words_of_the_library(connector &s, const endpoint &to) {
  asio::error_code ec;
  do {
    s.connect(to, ec);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:12: note: failure leaves the loop here
  } while (ec == std::errc::interrupted);
}

void interrupted_by_number(connector &s, const endpoint &to) {
  asio::error_code ec;
  do
    s.connect(to, ec);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:44: note: failure leaves the loop here
  while (ec == asio::error::interrupted || ec == asio::error::try_again);
}

void refused_in_words(connector &s, const endpoint &to) {
  asio::error_code ec;
  do {
    s.connect(to, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
  } while (ec == std::errc::connection_refused);
}

void all_but_interrupted(connector &s, const endpoint &to) {
  asio::error_code ec;
  for (;;) {
    s.connect(to, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    if (!ec || ec == asio::error::interrupted)
      return;
  }
}
