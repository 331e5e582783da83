// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// retry_client_asio PORT [TRIES]: connects to 127.0.0.1:PORT until it succeeds,
// with a new socket each time as Asio wants it, then writes "hello" and reads
// until the other side closes. With TRIES it tries without a pause, and gives
// up after so many.

#include <asio.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>

namespace {

using asio::ip::tcp;

class Client {
public:
  Client(asio::io_context &context, unsigned short port, long tries)
      : socket_(context), timer_(context),
        server_(asio::ip::address_v4::loopback(), port), triesLeft_(tries),
        pause_(tries > 0 ? 0 : 20) {
    connect();
  }

  [[nodiscard]] bool isConnected() const { return connected_; }

private:
  void connect() {
    socket_.async_connect(server_, [this](const asio::error_code &error) {
      if (!error)
        return talk();
      asio::error_code ignored;
      socket_.close(ignored);
      if (--triesLeft_ == 0)
        return;
      timer_.expires_after(pause_);
      timer_.async_wait([this](const asio::error_code &) { connect(); });
    });
  }

  void talk() {
    connected_ = true;
    asio::async_write(socket_, asio::buffer(hello_),
                      [this](const asio::error_code &error, std::size_t) {
                        if (!error)
                          read();
                      });
  }

  void read() {
    socket_.async_read_some(asio::buffer(answer_),
                            [this](const asio::error_code &error, std::size_t) {
                              if (!error)
                                read();
                            });
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  tcp::endpoint server_;
  long triesLeft_; ///< 0: for ever
  std::chrono::milliseconds pause_;
  bool connected_ = false;
  std::string hello_ = "hello";
  std::array<char, 64> answer_ = {};
};

} // namespace

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  asio::io_context context;
  Client client(context, static_cast<unsigned short>(std::atoi(argv[1])),
                argc > 2 ? std::atol(argv[2]) : 0);
  context.run();
  return client.isConnected() ? 0 : 1;
}
