/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_NETDB_H
#define MOCK_NETDB_H

#include <netinet/in.h>
MOCK_BEGIN
struct addrinfo {
  int ai_flags;
  int ai_family;
  int ai_socktype;
  int ai_protocol;
  socklen_t ai_addrlen;
  struct sockaddr *ai_addr;
  char *ai_canonname;
  struct addrinfo *ai_next;
};
struct hostent {
  char *h_name;
  char **h_aliases;
  int h_addrtype;
  int h_length;
  char **h_addr_list;
};
#define h_addr h_addr_list[0]
#define AI_PASSIVE 0x0001
#define AI_NUMERICHOST 0x0004
#define AI_NUMERICSERV 0x0400
int getaddrinfo(const char *node, const char *service,
                const struct addrinfo *hints, struct addrinfo **result);
void freeaddrinfo(struct addrinfo *result) MOCK_NOTHROW;
const char *gai_strerror(int code) MOCK_NOTHROW;
struct hostent *gethostbyname(const char *name);
MOCK_END

#endif
