//===- guard_command.cpp - selfconnect guard ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "guard_command.h"

#include "program_argument.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <link.h>
#include <memory>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace selfconnect::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string mode = "refuse";
  std::string log;
  bool backtrace = false;
  std::vector<std::string> program;
};

/// Beside this program, in the build as where it is installed.
fs::path guardLibrary() {
  fs::path bin = fs::read_symlink("/proc/self/exe").parent_path();
  for (const char *lib : {"lib", SELFCONNECT_LIBDIR}) {
    fs::path library =
        bin.parent_path() / lib / "selfconnect" / "libselfconnect-guard.so";
    if (fs::exists(library))
      return library;
  }
  throw EnvironmentError("find the guard: lib/selfconnect/"
                         "libselfconnect-guard.so beside " +
                         bin.string() + ": No such file or directory");
}

/// Whether the file is a program for this machine that loads no libraries.
bool isStatic(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  ElfW(Ehdr) header = {};
  if (!file.read(reinterpret_cast<char *>(&header), sizeof(header)) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_phentsize != sizeof(ElfW(Phdr)))
    return false; // a script, or another machine's
  file.seekg(static_cast<std::streamoff>(header.e_phoff));
  for (unsigned index = 0; index < header.e_phnum; ++index) {
    ElfW(Phdr) part = {};
    if (!file.read(reinterpret_cast<char *>(&part), sizeof(part)))
      return false;
    if (part.p_type == PT_INTERP)
      return false;
  }
  return true;
}

/// Whether the program gets rights that its user does not have: the dynamic
/// loader then takes no notice of LD_PRELOAD, and says nothing.
bool gainsRights(const std::string &path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0)
    return false;
  bool asOther = (status.st_mode & S_ISUID) != 0 && status.st_uid != ::getuid();
  bool asOtherGroup =
      (status.st_mode & S_ISGID) != 0 && status.st_gid != ::getgid();
  bool hasCapabilities =
      ::getuid() != 0 &&
      ::getxattr(path.c_str(), "security.capability", nullptr, 0) > 0;
  return asOther || asOtherGroup || hasCapabilities;
}

/// The guard as the dynamic loader finds it, which splits what it reads.
std::string preloadable(const fs::path &library) {
  std::string path = library.string();
  if (path.find_first_of(" :") != std::string::npos)
    throw EnvironmentError(
        "guard the program: '" + path +
        "' has a blank or a colon in its path, where the dynamic loader splits "
        "LD_PRELOAD; move selfconnect to a folder without");
  return path;
}

void set(const char *name, const std::string &value) {
  ::setenv(name, value.c_str(), 1);
}

ExitCode run(Options &options) {
  std::string file = findProgram(options.program.front());
  if (isStatic(file))
    throw InputError("guard the program: " + quote(file) +
                     " is linked statically and loads no libraries; use "
                     "selfconnect/guard.h in its source");
  if (gainsRights(file))
    throw InputError("guard the program: " + quote(file) +
                     " runs with rights of its own, by which the dynamic "
                     "loader leaves out the guard; use selfconnect/guard.h in "
                     "its source");
  const char *others = std::getenv("LD_PRELOAD");
  set("LD_PRELOAD", preloadable(guardLibrary()) +
                        (others && *others ? std::string(":") + others : ""));
  set("SELFCONNECT_GUARD", options.mode);
  if (!options.log.empty()) // wherever the program may go
    set("SELFCONNECT_GUARD_LOG", fs::absolute(options.log).string());
  if (options.backtrace)
    set("SELFCONNECT_GUARD_BACKTRACE", "1");
  ::execv(file.c_str(), execArguments(options.program).data());
  throw InputError("run the program: " + quote(file) + ": " +
                   std::strerror(errno));
}

} // namespace

void addGuardCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "guard", "Runs a program that cannot connect to itself by accident");
  command->footer(
      "The program must use the C library's calls: not a static program, and "
      "not one in Go.\nIts exit code is the program's own.");
  auto options = std::make_shared<Options>();
  command
      ->add_option("--mode", options->mode,
                   "refuse: such a connect() fails with ECONNREFUSED, and the "
                   "port is free at once; report: it is only logged")
      ->check(CLI::IsMember({"report", "refuse"}))
      ->capture_default_str();
  command
      ->add_option("--log", options->log,
                   "append a line of JSON per event to this file instead of "
                   "stderr; %p in it is the process id")
      ->type_name("FILE");
  command->add_flag("--backtrace", options->backtrace,
                    "add the calls that led to it");
  addProgramArgument(*command, options->program);
  command->callback(
      [&chosen, options] { chosen = [options] { return run(*options); }; });
}

} // namespace selfconnect::cli
