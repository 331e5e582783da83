// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function named connect that is not the system call.
//
// RUN: %check_clang_tidy %s selfconnect-retry-loop %t -- -- %mock

struct database;
static int connect(struct database *db, const char *name);
int sleep(int seconds);

int another_signature(struct database *db) {
  while (connect(db, "127.0.0.1:33334") < 0)
    sleep(1);
  return 0;
}

static int connect(struct database *db, const char *name) {
  return db && name;
}
