/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_SYS_SOCKET_H
#define MOCK_SYS_SOCKET_H

#include <begin_decls.h>
#include <stddef.h>
#include <sys/types.h>
MOCK_BEGIN
typedef unsigned short sa_family_t;
struct sockaddr {
  sa_family_t sa_family;
  char sa_data[14];
};
struct sockaddr_storage {
  sa_family_t ss_family;
  char padding[118];
  unsigned long align;
};
struct linger {
  int l_onoff;
  int l_linger;
};

enum mock_socket_type {
  SOCK_STREAM = 1,
  SOCK_DGRAM = 2,
  SOCK_RAW = 3,
  SOCK_SEQPACKET = 5,
  SOCK_CLOEXEC = 02000000,
  SOCK_NONBLOCK = 00004000
};
/* As in glibc: each is an enumerator and a macro of the same name. */
#define SOCK_STREAM SOCK_STREAM
#define SOCK_DGRAM SOCK_DGRAM
#define SOCK_CLOEXEC SOCK_CLOEXEC
#define SOCK_NONBLOCK SOCK_NONBLOCK

#define PF_UNSPEC 0
#define PF_LOCAL 1
#define PF_UNIX PF_LOCAL
#define PF_INET 2
#define PF_INET6 10
#define PF_VSOCK 40
#define AF_UNSPEC PF_UNSPEC
#define AF_UNIX PF_UNIX
#define AF_LOCAL PF_LOCAL
#define AF_INET PF_INET
#define AF_INET6 PF_INET6
#define AF_VSOCK PF_VSOCK
#define SOL_SOCKET 1
#define SO_REUSEADDR 2
#define SO_ERROR 4
#define SO_LINGER 13
#define SOMAXCONN 4096

/* With _GNU_SOURCE, glibc lets C pass any sockaddr without a cast. */
#if defined(_GNU_SOURCE) && !defined(__cplusplus)
typedef union {
  const struct sockaddr *__restrict mock_sockaddr;
  const struct sockaddr_in *__restrict mock_sockaddr_in;
  const struct sockaddr_in6 *__restrict mock_sockaddr_in6;
  const struct sockaddr_un *__restrict mock_sockaddr_un;
} mock_const_sockaddr __attribute__((transparent_union));
typedef union {
  struct sockaddr *__restrict mock_sockaddr;
  struct sockaddr_in *__restrict mock_sockaddr_in;
  struct sockaddr_in6 *__restrict mock_sockaddr_in6;
} mock_sockaddr __attribute__((transparent_union));
#define MOCK_CONST_SOCKADDR mock_const_sockaddr
#define MOCK_SOCKADDR mock_sockaddr
#else
#define MOCK_CONST_SOCKADDR const struct sockaddr *
#define MOCK_SOCKADDR struct sockaddr *
#endif

int socket(int domain, int type, int protocol) MOCK_NOTHROW;
int bind(int fd, MOCK_CONST_SOCKADDR address, socklen_t length) MOCK_NOTHROW;
int connect(int fd, MOCK_CONST_SOCKADDR address, socklen_t length);
int listen(int fd, int backlog) MOCK_NOTHROW;
int accept(int fd, MOCK_SOCKADDR address, socklen_t *length);
int getsockname(int fd, MOCK_SOCKADDR address, socklen_t *length) MOCK_NOTHROW;
int getpeername(int fd, MOCK_SOCKADDR address, socklen_t *length) MOCK_NOTHROW;
int setsockopt(int fd, int level, int name, const void *value,
               socklen_t length) MOCK_NOTHROW;
int getsockopt(int fd, int level, int name, void *value,
               socklen_t *length) MOCK_NOTHROW;
int shutdown(int fd, int how) MOCK_NOTHROW;
ssize_t send(int fd, const void *data, size_t size, int flags);
ssize_t recv(int fd, void *data, size_t size, int flags);
MOCK_END

#endif
