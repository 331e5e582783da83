// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A wrapper of a library that tries again by itself is handed the host: who
// gives one that is known has the whole hazard. Where the first failure is
// returned, its caller may repeat it as well, to whatever host.

//--- mqtt.h
#include <string>
struct mosquitto;
extern "C" {
int mosquitto_connect(mosquitto *m, const char *host, int port, int keepalive);
int mosquitto_connect_async(mosquitto *m, const char *host, int port, int keepalive);
int mosquitto_reconnect(mosquitto *m);
}
class Mqtt {
public:
  int connect(const char *host, int port, int keepalive = 60);
  int connect_async(const char *host, int port);
  int reconnect();
private:
  mosquitto *mosq_ = nullptr;
};
class Link : public Mqtt {
public:
  bool open();
  void work();
  virtual ~Link();
private:
  bool stopped(int seconds);
  std::string host_;
  int port_;
  bool connected_ = false;
};

//--- mqtt.cpp
#include "mqtt.h"
int Mqtt::connect(const char *host, int port, int keepalive) {
  return mosquitto_connect(mosq_, host, port, keepalive);
}
int Mqtt::connect_async(const char *host, int port) {
  int rc = mosquitto_connect_async(mosq_, host, port, 60);
  return rc == 0 ? 0 : -1;
}
int Mqtt::reconnect() { return mosquitto_reconnect(mosq_); }

//--- loop.cpp
#include "mqtt.h"
#include <unistd.h>
bool stopped();
void work(Mqtt &mqtt, const char *host, int port) {
  while (!stopped()) {
    if (mqtt.connect(host, port) == 0) // retry: HOST:PORT
      return;
    sleep(30);
  }
}
int once(Mqtt &mqtt, const char *host, int port) {
  if (mqtt.connect(host, port) != 0)
    return -1;
  return 0;
}

//--- link.cpp
#include "mqtt.h"
Link::~Link() = default;
bool Link::open() {
  int rc = connect(host_.c_str(), port_); // retry: HOST:PORT
  if (rc != 0)
    return false;
  return true;
}
void Link::work() {
  int seconds = 0;
  while (!stopped(1)) {
    seconds++;
    if (!connected_ && seconds % 30 == 0)
      connected_ = open();
  }
}

//--- known.cpp
#include "mqtt.h"
void known(Mqtt &mqtt) {
  mqtt.connect_async("localhost", 40404); // retry: 127.0.0.1:40404
  mqtt.connect("127.0.0.1", 33335);       // retry: 127.0.0.1:33335
  mqtt.connect("127.0.0.1", 1883);
  mqtt.connect_async("broker.example.com", 40404);
}
void unknown(Mqtt &mqtt, const char *host) { mqtt.connect_async(host, 40404); }

//--- again.cpp
#include "mqtt.h"
// It only begins: that it has been begun is no success.
void again(Mqtt &mqtt, const char *host) {
  while (mqtt.connect_async(host, 40404) != 0)
    ;
}
