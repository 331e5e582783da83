// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Callbacks that are told in the way of their library: libevent's event bits,
// Qt's slot that is called for errors alone.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <unistd.h>

// --- libevent ------------------------------------------------------------------

struct bufferevent;
struct event_base;
typedef void (*event_callback)(bufferevent *bev, short what, void *arg);
extern "C" {
bufferevent *bufferevent_socket_new(event_base *base, int fd, int options);
void bufferevent_setcb(bufferevent *bev, void (*read)(bufferevent *, void *),
                       void (*write)(bufferevent *, void *),
                       event_callback event, void *arg);
int bufferevent_socket_connect(bufferevent *bev, const sockaddr *addr,
                               int size);
void bufferevent_free(bufferevent *bev);
}
#define BEV_EVENT_ERROR 0x20
#define BEV_EVENT_CONNECTED 0x80

void talk(bufferevent *bev);
static event_base *base;
static const sockaddr *server;
static void begin();

static void event_told(bufferevent *bev, short what, void *) {
  if (what & BEV_EVENT_CONNECTED) {
    talk(bev);
    return;
  }
  bufferevent_free(bev);
  sleep(1);
  begin();
}

static void begin() {
  bufferevent *bev = bufferevent_socket_new(base, -1, 0);
  bufferevent_setcb(bev, nullptr, nullptr, event_told, nullptr);
  bufferevent_socket_connect(bev, server, sizeof(sockaddr_in));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
}
void run() { begin(); }

// Connected again and again, but not after a failure.
static void begin_load();

static void event_done(bufferevent *bev, short what, void *) {
  if (what & BEV_EVENT_ERROR)
    _exit(1);
  talk(bev);
  bufferevent_free(bev);
  begin_load();
}

static void begin_load() {
  bufferevent *bev = bufferevent_socket_new(base, -1, 0);
  bufferevent_setcb(bev, nullptr, nullptr, event_done, nullptr);
  bufferevent_socket_connect(bev, server, sizeof(sockaddr_in));
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-11]]:5: note: failure ends the program here
}
void run_load() { begin_load(); }

// --- Qt ------------------------------------------------------------------------

class QObject {
public:
  template <class Sender, class Signal, class Receiver, class Slot>
  static void connect(Sender, Signal, Receiver, Slot);
};
class QAbstractSocket : public QObject {
public:
  enum SocketError { ConnectionRefusedError };
  void connectToHost(const char *host, unsigned short port);
  void connected();
  void errorOccurred(SocketError);
};
class QTimer : public QObject {
public:
  template <class Receiver, class Slot>
  static void singleShot(int milliseconds, Receiver, Slot);
};

class Client : public QObject {
public:
  Client() {
    connect(socket_, &QAbstractSocket::errorOccurred, this, &Client::onError);
    dial();
  }
  void onError(QAbstractSocket::SocketError) {
    QTimer::singleShot(5000, this, &Client::dial);
  }
  void dial() {
    socket_->connectToHost("127.0.0.1", 33334);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect()
  }

private:
  QAbstractSocket *socket_;
};

class Patient : public QObject {
public:
  Patient() {
    connect(socket_, &QAbstractSocket::errorOccurred, this, &Patient::onError);
    dial();
  }
  void onError(QAbstractSocket::SocketError) { failed_ = true; }
  void dial() { socket_->connectToHost("127.0.0.1", 33336); }
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:26: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-7]]:3: note: nothing is known to call it again

private:
  QAbstractSocket *socket_;
  bool failed_ = false;
};

class ByLambda : public QObject {
public:
  ByLambda() {
    connect(socket_, &QAbstractSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError) {
              QTimer::singleShot(5000, this, &ByLambda::dial);
            });
    dial();
  }
  void dial() {
    socket_->connectToHost("127.0.0.1", 33338);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect()
  }

private:
  QAbstractSocket *socket_;
};

class AfterSuccess : public QObject {
public:
  AfterSuccess() {
    connect(socket_, &QAbstractSocket::connected, this,
            [this] { QTimer::singleShot(5000, this, &AfterSuccess::dial); });
    dial();
  }
  void dial() { socket_->connectToHost("127.0.0.1", 33340); }
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:26: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-7]]:3: note: nothing is known to call it again

private:
  QAbstractSocket *socket_;
};
