// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows of C++ frameworks that Debian does not package, on declarations like
// theirs: a server of each inside the range, and one outside.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %mock

#include <string>

typedef unsigned short uint16_t;

// --- muduo and Trantor: their clients reject a socket that met itself --------

namespace muduo {
struct StringArg {
  StringArg(const char *);
};
namespace net {
struct EventLoop;
struct InetAddress {
  explicit InetAddress(uint16_t port, bool loopbackOnly = false, bool ipv6 = false);
  InetAddress(StringArg ip, uint16_t port, bool ipv6 = false);
};
struct TcpServer {
  TcpServer(EventLoop *loop, const InetAddress &listenAddr, const std::string &nameArg);
};
struct TcpClient {
  TcpClient(EventLoop *loop, const InetAddress &serverAddr, const std::string &nameArg);
  void connect();
};
} // namespace net
} // namespace muduo

class EchoServer {
public:
  EchoServer(muduo::net::EventLoop *loop, const muduo::net::InetAddress &listenAddr)
      : server_(loop, listenAddr, "EchoServer") {}
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50001 --socket=new

private:
  muduo::net::TcpServer server_;
};
void muduo_echo(muduo::net::EventLoop *loop) {
  muduo::net::InetAddress listenAddr(50001);
  EchoServer server(loop, listenAddr);
}
void muduo_servers(muduo::net::EventLoop *loop) {
  muduo::net::TcpServer server(loop, muduo::net::InetAddress("0.0.0.0", 50003), "x");
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  muduo::net::TcpServer low(loop, muduo::net::InetAddress(2000), "x");
  muduo::net::TcpClient client(loop, muduo::net::InetAddress("127.0.0.1", 50004), "x");
  client.connect();
}

namespace trantor {
struct EventLoop;
struct InetAddress {
  InetAddress(uint16_t port = 0, bool loopbackOnly = false, bool ipv6 = false);
  InetAddress(const std::string &ip, uint16_t port, bool ipv6 = false);
};
struct TcpServer {
  TcpServer(EventLoop *loop, const InetAddress &address, const std::string &name, bool reUseAddr = true);
};
} // namespace trantor
void trantor_servers(trantor::EventLoop *loop) {
  trantor::InetAddress addr(50005);
  trantor::TcpServer server(loop, addr, "test");
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  trantor::InetAddress chosen;
  trantor::TcpServer any(loop, chosen, "any");
}

// --- Drogon -----------------------------------------------------------------

namespace drogon {
struct HttpAppFramework {
  virtual HttpAppFramework &addListener(const std::string &ip, uint16_t port, bool useSSL = false) = 0;
  virtual void run() = 0;
};
HttpAppFramework &app();
} // namespace drogon
void drogon_servers() {
  drogon::app().addListener("0.0.0.0", 50007).run();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  drogon::app().addListener("0.0.0.0", 8848).run();
}

// --- handy: a port is a short ------------------------------------------------

namespace handy {
struct EventBase;
struct EventBases;
struct TcpServer;
typedef std::shared_ptr<TcpServer> TcpServerPtr;
struct TcpServer {
  explicit TcpServer(EventBases *bases);
  int bind(const std::string &host, short port, bool reusePort = false);
  static TcpServerPtr startServer(EventBases *bases, const std::string &host, short port, bool reusePort = false);
};
} // namespace handy
void handy_servers(handy::EventBases *bases) {
  handy::TcpServerPtr server = handy::TcpServer::startServer(bases, "", 50009);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50009 --socket=new
  handy::TcpServer own(bases);
  own.bind("127.0.0.1", 50011);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  own.bind("127.0.0.1", 2099);
}

// --- evpp: its client reconnects ----------------------------------------------

