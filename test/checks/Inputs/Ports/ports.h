// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef PORTS_H
#define PORTS_H

#define MACRO_PORT 33334
enum { ENUM_PORT = 33336 };
static const unsigned short CONST_PORT = 33338;
static const unsigned short LOW_PORT = 8080;

#endif
