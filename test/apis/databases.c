// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clients of databases and queues: nothing connects again by itself.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/postgresql -isystem %include/mariadb %headers

#include <amqp.h>
#include <libpq-fe.h>
#include <mysql.h>
#include <stddef.h>

void dial_once(amqp_socket_t *socket, MYSQL *handle) {
  amqp_socket_open(socket, "localhost", 55672);
  amqp_open_socket("localhost", 55674);
  PQconnectdb("host=localhost port=55434 dbname=x");
  PQconnectdb("postgresql://localhost:55436/x");
  PQsetdbLogin("localhost", "55432", NULL, NULL, "x", NULL, NULL);
  mysql_real_connect(handle, "127.0.0.1", "x", "x", "x", 53306, NULL, 0);
}

PGconn *again_and_again(void) {
  for (;;) {
    PGconn *connection = PQconnectdb("host=localhost port=55434 dbname=x");
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:55434
    if (PQstatus(connection) == CONNECTION_OK)
      return connection;
    PQfinish(connection);
  }
}

PGconn *again_by_login(void) {
  for (;;) {
    PGconn *connection = PQsetdbLogin("127.0.0.1", "55432", NULL, NULL, "x", NULL, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    if (PQstatus(connection) != CONNECTION_BAD)
      return connection;
    PQfinish(connection);
  }
}

PGconn *again_by_parameters(const char *name) {
  const char *const keywords[] = {"dbname", "host", "port", NULL};
  const char *const values[] = {name, "127.0.0.1", "55438", NULL};
  for (;;) {
    PGconn *connection = PQconnectdbParams(keywords, values, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:55438
    if (PQstatus(connection) == CONNECTION_OK)
      return connection;
    PQfinish(connection);
  }
}

PGconn *again_elsewhere(void) {
  const char *const keywords[] = {"host", "port", NULL};
  const char *const values[] = {"192.0.2.1", "55438", NULL};
  for (;;) {
    PGconn *connection = PQconnectdbParams(keywords, values, 0);
    if (PQstatus(connection) == CONNECTION_OK)
      return connection;
    PQfinish(connection);
  }
}

PGconn *again_on_the_usual_port(void) {
  const char *const keywords[] = {"host", "port", NULL};
  const char *const values[] = {"127.0.0.1", "5432", NULL};
  for (;;) {
    PGconn *connection = PQconnectdbParams(keywords, values, 0);
    if (PQstatus(connection) == CONNECTION_OK)
      return connection;
    PQfinish(connection);
  }
}

// A Unix socket.
PGconn *again_without_a_host(void) {
  for (;;) {
    PGconn *connection = PQconnectdb("dbname=x port=55434");
    if (PQstatus(connection) == CONNECTION_OK)
      return connection;
    PQfinish(connection);
  }
}

void rabbit_again(amqp_socket_t *socket) {
  while (amqp_socket_open(socket, "localhost", 55676) != AMQP_STATUS_OK) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:55676
  }
}

int rabbit_again_by_descriptor(void) {
  int fd;
  do
    fd = amqp_open_socket("localhost", 55678);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:55678
  while (fd < 0);
  return fd;
}

void mysql_again(MYSQL *handle) {
  while (!mysql_real_connect(handle, "127.0.0.1", "x", "x", "x", 53308, NULL, 0)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:53308
  }
}
