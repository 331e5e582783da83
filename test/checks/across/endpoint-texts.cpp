// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A library that takes host and port as one text: the port, or the whole text,
// is in one file, the call in another.

//--- server.h
extern "C" int zmq_bind(void *s, const char *addr);
class Server {
public:
  void set_port(int port);
  void run();

private:
  void *s = nullptr;
  int port_ = 0;
};
void start(void *s, int port);
void start_on(void *s, const char *host, int port);
void start_service(void *s, const char *port);
void start_at(void *s, const char *address);
void start_unix(void *s, int number);

//--- server.cpp
#include "server.h"
#include <string>
void start(void *s, int port) {
  std::string address = "tcp://0.0.0.0:" + std::to_string(port);
  zmq_bind(s, address.c_str()); // note: start() listens here
}
void start_on(void *s, const char *host, int port) {
  std::string address = std::string("tcp://") + host + ":" + std::to_string(port);
  zmq_bind(s, address.c_str());
}
void start_service(void *s, const char *port) {
  std::string address = std::string("tcp://[::]:") + port;
  zmq_bind(s, address.c_str());
}
void start_at(void *s, const char *address) { zmq_bind(s, address); }
void start_unix(void *s, int number) {
  zmq_bind(s, ("ipc:///tmp/socket:" + std::to_string(number)).c_str());
}
void Server::set_port(int port) { port_ = port; }
void Server::run() {
  const std::string address("tcp://0.0.0.0:" + std::to_string(port_));
  zmq_bind(s, address.c_str());
}

//--- between.cpp
#include "server.h"
void hand_on(void *s, const char *address);
void hand_on(void *s, const char *address) { start_at(s, address); }

//--- main.cpp
#include "server.h"
void hand_on(void *s, const char *address);
void use(void *s, const char *unknown) {
  start(s, 50051); // listen: 50051
  start(s, 8080);
  start_on(s, "127.0.0.1", 50052); // listen: 50052
  start_service(s, "50053"); // listen: 50053
  start_service(s, "8080");
  start_at(s, "tcp://0.0.0.0:50054"); // listen: 50054
  start_at(s, "tcp://0.0.0.0:8080");
  start_at(s, "ipc:///tmp/socket:50054");
  start_at(s, unknown);
  start_unix(s, 50055);
  hand_on(s, "tcp://*:50056"); // listen: 50056
  hand_on(s, "tcp://*:5757");
}
