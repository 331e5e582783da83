/*===- elf_file.c - what a program file is --------------------------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "elf_file.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

/* Go's linker writes a note of this name with the build's id; another linker
   may have put it behind others. */
static int hasGoNote(int file, const ElfW(Phdr) * part) {
  struct {
    ElfW(Nhdr) header;
    char name[4];
  } note;
  off_t at = (off_t)part->p_offset;
  off_t end = at + (off_t)part->p_filesz;
  for (int count = 0; part->p_type == PT_NOTE && at < end && count < 64;
       ++count) {
    if (pread(file, &note, sizeof(note), at) != (ssize_t)sizeof(note))
      return 0;
    if (note.header.n_namesz == sizeof(note.name) &&
        memcmp(note.name, "Go", 3) == 0)
      return 1;
    /* Both are filled up to a multiple of 4. */
    at += (off_t)sizeof(note.header) +
          (off_t)((note.header.n_namesz + 3) & ~3U) +
          (off_t)((note.header.n_descsz + 3) & ~3U);
  }
  return 0;
}

static enum ProgramKind kindOf(int file) {
  ElfW(Ehdr) header;
  ElfW(Phdr) part;
  int loadsLibraries = 0;
  if (pread(file, &header, sizeof(header), 0) != (ssize_t)sizeof(header) ||
      memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_phentsize != sizeof(part))
    return ProgramGuarded;
  for (unsigned index = 0; index < header.e_phnum; ++index) {
    if (pread(file, &part, sizeof(part),
              (off_t)(header.e_phoff + index * sizeof(part))) !=
        (ssize_t)sizeof(part))
      return ProgramGuarded;
    if (hasGoNote(file, &part))
      return ProgramGo;
    loadsLibraries |= part.p_type == PT_INTERP;
  }
  return loadsLibraries ? ProgramGuarded : ProgramStatic;
}

enum ProgramKind kindOfProgram(const char *path) {
  /* A FIFO of that name must not stop us. */
  int file = path ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
  if (file < 0)
    return ProgramGuarded;
  enum ProgramKind kind = kindOf(file);
  close(file);
  return kind;
}
