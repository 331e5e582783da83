/*===- symbols.c - the names of a program's own functions ------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that may hold anything: every access is checked. */
struct File {
  const unsigned char *bytes;
  size_t size;
};

/* `count` records of `each` bytes, at `start`; NULL where the file is shorter
   or they do not lie as records have to. */
static const void *records(const struct File *file, uint64_t start,
                           uint64_t count, size_t each) {
  if (start % sizeof(uint32_t) != 0 || start > file->size ||
      count > (file->size - start) / each)
    return NULL;
  return file->bytes + start;
}

/* Where the file's own addresses begin: not 0 unless it may be loaded
   anywhere. */
static uint64_t firstAddress(const struct File *file, const ElfW(Ehdr) * head) {
  const ElfW(Phdr) *part =
      records(file, head->e_phoff, head->e_phnum, sizeof(*part));
  for (unsigned i = 0; part && i < head->e_phnum; ++i)
    if (part[i].p_type == PT_LOAD)
      return part[i].p_vaddr - part[i].p_vaddr % 4096;
  return 0;
}

static long findIn(const struct File *file, uintptr_t offset, char *name,
                   size_t size) {
  const ElfW(Ehdr) *head = records(file, 0, 1, sizeof(*head));
  if (!head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 ||
      head->e_shentsize != sizeof(ElfW(Shdr)) ||
      head->e_phentsize != sizeof(ElfW(Phdr)))
    return -1;
  const ElfW(Shdr) *section =
      records(file, head->e_shoff, head->e_shnum, sizeof(*section));
  uint64_t address = offset + firstAddress(file, head);
  for (unsigned i = 0; section && i < head->e_shnum; ++i) {
    if (section[i].sh_type != SHT_SYMTAB || section[i].sh_link >= head->e_shnum)
      continue;
    const ElfW(Shdr) *strings = &section[section[i].sh_link];
    uint64_t count = section[i].sh_size / sizeof(ElfW(Sym));
    const ElfW(Sym) *symbol =
        records(file, section[i].sh_offset, count, sizeof(*symbol));
    for (uint64_t j = 0; symbol && j < count; ++j) {
      if (ELF64_ST_TYPE(symbol[j].st_info) != STT_FUNC ||
          address < symbol[j].st_value ||
          address - symbol[j].st_value >= symbol[j].st_size ||
          symbol[j].st_name >= strings->sh_size ||
          strings->sh_offset > file->size ||
          strings->sh_size > file->size - strings->sh_offset)
        continue;
      const char *text =
          (const char *)file->bytes + strings->sh_offset + symbol[j].st_name;
      size_t length = strnlen(text, strings->sh_size - symbol[j].st_name);
      if (length >= size)
        length = size - 1;
      memcpy(name, text, length);
      name[length] = '\0';
      return (long)(address - symbol[j].st_value);
    }
  }
  return -1;
}

long findFunction(const char *path, uintptr_t offset, char *name, size_t size) {
  long within = -1;
  struct stat status;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return -1;
  if (fstat(fd, &status) == 0 && status.st_size > 0) {
    struct File file = {.size = (size_t)status.st_size};
    void *bytes = mmap(NULL, file.size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes != MAP_FAILED) {
      file.bytes = bytes;
      within = findIn(&file, offset, name, size);
      munmap(bytes, file.size);
    }
  }
  close(fd);
  return within;
}
