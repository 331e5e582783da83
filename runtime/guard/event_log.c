/*===- event_log.c - one JSON line per event -------------------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/
/* Nothing here allocates, locks, or uses stdio: it may run in a signal handler.
   The backtrace, which is off unless asked for, is the exception: it asks the
   dynamic loader for names. */

#include "event_log.h"

#include "symbols.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char logPath[PATH_MAX];
static int withBacktrace;
/* What stderr was at the start; no file has the number 0. */
static dev_t stderrDevice;
static ino_t stderrNumber;

/* --- text ----------------------------------------------------------------- */

/* What does not fit is cut off. */
struct Text {
  char data[8192];
  size_t size;
};

static void addChar(struct Text *text, char c) {
  if (text->size < sizeof(text->data))
    text->data[text->size++] = c;
}

static void addPlain(struct Text *text, const char *string) {
  while (*string)
    addChar(text, *string++);
}

static void addNumber(struct Text *text, uint64_t number, unsigned base,
                      int width) {
  char digits[24];
  int count = 0;
  do {
    digits[count++] = "0123456789abcdef"[number % base];
    number /= base;
  } while (number != 0 || count < width);
  while (count > 0)
    addChar(text, digits[--count]);
}

/* JSON strings are UTF-8; a byte that may not be is written as a code point. */
static void addEscaped(struct Text *text, const char *string) {
  for (; *string; ++string) {
    unsigned char c = (unsigned char)*string;
    if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
      addPlain(text, "\\u");
      addNumber(text, c, 16, 4);
    } else {
      addChar(text, (char)c);
    }
  }
}

static void addString(struct Text *text, const char *key, const char *value) {
  addPlain(text, ",\"");
  addPlain(text, key);
  addPlain(text, "\":\"");
  addEscaped(text, value);
  addChar(text, '"');
}

static void addField(struct Text *text, const char *key, uint64_t value) {
  addPlain(text, ",\"");
  addPlain(text, key);
  addPlain(text, "\":");
  addNumber(text, value, 10, 1);
}

/* --- the parts of the line ------------------------------------------------ */

static void addTime(struct Text *text) {
  struct timespec now = {0, 0};
  clock_gettime(CLOCK_REALTIME, &now);
  addField(text, "time", (uint64_t)now.tv_sec);
  addChar(text, '.');
  addNumber(text, (uint64_t)now.tv_nsec / 1000, 10, 6);
}

static void addAddress(struct Text *text,
                       const struct sockaddr_storage *address) {
  char host[INET6_ADDRSTRLEN] = "?";
  in_port_t port;
  addPlain(text, ",\"local\":\"");
  if (address->ss_family == AF_INET6) {
    struct sockaddr_in6 ipv6;
    memcpy(&ipv6, address, sizeof(ipv6));
    inet_ntop(AF_INET6, &ipv6.sin6_addr, host, sizeof(host));
    port = ipv6.sin6_port;
    addChar(text, '[');
    addPlain(text, host);
    addChar(text, ']');
  } else {
    struct sockaddr_in ipv4;
    memcpy(&ipv4, address, sizeof(ipv4));
    inet_ntop(AF_INET, &ipv4.sin_addr, host, sizeof(host));
    port = ipv4.sin_port;
    addPlain(text, host);
  }
  addChar(text, ':');
  addNumber(text, ntohs(port), 10, 1);
  addChar(text, '"');
}

/* "retry+0x1c (/usr/bin/client+0x11d2)"; addr2line knows the line. A return
   address may already belong to the next function. */
