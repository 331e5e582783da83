/*===- next.h - what a hooked function stands before -------------*- C -*-===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#ifndef SELFCONNECT_GUARD_NEXT_H
#define SELFCONNECT_GUARD_NEXT_H

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdint.h>

#define HOOK __attribute__((visibility("default")))

/** The next definition of the function, looked up once. Two threads may do so
   at the same time: they find the same. */
#define NEXT(name) ((__typeof__(&name))findNext(&nextOf_##name, #name))
#define DECLARE_NEXT(name) static _Atomic uintptr_t nextOf_##name

static inline uintptr_t findNext(_Atomic uintptr_t *known, const char *name) {
  uintptr_t next = atomic_load_explicit(known, memory_order_relaxed);
  if (next == 0) {
    next = (uintptr_t)dlsym(RTLD_NEXT, name);
    atomic_store_explicit(known, next, memory_order_relaxed);
  }
  return next;
}

/** For a constructor, which looks everything up before the program runs, since
    a signal handler must not do so. */
#define LOOK_UP(name) (void)NEXT(name)

#endif /* SELFCONNECT_GUARD_NEXT_H */
