// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// librdkafka: a list of brokers; the client connects again by itself.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <librdkafka/rdkafka.h>

void dial(rd_kafka_t *client, const char *given) {
  rd_kafka_brokers_add(client, "localhost:9092,localhost:50092");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  rd_kafka_brokers_add(client, "PLAINTEXT://[::1]:50094");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  rd_kafka_brokers_add(client, "localhost:9092,localhost");
  rd_kafka_brokers_add(client, "example.org:50092");
  rd_kafka_brokers_add(client, given);
}
