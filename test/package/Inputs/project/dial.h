// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
int dial(const char *host, int port);