namespace evpp {
struct EventLoop;
struct TCPServer {
  TCPServer(EventLoop *loop, const std::string &listen_addr, const std::string &name, unsigned threads);
};
struct TCPClient {
  TCPClient(EventLoop *loop, const std::string &remote_addr, const std::string &name);
  void Connect();
};
namespace http {
struct Server {
  bool Init(int listen_port);
  bool Init(const std::string &listen_ports);
};
} // namespace http
} // namespace evpp
void evpp_servers(evpp::EventLoop *loop) {
  std::string addr = "0.0.0.0:50013";
  evpp::TCPServer server(loop, addr, "echo", 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  evpp::TCPServer low(loop, "0.0.0.0:9099", "echo", 0);
  evpp::http::Server http;
  http.Init(50015);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  http.Init(8081);
}
void evpp_clients(evpp::EventLoop *loop) {
  std::string addr = "127.0.0.1:50017";
  evpp::TCPClient client(loop, addr, "echo");
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  client.Connect();
  evpp::TCPClient remote(loop, "192.0.2.1:50017", "echo");
}

// --- libhv ------------------------------------------------------------------

namespace hv {
template <class Channel = int> struct TcpServerEventLoopTmpl {
  int createsocket(int port, const char *host = "0.0.0.0");
};
template <class Channel = int> struct TcpServerTmpl : TcpServerEventLoopTmpl<Channel> {
  void start();
};
typedef TcpServerTmpl<int> TcpServer;
} // namespace hv
int libhv_servers() {
  hv::TcpServer srv, low;
  int fd = srv.createsocket(50019);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  return low.createsocket(1234) + fd;
}

// --- Crow -------------------------------------------------------------------

namespace crow {
template <class... Middlewares> struct Crow {
  using self_t = Crow;
  self_t &port(uint16_t port);
  uint16_t port();
  self_t &multithreaded();
  void run();
};
using SimpleApp = Crow<>;
} // namespace crow
void crow_servers() {
  crow::SimpleApp app, low;
  app.port(50021).multithreaded().run();
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  low.port(18080).run();
}

// --- brpc -------------------------------------------------------------------

namespace butil {
struct ip_t {
  unsigned s_addr;
};
extern const ip_t IP_ANY;
struct EndPoint {
  EndPoint();
  EndPoint(ip_t ip2, int port2);
  ip_t ip;
  int port;
};
int tcp_listen(EndPoint ip_and_port);
int tcp_connect(EndPoint server, int *self_port);
} // namespace butil
namespace brpc {
struct ServerOptions;
struct ChannelOptions;
struct PortRange {
  PortRange(int low, int high);
};
struct Server {
  int Start(const char *ip_port_str, const ServerOptions *opt);
  int Start(const butil::EndPoint &ip_port, const ServerOptions *opt);
  int Start(int port, const ServerOptions *opt);
  int Start(const char *ip_str, PortRange range, const ServerOptions *opt);
};
struct Channel {
  int Init(butil::EndPoint server_addr_and_port, const ChannelOptions *options);
  int Init(const char *server_addr_and_port, const ChannelOptions *options);
  int Init(const char *server_addr, int port, const ChannelOptions *options);
};
} // namespace brpc
void brpc_servers(brpc::Server &server) {
  server.Start(50023, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  server.Start("0.0.0.0:50025", nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  butil::EndPoint at(butil::IP_ANY, 50027);
  server.Start(at, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  butil::tcp_listen(at);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  server.Start(8000, nullptr);
  server.Start("0.0.0.0:8000", nullptr);
}
void brpc_clients(brpc::Channel &channel) {
  channel.Init("127.0.0.1:50029", nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  channel.Init("127.0.0.1", 50031, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  channel.Init("192.0.2.1:50029", nullptr);
  channel.Init("127.0.0.1:8000", nullptr);
}
int brpc_retries(butil::EndPoint to) {
  int fd;
  while ((fd = butil::tcp_connect(to, nullptr)) < 0)
    ;
  // CHECK-MESSAGES: :[[@LINE-2]]:16: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  return fd;
}

// --- Oat++ ------------------------------------------------------------------

namespace oatpp {
struct String {
  String(const char *);
};
namespace network {
struct Address {
  enum Family { IP_4, IP_6, UNSPEC };
  Address(const String &pHost, uint16_t pPort, Family pFamily = UNSPEC);
};
namespace tcp {
namespace server {
struct ConnectionProvider {
  static std::shared_ptr<ConnectionProvider> createShared(const network::Address &address, bool useExtendedConnections = false);
};
} // namespace server
} // namespace tcp
} // namespace network
} // namespace oatpp
void oatpp_servers() {
  using oatpp::network::tcp::server::ConnectionProvider;
  ConnectionProvider::createShared({"0.0.0.0", 50033, oatpp::network::Address::IP_4});
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ConnectionProvider::createShared({"0.0.0.0", 8000});
}

// --- Folly ------------------------------------------------------------------

namespace folly {
struct SocketAddress {
  SocketAddress();
  SocketAddress(const char *host, uint16_t port, bool allowNameLookup = false);
};
struct AsyncServerSocket {
  virtual void bind(const SocketAddress &address);
  virtual void bind(uint16_t port);
  virtual void listen(int backlog);
};
} // namespace folly
void folly_servers(folly::AsyncServerSocket &socket) {
  socket.bind(50035);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  folly::SocketAddress at("::1", 50037);
  socket.bind(at);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  socket.bind(0);
}

// --- Seastar ----------------------------------------------------------------

namespace seastar {
struct ipv4_addr {
  ipv4_addr(uint16_t port);
  ipv4_addr(const std::string &addr, uint16_t port);
};
struct socket_address {
  socket_address(ipv4_addr addr);
};
socket_address make_ipv4_address(ipv4_addr addr);
struct listen_options {};
struct server_socket {};
server_socket listen(socket_address sa);
server_socket listen(socket_address sa, listen_options opts);
} // namespace seastar
void seastar_servers() {
  seastar::listen(seastar::make_ipv4_address({50039}));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  seastar::listen(seastar::ipv4_addr("0.0.0.0", 50041), seastar::listen_options());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  seastar::listen(seastar::make_ipv4_address({10000}));
}

// --- Sogou Workflow ---------------------------------------------------------

struct sockaddr;
struct WFServerBase {
  int start(uint16_t port);
  int start(int family, uint16_t port);
  int start(const char *host, uint16_t port);
  int start(int family, const char *host, uint16_t port);
  int start(const sockaddr *bind_addr, unsigned addrlen);
};
struct WFHttpServer : WFServerBase {};
void workflow_servers(WFHttpServer &server) {
  server.start(50043);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  server.start(2, 50045);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  server.start("127.0.0.1", 50047);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  server.start(2, "127.0.0.1", 50049);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  server.start(8888);
}

// --- rpclib -----------------------------------------------------------------

namespace rpc {
struct server {
  explicit server(uint16_t port);
  server(const std::string &address, uint16_t port);
  void run();
};
} // namespace rpc
void rpclib_servers() {
  rpc::server srv(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  srv.run();
  rpc::server low("0.0.0.0", 8080);
}
