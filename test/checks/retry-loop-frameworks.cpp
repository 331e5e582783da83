// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Retries that a timer, an event loop or a thread makes, by each of the calls
// that people arrange them with; and beside each, what looks like it and is no
// retry.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2 -fexceptions
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0 -fexceptions

#include <arpa/inet.h>
#include <errno.h>
#include <unistd.h>

extern "C" {
struct uv_loop_t;
struct uv_timer_t { void *data; };
int uv_timer_start(uv_timer_t *timer, void (*cb)(uv_timer_t *),
                   unsigned long timeout, unsigned long repeat);
typedef int (*GSourceFunc)(void *);
unsigned g_timeout_add(unsigned interval, GSourceFunc function, void *data);
struct event;
struct event_base;
struct timeval;
event *event_new(event_base *base, int fd, short what,
                 void (*cb)(int, short, void *), void *arg);
int event_assign(event *, event_base *, int fd, short what,
                 void (*cb)(int, short, void *), void *arg);
int event_add(event *, const timeval *);
}
struct QTimer {
  template <class Object, class Slot>
  static void singleShot(int ms, Object *object, Slot slot);
  template <class Callable> static void singleShot(int ms, Callable callable);
};
struct EventLoop {
  template <class Callable> void runAfter(double seconds, Callable callable);
};
struct error_code { explicit operator bool() const; };
struct steady_timer {
  template <class Handler> void async_wait(Handler handler);
};
namespace std {
struct mutex {};
template <class M> struct unique_lock { explicit unique_lock(M &); };
struct condition_variable {
  template <class L> void wait(L &);
  template <class L> int wait_for(L &, int);
};
struct thread {
  template <class F, class... A> explicit thread(F f, A... a);
};
} // namespace std

sockaddr_in server;

// --- uv_timer_start ---------------------------------------------------------

uv_timer_t uv_timer;
void uv_dial();
void on_uv_timer(uv_timer_t *) { uv_dial(); }
void uv_dial() {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    uv_timer_start(&uv_timer, on_uv_timer, 1000, 0);
  }
}

// A heartbeat is sent when the connection stands.
void on_uv_beat(uv_timer_t *);
void uv_dial_once() {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:6: note: nothing is known to call it again
    close(fd);
    return;
  }
  uv_timer_start(&uv_timer, on_uv_beat, 1000, 0);
}
void on_uv_beat(uv_timer_t *) { uv_timer_start(&uv_timer, on_uv_beat, 1000, 0); }

// --- QTimer::singleShot -----------------------------------------------------

class QtClient {
public:
  void dial() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server))) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      close(fd);
      QTimer::singleShot(1000, this, &QtClient::dial);
    }
  }
};

class QtOnce {
public:
  void dial() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)))
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:8: note: nothing is known to call it again
      QTimer::singleShot(1000, this, &QtOnce::giveUp);
  }
  void giveUp();
};

// --- g_timeout_add ----------------------------------------------------------

int glib_dial(void *) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) == -1) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    g_timeout_add(1000, glib_dial, nullptr);
  }
  return 0;
}

int glib_quit(void *);
int glib_dial_once(void *) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) == -1)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:5: note: nothing is known to call it again
    g_timeout_add(1000, glib_quit, nullptr);
  return 0;
}

// --- event_add --------------------------------------------------------------

event *retry_event;
event_base *base;
void on_retry(int, short, void *);
void event_dial() {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    event_assign(retry_event, base, -1, 0, on_retry, nullptr);
    event_add(retry_event, nullptr);
  }
}
void on_retry(int, short, void *) { event_dial(); }

void on_readable(int fd, short, void *) { char c; (void)read(fd, &c, 1); }
void event_dial_once() {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:6: note: nothing is known to call it again
    return;
  event_add(event_new(base, fd, 0, on_readable, nullptr), nullptr);
}

// --- async_wait -------------------------------------------------------------

class AsioClient {
public:
  void dial() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      close(fd);
      timer.async_wait([this](const error_code &ec) {
        if (!ec)
          dial();
      });
    }
  }
  steady_timer timer;
};

class AsioOnce {
public:
  void dial() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:8: note: nothing is known to call it again
      timer.async_wait([this](const error_code &) { stop(); });
  }
  void stop();
  steady_timer timer;
};

// --- runAfter ---------------------------------------------------------------

class Connector {
public:
  void start() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      retry(fd);
  }
  void retry(int fd) {
    close(fd);
    loop.runAfter(0.5, [this] { start(); });
  }
  EventLoop loop;
};

class Reporter {
public:
  void start() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) != 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:8: note: nothing is known to call it again
      loop.runAfter(0.5, [this] { report(); });
  }
  void report();
  EventLoop loop;
};

// --- A thread that waits on a condition variable ----------------------------

class Worker {
public:
  void launch() { std::thread runner(&Worker::work, this); }
  void work() {
    while (running) {
      if (fd < 0 && !dial()) {
        std::unique_lock<std::mutex> lock(guard);
        wake.wait_for(lock, 1000);
        continue;
      }
      serve();
    }
  }
  bool dial() {
    int made = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(made, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      close(made);
      return false;
    }
    fd = made;
    return true;
  }
  void serve();
  bool running = true;
  int fd = -1;
  std::mutex guard;
  std::condition_variable wake;
};

class Patient {
public:
  void launch() { std::thread runner(&Patient::work, this); }
  void work() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:8: note: nothing is known to call it again
      return;
    while (running) {
      std::unique_lock<std::mutex> lock(guard);
      wake.wait(lock);
      (void)write(fd, "x", 1);
    }
  }
  bool running = true;
  std::mutex guard;
  std::condition_variable wake;
};

// --- A state machine that a loop drives -------------------------------------

int state_machine() {
  enum { Dial, Pause, Up } state = Dial;
  int fd = -1;
  for (;;) {
    switch (state) {
    case Dial:
      fd = socket(AF_INET, SOCK_STREAM, 0);
      state = connect(fd, reinterpret_cast<sockaddr *>(&server),
              // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: retried connect()
                      sizeof(server)) == 0
                  ? Up
                  : Pause;
      break;
    case Pause:
      close(fd);
      sleep(1);
      state = Dial;
      break;
    case Up:
      return fd;
    }
  }
}

int state_machine_that_stops() {
  enum { Dial, Failed, Up } state = Dial;
  int fd = -1;
  for (;;) {
    switch (state) {
    case Dial:
      fd = socket(AF_INET, SOCK_STREAM, 0);
      state = connect(fd, reinterpret_cast<sockaddr *>(&server),
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:15: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+7]]:7: note: failure leaves the loop here
                      sizeof(server)) == 0
                  ? Up
                  : Failed;
      break;
    case Failed:
      close(fd);
      return -1;
    case Up:
      return fd;
    }
  }
}

// --- A virtual call with one override in sight ------------------------------

class Transport {
public:
  virtual ~Transport();
  virtual bool open() = 0;
};
class TcpTransport : public Transport {
public:
  bool open() override {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return true;
    close(fd);
    return false;
  }
};
void keep_open(Transport &transport) {
  while (!transport.open())
    // CHECK-MESSAGES: :[[@LINE-1]]:3: note: the loop is here
    sleep(1);
}

class Link {
public:
  virtual ~Link();
  virtual bool raise() = 0;
};
class TcpLink : public Link {
public:
  bool raise() override {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+6]]:6: note: nothing is known to call it again
      return true;
    close(fd);
    return false;
  }
};
bool raise_once(Link &link) { return link.raise(); }
