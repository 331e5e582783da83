/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_ARPA_INET_H
#define MOCK_ARPA_INET_H

#include <netinet/in.h>
MOCK_BEGIN
in_addr_t inet_addr(const char *text) MOCK_NOTHROW;
int inet_aton(const char *text, struct in_addr *address) MOCK_NOTHROW;
int inet_pton(int family, const char *text, void *address) MOCK_NOTHROW;
const char *inet_ntop(int family, const void *address, char *text,
                      socklen_t size) MOCK_NOTHROW;
MOCK_END

#endif
