// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The forms in which C++ code writes a port, each once inside the range and once
// outside of it.
//
// RUN: %check_clang_tidy -std=c++17,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

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
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-8]]:18: note: port 8080 is outside the range 32768-60999; it comes from here
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
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:31: note: port 8080 is outside the range 32768-60999; it comes from here
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
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-6]]:31: note: port 8080 is outside the range 32768-60999; it comes from here
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
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-8]]:16: note: port 8080 is outside the range 32768-60999; it comes from here
}

void defaultArgument(evhttp *Http, int Port = 33342, int GoodPort = 8080) {
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPort);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:69: note: port 8080 is outside the range 32768-60999; it comes from here
}

void fallBack(evhttp *Http, const Assigned *Given, int Port) {
  evhttp_bind_socket(Http, nullptr, Port ? Port : 33344);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, Port ? Port : 8080);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:51: note: port 8080 is outside the range 32768-60999; it comes from here
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
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-9]]:18: note: port 8080 is outside the range 32768-60999; it comes from here
}

void baseAndInstance(evhttp *Http) {
  for (int I = 0; I < 4; ++I) {
    evhttp_bind_socket(Http, nullptr, 33348 + I);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    evhttp_bind_socket(Http, nullptr, 8080 + I);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:5: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-2]]:39: note: port 8080 is outside the range 32768-60999; it comes from here
  }
}

void baseAndRemainder(evhttp *Http, int Seed) {
  evhttp_bind_socket(Http, nullptr, 33000 + Seed % 100);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, 20000 + Seed % 100);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:37: note: ports 20000-20099 are outside the range 32768-60999; they come from here
}

// 98886 is 33350 in 16 bits, and 73616 is 8080.
void wrapsTo16Bits(evhttp *Http) {
  int Port = 98886;
  int GoodPort = 73616;
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPort);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:18: note: port 8080 is outside the range 32768-60999; it comes from here
}

void parsedText(evhttp *Http) {
  evhttp_bind_socket(Http, nullptr, atoi("33352"));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, atoi("8080"));
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:42: note: port 8080 is outside the range 32768-60999; it comes from here
}

void numberAsText(void *Socket) {
  int Port = 33354;
  int GoodPort = 8080;
  std::string Endpoint = "tcp://*:" + std::to_string(Port);
  std::string Good = "tcp://*:" + std::to_string(GoodPort);
  zmq_bind(Socket, Endpoint.c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.c_str());
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-7]]:18: note: port 8080 is outside the range 32768-60999; it comes from here
}

void knownParts(void *Socket, const std::string &Interface) {
  std::string Endpoint = "tcp://" + Interface + ":33356";
  std::string Good = "tcp://" + Interface + ":8080";
  zmq_bind(Socket, Endpoint.c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.c_str());
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:45: note: port 8080 is outside the range 32768-60999; it comes from here
}

void appended(void *Socket) {
  std::string Endpoint = "tcp://*:";
  Endpoint += "33358";
  std::string Good = "tcp://*:";
  Good += "8080";
  zmq_bind(Socket, Endpoint.c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.c_str());
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:11: note: port 8080 is outside the range 32768-60999; it comes from here
}

void view(void *Socket) {
  std::string_view Endpoint = "tcp://*:33360";
  std::string_view Good = "tcp://*:8080";
  zmq_bind(Socket, Endpoint.data());
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good.data());
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:27: note: port 8080 is outside the range 32768-60999; it comes from here
}

void printed(void *Socket) {
  char Endpoint[64], Good[64];
  snprintf(Endpoint, sizeof(Endpoint), "tcp://*:%d", 33362);
  snprintf(Good, sizeof(Good), "tcp://*:%d", 8080);
  zmq_bind(Socket, Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  zmq_bind(Socket, Good);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:46: note: port 8080 is outside the range 32768-60999; it comes from here
}

static const int Ports[] = {8080, 33364};
static const int GoodPorts[] = {8080, 8081};

void arrayOfPorts(evhttp *Http) {
  for (int I = 0; I < 2; ++I) {
    evhttp_bind_socket(Http, nullptr, Ports[I]);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    evhttp_bind_socket(Http, nullptr, GoodPorts[I]);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:5: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-8]]:33: note: port 8080 is outside the range 32768-60999; it comes from here
  }
}

void localArrayOfPorts(evhttp *Http, int I) {
  int Ports[] = {33370, 8080};
  int GoodPorts[] = {8080, 8081};
  evhttp_bind_socket(Http, nullptr, Ports[I]);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, GoodPorts[I]);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:22: note: port 8080 is outside the range 32768-60999; it comes from here
}

void eachOfAnArray(evhttp *Http) {
  for (int Port : Ports)
    evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  for (int Port : GoodPorts)
    evhttp_bind_socket(Http, nullptr, Port);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:5: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-29]]:33: note: port 8080 is outside the range 32768-60999; it comes from here
}

static const Plain Servers[] = {{"localhost", 33372}, {"localhost", 33374}};
static const GoodPlain GoodServers[] = {{"localhost", 8080}};

void fieldOfAnArray(evhttp *Http, int I) {
  evhttp_bind_socket(Http, Servers[I].Host, Servers[I].Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, GoodServers[I].Host, GoodServers[I].Port);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-7]]:55: note: port 8080 is outside the range 32768-60999; it comes from here
}

void valueOr(evhttp *Http, std::optional<int> Given) {
  evhttp_bind_socket(Http, nullptr, Given.value_or(33366));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  evhttp_bind_socket(Http, nullptr, Given.value_or(8080));
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:52: note: port 8080 is outside the range 32768-60999; it comes from here
}

template <int Port> void templateArgument(evhttp *Http) {
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
template <int Port> void goodTemplateArgument(evhttp *Http) {
  evhttp_bind_socket(Http, nullptr, Port);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:37: note: port 8080 is outside the range 32768-60999; it comes from here
}

void instantiates(evhttp *Http) {
  templateArgument<33368>(Http);
  goodTemplateArgument<8080>(Http);
}
