/*===- exec_hooks.c - programs that the guard cannot enter ----------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/
/* A guarded program may start others, which the dynamic loader guards as well,
   unless they are such that it cannot. Those are named. Runs in the children of
   vfork(), too: no lock, no memory of its own. */

#include "elf_file.h"
#include "event_log.h"
#include "next.h"
#include "socket_states.h"

#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names the program unless it will be guarded. */
static void look(const char *path) {
  int saved = errno;
  switch (kindOfProgram(path)) {
  case ProgramGuarded:
    break;
  case ProgramStatic:
    logUnguarded(path,
                 "it is linked statically and loads no libraries: use "
                 "selfconnect/guard.h in its source, or reserve the port");
    break;
  case ProgramGo:
    logUnguarded(path, "it is written in Go and does not use the C library's "
                       "calls; net.Dial looks for itself; reserve the port");
    break;
  }
  errno = saved;
}

/* As execvp() finds it. */
static void lookInPath(const char *name) {
  const char *folders = getenv("PATH");
  if (strchr(name, '/') || !folders) {
    look(name);
    return;
  }
  char path[PATH_MAX];
  size_t nameSize = strlen(name) + 1;
  while (*folders) {
    size_t size = strcspn(folders, ":");
    if (size + 1 + nameSize <= sizeof(path)) {
      memcpy(path, folders, size);
      path[size] = '/';
      memcpy(path + size + 1, name, nameSize);
      if (access(path, X_OK) == 0) {
        look(path);
        return;
      }
    }
    folders += size + (folders[size] == ':');
  }
}

#define HOOK_EXEC(name, find, parameters, path, arguments)                     \
  DECLARE_NEXT(name);                                                          \
  HOOK int name parameters {                                                   \
    find(path);                                                                \
    doubtUnbound(); /* it inherits sockets */                                  \
    return NEXT(name) arguments;                                               \
  }

HOOK_EXEC(execve, look,
          (const char *path, char *const words[], char *const environment[]),
          path, (path, words, environment))
HOOK_EXEC(execv, look, (const char *path, char *const words[]), path,
          (path, words))
HOOK_EXEC(execvp, lookInPath, (const char *name, char *const words[]), name,
          (name, words))
HOOK_EXEC(execvpe, lookInPath,
          (const char *name, char *const words[], char *const environment[]),
          name, (name, words, environment))
HOOK_EXEC(posix_spawn, look,
          (pid_t * pid, const char *path,
           const posix_spawn_file_actions_t *actions,
           const posix_spawnattr_t *attributes, char *const words[],
           char *const environment[]),
          path, (pid, path, actions, attributes, words, environment))
HOOK_EXEC(posix_spawnp, lookInPath,
          (pid_t * pid, const char *name,
           const posix_spawn_file_actions_t *actions,
           const posix_spawnattr_t *attributes, char *const words[],
           char *const environment[]),
          name, (pid, name, actions, attributes, words, environment))

__attribute__((constructor)) static void start(void) {
  LOOK_UP(execve), LOOK_UP(execv), LOOK_UP(execvp), LOOK_UP(execvpe);
  LOOK_UP(posix_spawn), LOOK_UP(posix_spawnp);
}
