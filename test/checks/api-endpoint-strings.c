// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All forms of host and port in one string.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock

#ifdef __cplusplus
extern "C" {
#endif
int zmq_bind(void *socket, const char *endpoint);
int sprintf(char *buffer, const char *format, ...);
#ifdef __cplusplus
}
#endif

void listens(void *socket, int argc, char **argv) {
  zmq_bind(socket, "33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "localhost:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "127.0.0.1:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, ":33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "*:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "[::1]:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "tcp://[::]:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "tcp://*:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "TCP://*:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "http://localhost:33334/path?q=1:2#x");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "amqp://user:password@localhost:33334/vhost");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "ipv4:127.0.0.1:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "ipv6:[::1]:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "dns:///localhost:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "tcp://127.0.0.1:0;127.0.0.1:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "localhost:8080,localhost:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "host=localhost port=33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "dbname='x y' port = '33334' host=a,b");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "host=a,b port=5432,33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "hostaddr=127.0.0.1 password=\'\\\' 1\' port=33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, argc > 1 ? argv[1] : "tcp://*:33334");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(void *socket, char **argv) {
  zmq_bind(socket, "");
  zmq_bind(socket, "0");
  zmq_bind(socket, "port=33334"); // libpq's Unix socket
  zmq_bind(socket, "host=/run port=33334");
  zmq_bind(socket, "host=localhost port=5432");
  zmq_bind(socket, "host=localhost port=x33334");
  zmq_bind(socket, "host=localhost port='33334 is not closed");
  zmq_bind(socket, "host=a,b,c port=5432,5433,");
  zmq_bind(socket, "host=a,b,c port=5432,5433");
  zmq_bind(socket, "host=localhost comment='port=33334'");
  zmq_bind(socket, "host=localhost port");
  zmq_bind(socket, "=33334");
  zmq_bind(socket, "tcp://*:0");
  zmq_bind(socket, "tcp://*:*");
  zmq_bind(socket, "tcp://*:8080");
  zmq_bind(socket, "tcp://*:99999");
  zmq_bind(socket, "tcp://*:333340000000000000000000");
  zmq_bind(socket, "localhost");
  zmq_bind(socket, "http://localhost/33334");
  zmq_bind(socket, "http://localhost:80/a:33334");
  zmq_bind(socket, "user:33334@localhost:80");
  zmq_bind(socket, "fe80::33334");
  zmq_bind(socket, "[::1]33334");
  zmq_bind(socket, "[::1:33334");
  zmq_bind(socket, "tcp://");
  zmq_bind(socket, "://:33334x/");
  zmq_bind(socket, "/tmp/socket:33334");
  zmq_bind(socket, "unix:33334");
  zmq_bind(socket, "unix:///tmp/socket:33334");
  zmq_bind(socket, "unix-abstract:name:33334");
  zmq_bind(socket, "ipc://name:33334");
  zmq_bind(socket, "inproc://33334");
  zmq_bind(socket, "udp://*:33334");
  zmq_bind(socket, "epgm://eth0;239.192.1.1:33334");
  zmq_bind(socket, "vsock:2:33334");
  zmq_bind(socket, ",,:,");
  zmq_bind(socket, argv[1]);
  zmq_bind(socket, 0);
}
