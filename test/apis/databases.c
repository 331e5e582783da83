// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clients of databases and queues: one attempt, nothing connects again.
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
