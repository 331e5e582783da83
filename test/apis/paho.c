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

MQTTClient dial_again(MQTTClient_connectOptions *options) {
  for (;;) {
    MQTTClient client;
    MQTTClient_create(&client, "tcp://localhost:50053", "id", MQTTCLIENT_PERSISTENCE_NONE, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053
    if (MQTTClient_connect(client, options) == MQTTCLIENT_SUCCESS)
      return client;
    MQTTClient_destroy(&client);
  }
}

// The callback is told of the failure and begins again.
void dial_again_later(void *context);

static void on_failure(void *context, MQTTAsync_failureData *data) {
  (void)data;
  dial_again_later(context);
}

void dial_again_later(void *context) {
  MQTTAsync client;
  MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
  MQTTAsync_create(&client, "tcp://localhost:50055", "id", MQTTCLIENT_PERSISTENCE_NONE, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
  options.onFailure = on_failure;
  options.context = context;
  MQTTAsync_connect(client, &options);
}
