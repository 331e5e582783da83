/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_NETINET_IN_H
#define MOCK_NETINET_IN_H

#include <begin_decls.h>
#include <stdint.h>
#include <sys/socket.h>
MOCK_BEGIN
typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;
struct in_addr {
  in_addr_t s_addr;
};
struct in6_addr {
  union {
    uint8_t bytes[16];
    uint32_t words[4];
  } in6_u;
};
#define s6_addr in6_u.bytes
#define s6_addr32 in6_u.words
struct sockaddr_in {
  sa_family_t sin_family;
  in_port_t sin_port;
  struct in_addr sin_addr;
  unsigned char sin_zero[8];
};
struct sockaddr_in6 {
  sa_family_t sin6_family;
  in_port_t sin6_port;
  uint32_t sin6_flowinfo;
  struct in6_addr sin6_addr;
  uint32_t sin6_scope_id;
};
enum {
  IPPROTO_IP = 0,
#define IPPROTO_IP IPPROTO_IP
  IPPROTO_TCP = 6,
#define IPPROTO_TCP IPPROTO_TCP
  IPPROTO_UDP = 17,
#define IPPROTO_UDP IPPROTO_UDP
  IPPROTO_SCTP = 132
#define IPPROTO_SCTP IPPROTO_SCTP
};
#define INADDR_ANY ((in_addr_t)0x00000000)
#define INADDR_LOOPBACK ((in_addr_t)0x7f000001)
extern const struct in6_addr in6addr_any;
extern const struct in6_addr in6addr_loopback;
#define IN6ADDR_ANY_INIT {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}}}
#define IN6ADDR_LOOPBACK_INIT                                                  \
  {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}

uint32_t htonl(uint32_t value) MOCK_NOTHROW __attribute__((const));
uint16_t htons(uint16_t value) MOCK_NOTHROW __attribute__((const));
uint32_t ntohl(uint32_t value) MOCK_NOTHROW __attribute__((const));
uint16_t ntohs(uint16_t value) MOCK_NOTHROW __attribute__((const));

/* The forms that htons takes. A test picks one with -DMOCK_HTONS_...; without,
   it is what glibc gives Clang: a function at -O0, a macro for an inline
   function otherwise. */
#define mock_swap_constant(x)                                                  \
  ((uint16_t)((((x) >> 8) & 0xff) | (((x) & 0xff) << 8)))
static __inline uint16_t __bswap_16(uint16_t value) {
#ifdef MOCK_HTONS_INLINE_BUILTIN /* glibc, seen by a newer GCC */
  return __builtin_bswap16(value);
#else
  return mock_swap_constant(value);
#endif
}
static __inline uint32_t __bswap_32(uint32_t value) {
  return __builtin_bswap32(value);
}
#if defined(MOCK_HTONS_BUILTIN) /* the BSDs, Android */
#define htons(x) __builtin_bswap16(x)
#define ntohs(x) __builtin_bswap16(x)
#elif defined(MOCK_HTONS_STATEMENT) /* glibc before 2.27 */
#define htons(x)                                                               \
  (__extension__({                                                             \
    unsigned short int mock_v, mock_x = (unsigned short int)(x);               \
    mock_v = mock_swap_constant(mock_x);                                       \
    mock_v;                                                                    \
  }))
#define ntohs(x) htons(x)
#elif defined(MOCK_HTONS_EXPRESSION) /* shifts in place */
#define htons(x) mock_swap_constant(x)
#define ntohs(x) mock_swap_constant(x)
#elif defined(__OPTIMIZE__) || defined(MOCK_HTONS_INLINE_BUILTIN)
#define htonl(x) __bswap_32(x)
#define ntohl(x) __bswap_32(x)
#define htons(x) __bswap_16(x)
#define ntohs(x) __bswap_16(x)
#endif
MOCK_END

#endif
