// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The forms in which C++ code writes a port, each once inside the range and once
// outside of it.
//
// RUN: %check_clang_tidy -std=c++17,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0

#include <stdio.h>
#include <stdlib.h>
#include <string>

struct evhttp;
extern "C" int evhttp_bind_socket(evhttp *Http, const char *Address,
                                  unsigned short Port);
extern "C" int zmq_bind(void *Socket, const char *Endpoint);

struct Config {
  const char *Host = "localhost";
  int Port = 33334;
  int GoodPort = 8080;
};

void memberInitialiser(evhttp *Http, const Config &C) {
  evhttp_bind_socket(Http, C.Host, C.Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, C.Host, C.GoodPort);
}

struct Plain {
  const char *Host;
  int Port;
};
struct GoodPlain {
  const char *Host;
  int Port;
};

void aggregateInitialiser(evhttp *Http) {
  Plain P{"localhost", 33336};
  GoodPlain Good{"localhost", 8080};
  evhttp_bind_socket(Http, P.Host, P.Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, Good.Host, Good.Port);
}

struct Named {
  const char *Host;
  int Port;
};
struct GoodNamed {
  const char *Host;
  int Port;
};

void designatedInitialiser(evhttp *Http) {
#if __cplusplus >= 202002L
  Named N{.Host = "localhost", .Port = 33338};
  GoodNamed Good{.Host = "localhost", .Port = 8080};
#else
  Named N{"localhost", 33338};
  GoodNamed Good{"localhost", 8080};
#endif
  evhttp_bind_socket(Http, N.Host, N.Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, Good.Host, Good.Port);
}

struct Assigned {
  int Port;
  int GoodPort;
};

void assign(Assigned &A) {
  A.Port = 33340;
  A.GoodPort = 8080;
}

void assignedElsewhere(evhttp *Http, Assigned &A) {
  evhttp_bind_socket(Http, nullptr, A.Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, A.GoodPort);
}

void defaultArgument(evhttp *Http, int Port = 33342, int GoodPort = 8080) {
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPort);
}

void fallBack(evhttp *Http, const Assigned *Given, int Port) {
  evhttp_bind_socket(Http, nullptr, Port ? Port : 33344);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, Port ? Port : 8080);
}

void replacedInAnIf(evhttp *Http, bool Other) {
  int Port = 33346;
  int GoodPort = 8080;
  if (Other) {
    Port = 8081;
    GoodPort = 8081;
  }
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPort);
}

void baseAndInstance(evhttp *Http) {
  for (int I = 0; I < 4; ++I) {
    evhttp_bind_socket(Http, nullptr, 33348 + I);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    evhttp_bind_socket(Http, nullptr, 8080 + I);
  }
}

void baseAndRemainder(evhttp *Http, int Seed) {
  evhttp_bind_socket(Http, nullptr, 33000 + Seed % 100);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, 20000 + Seed % 100);
}

// 98886 is 33350 in 16 bits, and 73616 is 8080.
void wrapsTo16Bits(evhttp *Http) {
  int Port = 98886;
  int GoodPort = 73616;
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPort);
}

void parsedText(evhttp *Http) {
  evhttp_bind_socket(Http, nullptr, atoi("33352"));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, atoi("8080"));
}

void numberAsText(void *Socket) {
  int Port = 33354;
  int GoodPort = 8080;
  std::string Endpoint = "tcp://*:" + std::to_string(Port);
  std::string Good = "tcp://*:" + std::to_string(GoodPort);
  zmq_bind(Socket, Endpoint.c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.c_str());
}

void knownParts(void *Socket, const std::string &Interface) {
  std::string Endpoint = "tcp://" + Interface + ":33356";
  std::string Good = "tcp://" + Interface + ":8080";
  zmq_bind(Socket, Endpoint.c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.c_str());
}

void appended(void *Socket) {
  std::string Endpoint = "tcp://*:";
  Endpoint += "33358";
  std::string Good = "tcp://*:";
  Good += "8080";
  zmq_bind(Socket, Endpoint.c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.c_str());
}

void view(void *Socket) {
  std::string_view Endpoint = "tcp://*:33360";
  std::string_view Good = "tcp://*:8080";
  zmq_bind(Socket, Endpoint.data());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.data());
}

void printed(void *Socket) {
  char Endpoint[64], Good[64];
  snprintf(Endpoint, sizeof(Endpoint), "tcp://*:%d", 33362);
  snprintf(Good, sizeof(Good), "tcp://*:%d", 8080);
  zmq_bind(Socket, Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good);
}

static const int Ports[] = {8080, 33364};
static const int GoodPorts[] = {8080, 8081};

void arrayOfPorts(evhttp *Http) {
  for (int I = 0; I < 2; ++I) {
    evhttp_bind_socket(Http, nullptr, Ports[I]);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    evhttp_bind_socket(Http, nullptr, GoodPorts[I]);
  }
}

void localArrayOfPorts(evhttp *Http, int I) {
  int Ports[] = {33370, 8080};
  int GoodPorts[] = {8080, 8081};
  evhttp_bind_socket(Http, nullptr, Ports[I]);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPorts[I]);
}

void eachOfAnArray(evhttp *Http) {
  for (int Port : Ports)
    evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  for (int Port : GoodPorts)
    evhttp_bind_socket(Http, nullptr, Port);
}

static const Plain Servers[] = {{"localhost", 33372}, {"localhost", 33374}};
static const GoodPlain GoodServers[] = {{"localhost", 8080}};

void fieldOfAnArray(evhttp *Http, int I) {
  evhttp_bind_socket(Http, Servers[I].Host, Servers[I].Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, GoodServers[I].Host, GoodServers[I].Port);
}

void valueOr(evhttp *Http, std::optional<int> Given) {
  evhttp_bind_socket(Http, nullptr, Given.value_or(33366));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, Given.value_or(8080));
}

template <int Port> void templateArgument(evhttp *Http) {
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
template <int Port> void goodTemplateArgument(evhttp *Http) {
  evhttp_bind_socket(Http, nullptr, Port);
}

void instantiates(evhttp *Http) {
  templateArgument<33368>(Http);
  goodTemplateArgument<8080>(Http);
}
