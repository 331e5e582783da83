// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// Servers that factories make, that configurations describe, and that derived
// classes of other files start.

//--- server.h
#include <memory>
#include <string>
#include <vector>
struct Config {
  std::string host = "0.0.0.0";
  int port = 50001;
  int backlog = 5;
};
class Server {
public:
  explicit Server(const Config &config);
  explicit Server(int port);
  void start();
  Server &port(int port);
  Server &host(const std::string &host);
private:
  Config config_;
  int port_ = 0;
};
void serve(const Config &config);
void serve_all(const std::vector<int> &ports);
std::unique_ptr<Server> make_server(int port);

//--- server.cpp
#include "server.h"
#include <netinet/in.h>
#include <sys/socket.h>
static int open_port(int port) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, reinterpret_cast<sockaddr *>(&addr), sizeof addr);
  listen(fd, 5); // listen: 50001
  return fd;
}
Server::Server(const Config &config) : config_(config) {}
Server::Server(int port) : port_(port) {}
Server &Server::port(int port) {
  port_ = port;
  return *this;
}
Server &Server::host(const std::string &host) {
  config_.host = host;
  return *this;
}
void Server::start() { open_port(port_); }
void serve(const Config &config) { open_port(config.port); }

//--- main.cpp
#include "server.h"
void by_default() {
  Config config;
  serve(config); // listen: 50001
}
void by_field() {
  Config config;
  config.port = 50002;
  serve(config); // listen: 50002
}
void low() {
  Config config;
  config.port = 8080;
  serve(config);
}
void by_pointer() {
  auto server = std::make_unique<Server>(50003);
  server->start(); // listen: 50003
}
void by_new() {
  Server *server = new Server(50004);
  server->start(); // listen: 50004
}
void chained() {
  Server server(80);
  server.host("127.0.0.1").port(50005).start(); // listen: 50005
}