static void addFrame(struct Text *text, void *address) {
  Dl_info info;
  if (dladdr(address, &info) == 0 || !info.dli_fname) {
    addPlain(text, "0x");
    addNumber(text, (uintptr_t)address, 16, 1);
    return;
  }
  uintptr_t offset = (uintptr_t)address - (uintptr_t)info.dli_fbase;
  char name[256];
  long within = findFunction(info.dli_fname, offset - 1, name, sizeof(name));
  if (within >= 0) {
    ++within;
  } else if (info.dli_sname) {
    strncpy(name, info.dli_sname, sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    within = (long)((uintptr_t)address - (uintptr_t)info.dli_saddr);
  }
  if (within >= 0) {
    addEscaped(text, name);
    addPlain(text, "+0x");
    addNumber(text, (uint64_t)within, 16, 1);
    addChar(text, ' ');
  }
  addChar(text, '(');
  addEscaped(text, info.dli_fname);
  addPlain(text, "+0x");
  addNumber(text, offset, 16, 1);
  addChar(text, ')');
}

static void addBacktrace(struct Text *text) {
  void *frames[32];
  int count = backtrace(frames, sizeof(frames) / sizeof(frames[0]));
  addPlain(text, ",\"backtrace\":[");
  for (int i = 0; i < count; ++i) {
    addPlain(text, i ? ",\"" : "\"");
    addFrame(text, frames[i]);
    addChar(text, '"');
  }
  addChar(text, ']');
}

/* --- the file ------------------------------------------------------------- */

static int openLogFile(void) {
  struct Text path = {.size = 0};
  for (const char *c = logPath; *c; ++c) {
    if (c[0] == '%' && c[1] == 'p') {
      addNumber(&path, (uint64_t)getpid(), 10, 1);
      ++c;
    } else {
      addChar(&path, *c);
    }
  }
  addChar(&path, '\0');
  /* Without waiting for the reader of a FIFO, which is ENXIO instead. */
  return open(path.data,
              O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
              0666);
}

/* A program that closes stderr gets that number for a file of its own. */
static int isStderrOurs(void) {
  struct stat status;
  return fstat(STDERR_FILENO, &status) == 0 && stderrNumber != 0 &&
         status.st_dev == stderrDevice && status.st_ino == stderrNumber;
}

/* In one piece: lines of threads and processes do not mix. A log that cannot be
   written must not end the program, not by SIGPIPE either. */
static void writeLine(int fd, const struct Text *line) {
  static const struct timespec now = {0, 0};
  sigset_t brokenPipe, pending, before;
  sigemptyset(&brokenPipe);
  sigaddset(&brokenPipe, SIGPIPE);
  sigemptyset(&pending);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &brokenPipe, &before);
  ssize_t written = write(fd, line->data, line->size);
  if (written < 0 && errno == EPIPE && !sigismember(&pending, SIGPIPE))
    sigtimedwait(&brokenPipe, NULL, &now);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void openEventLog(void) {
  const char *path = getenv("SELFCONNECT_GUARD_LOG");
  if (path && strlen(path) < sizeof(logPath))
    memcpy(logPath, path, strlen(path) + 1);
  struct stat status;
  if (fstat(STDERR_FILENO, &status) == 0) {
    stderrDevice = status.st_dev;
    stderrNumber = status.st_ino;
  }
  const char *wanted = getenv("SELFCONNECT_GUARD_BACKTRACE");
  withBacktrace = wanted && strcmp(wanted, "1") == 0;
  if (withBacktrace) {
    void *frame; /* the first call loads a library; better now than later */
    (void)backtrace(&frame, 1);
  }
}

/* The line for where it belongs. */
static void writeEvent(struct Text *line) {
  addPlain(line, "}\n");
  int fd = logPath[0] ? openLogFile() : -1;
  if (fd >= 0) {
    writeLine(fd, line);
    close(fd);
  } else if (!(logPath[0] && errno == ENXIO) && isStderrOurs()) {
    /* ENXIO: nobody reads the FIFO. */
    writeLine(STDERR_FILENO, line);
  }
}

static void beginEvent(struct Text *line) {
  addPlain(line, "{\"schema\":1");
  addTime(line);
  addField(line, "pid", (uint64_t)getpid());
  addField(line, "tid", (uint64_t)gettid());
  addString(line, "program", program_invocation_short_name);
}

void logUnguarded(const char *program, const char *why) {
  int saved = errno;
  struct Text line = {.size = 0};
  beginEvent(&line);
  addString(&line, "starts", program);
  addString(&line, "action", "not-guarded");
  addString(&line, "reason", why);
  if (line.size > sizeof(line.data) - 2) /* a name too long to be true */
    return;
  writeEvent(&line);
  errno = saved;
}

void logEvent(const struct GuardEvent *event) {
  int saved = errno;
  struct Text line = {.size = 0};
  beginEvent(&line);
  addField(&line, "fd", (uint64_t)event->fd);
  addString(&line, "call", event->call);
  addAddress(&line, &event->local);
  addString(&line, "action", event->action);
  size_t complete = line.size;
  if (withBacktrace)
    addBacktrace(&line);
  if (line.size > sizeof(line.data) - 2) /* a backtrace too long to be whole */
    line.size = complete;
  writeEvent(&line);
  errno = saved;
}
