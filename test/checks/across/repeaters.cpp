// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// The same for callables: periodic timers, tickers, schedulers of a project's own.

//--- timer.h
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
class PeriodicTimer {
public:
  PeriodicTimer(int ms, std::function<void()> callback);
  void start();
private:
  void run();
  int ms_;
  std::function<void()> callback_;
  std::atomic<bool> running_{false};
  std::thread thread_;
};
class Scheduler {
public:
  using Job = std::function<void()>;
  void every(std::chrono::seconds interval, Job job);
  void once(std::chrono::seconds delay, Job job);
  void run();
private:
  struct Task {
    std::chrono::steady_clock::time_point due;
    std::chrono::seconds interval;
    Job job;
  };
  std::vector<Task> tasks_;
  std::multimap<std::chrono::steady_clock::time_point, Job> onces_;
};
class Ticker {
public:
  static void start(std::chrono::milliseconds period, std::function<void()> tick);
  void add(std::function<void()> listener);
  void loop();
private:
  std::vector<std::function<void()>> listeners_;
  std::condition_variable wake_;
  std::mutex mutex_;
};
class Events {
public:
  void on(const std::string &name, std::function<void()> handler);
  void post(std::function<void()> work);
  void run();
private:
  std::string next();
  std::map<std::string, std::function<void()>> handlers_;
  std::vector<std::function<void()>> posted_;
};

//--- timer.cpp
#include "timer.h"
PeriodicTimer::PeriodicTimer(int ms, std::function<void()> callback)
    : ms_(ms), callback_(std::move(callback)) {}
void PeriodicTimer::start() {
  running_ = true;
  thread_ = std::thread([this] { run(); });
}
void PeriodicTimer::run() {
  while (running_) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms_));
    if (callback_)
      callback_();
  }
}
void Scheduler::every(std::chrono::seconds interval, Job job) {
  tasks_.push_back({std::chrono::steady_clock::now() + interval, interval, std::move(job)});
}
void Scheduler::once(std::chrono::seconds delay, Job job) {
  onces_.emplace(std::chrono::steady_clock::now() + delay, std::move(job));
}
void Scheduler::run() {
  for (;;) {
    auto now = std::chrono::steady_clock::now();
    for (Task &task : tasks_) {
      if (now < task.due)
        continue;
      task.job();
      task.due = now + task.interval;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}
void Ticker::start(std::chrono::milliseconds period, std::function<void()> tick) {
  std::thread([period, tick] {
    for (;;) {
      tick();
      std::this_thread::sleep_for(period);
    }
  }).detach();
}
void Ticker::add(std::function<void()> listener) { listeners_.emplace_back(std::move(listener)); }
void Ticker::loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (wake_.wait_for(lock, std::chrono::seconds(1)) == std::cv_status::timeout)
    for (auto &listener : listeners_)
      listener();
}
void Events::on(const std::string &name, std::function<void()> handler) {
  handlers_[name] = std::move(handler);
}
void Events::post(std::function<void()> work) { posted_.push_back(std::move(work)); }
void Events::run() {
  for (;;) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    std::vector<std::function<void()>> work;
    work.swap(posted_);
    for (auto &each : work)
      each();
    auto found = handlers_.find(next());
    if (found != handlers_.end())
      found->second();
  }
}

//--- once.cpp
#include "timer.h"
class Delayed {
public:
  void after(int ms, std::function<void()> then);
  void run();
private:
  std::function<void()> then_;
  int ms_ = 0;
};
void Delayed::after(int ms, std::function<void()> then) {
  ms_ = ms;
  then_ = std::move(then);
}
void Delayed::run() {
  for (;;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms_));
    if (then_) {
      then_();
      then_ = nullptr;
    }
  }
}

//--- dial.h
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
inline int dial(int port) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0) { // retry: 127.0.0.1:33334 --socket=new
    close(fd);
    return -1;
  }
  return fd;
}

//--- client.cpp
#include "dial.h"
#include "timer.h"
class Client {
public:
  Client() : timer_(5000, [this] { check(); }) { timer_.start(); }
private:
  void check() {
    if (fd_ < 0)
      fd_ = dial(33334);
  }
  PeriodicTimer timer_;
  int fd_ = -1;
};
int main() {
  Client client;
  pause();
}

//--- clients.cpp
#include "timer.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
class Base {
protected:
  bool open(int port) {
    sockaddr_in addr{};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0) { // retry: 127.0.0.1:33335 --socket=new
      close(fd);
      return false;
    }
    fd_ = fd;
    return true;
  }
  int fd_ = -1;
};
class Bound : Base {
public:
  void init(Scheduler &scheduler) {
    scheduler.every(std::chrono::seconds(5), std::bind(&Bound::tick, this));
  }
private:
  void tick() {
    if (connected_)
      return;
    connected_ = open(33335);
  }
  bool connected_ = false;
};
static Bound bound;
void init(Scheduler &scheduler) { bound.init(scheduler); }

//--- others.cpp
#include "timer.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
static sockaddr_in local(int port) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return addr;
}
class Link {
public:
  explicit Link(Ticker &ticker) {
    ticker.add([this] { poll(); });
  }
private:
  void poll() {
    if (state_ != Down)
      return;
    sockaddr_in addr = local(33336);
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd_, reinterpret_cast<sockaddr *>(&addr), sizeof addr) == 0) { // retry: 127.0.0.1:33336 --socket=new
      state_ = Up;
      return;
    }
    close(fd_);
  }
  enum State { Down, Up };
  State state_ = Down;
  int fd_ = -1;
};
void add_link(Ticker &ticker) { new Link(ticker); }
static int fd = -1;
static int try_once(int port) {
  sockaddr_in addr = local(port);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, reinterpret_cast<sockaddr *>(&addr), sizeof addr) == 0) // retry: 127.0.0.1:33337 --socket=new
    return s;
  close(s);
  return -1;
}
void start() {
  Ticker::start(std::chrono::milliseconds(500), [] {
    if (fd < 0)
      fd = try_once(33337);
  });
}

//--- silent.cpp
#include "timer.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
class Delayed {
public:
  void after(int ms, std::function<void()> then);
};
static int fd = -1;
static void open_it(int port) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, reinterpret_cast<sockaddr *>(&addr), sizeof addr) == 0)
    fd = s;
  else
    close(s);
}
// What happens once, and what waits for something else to happen.
void start_silent(Scheduler &scheduler, Events &events, Delayed &delayed) {
  scheduler.once(std::chrono::seconds(1), [] { if (fd < 0) open_it(40001); });
  events.on("reload", [] { if (fd < 0) open_it(40002); });
  events.post([] { if (fd < 0) open_it(40003); });
  delayed.after(100, [] { if (fd < 0) open_it(40004); });
}
