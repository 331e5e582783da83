/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* planted race|overflow: does what a sanitizer must find, so that the tests under
   one can fail. */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int shared;

static void *count(void *unused) {
  (void)unused;
  for (int i = 0; i < 100000; ++i)
    ++shared;
  return NULL;
}

static int race(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, count, NULL) != 0)
    return 9;
  count(NULL);
  return pthread_join(thread, NULL);
}

static int overflow(size_t length) {
  /* volatile, or UBSan knows the size, and is first to say so */
  char *volatile bytes = calloc(length, 1);
  if (!bytes)
    return 9;
  int last = bytes[length]; /* one beyond the end */
  free(bytes);
  return last;
}

int main(int argc, char **argv) {
  if (argc != 2)
    return 2;
  return strcmp(argv[1], "race") == 0 ? race() : overflow(strlen(argv[1]));
}
