// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Paho: connects again only when asked to, which the call does not tell.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <MQTTAsync.h>
#include <MQTTClient.h>
#include <stddef.h>

void dial_once(MQTTClient *client, MQTTAsync *async) {
  MQTTClient_create(client, "tcp://localhost:50051", "id", MQTTCLIENT_PERSISTENCE_NONE, NULL);
  MQTTAsync_create(async, "tcp://localhost:50051", "id", MQTTCLIENT_PERSISTENCE_NONE, NULL);
}
