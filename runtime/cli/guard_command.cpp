//===- guard_command.cpp - selfconnect guard ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "guard_command.h"

#include "../guard/elf_file.h"
#include "program_argument.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace selfconnect::cli {
namespace {

namespace fs = std::filesystem;

struct GuardArguments {
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

/// Throws InputError for a program that the guard cannot enter.
void checkProgram(const std::string &file) {
  switch (::kindOfProgram(file.c_str())) {
  case ProgramGuarded:
    return;
  case ProgramStatic:
    throw InputError("guard the program: " + quote(file) +
                     " is linked statically and loads no libraries; use "
                     "selfconnect/guard.h in its source, or reserve the port "
                     "(net.ipv4.ip_local_reserved_ports)");
  case ProgramGo:
    throw InputError(
        "guard the program: " + quote(file) +
        " is written in Go and does not use the C library's calls; net.Dial "
        "rejects self-connects by itself, other ways to connect must compare "
        "LocalAddr() with RemoteAddr(); or reserve the port "
        "(net.ipv4.ip_local_reserved_ports)");
  }
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

/// A folder for links, of this user alone.
fs::path linkFolder() {
  fs::path folder = fs::temp_directory_path() /
                    ("selfconnect-guard-" + std::to_string(::getuid()));
  ::mkdir(folder.c_str(), S_IRWXU);
  struct stat status = {};
  if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      status.st_uid != ::getuid() || (status.st_mode & (S_IWGRP | S_IWOTH)))
    throw EnvironmentError("guard the program: " + quote(folder.string()) +
                           " is not a folder of this user alone; remove it");
  return folder;
}

bool splitsList(const fs::path &path) {
  return path.string().find_first_of(" \t\n:") != std::string::npos;
}

/// The guard as the dynamic loader finds it, which takes a blank or a colon for
/// the end of a name: by a link then. It stays, as the program does.
std::string preloadable(const fs::path &library) {
  if (!splitsList(library))
    return library.string();
  const auto name = std::hash<std::string>()(library.string());
  const fs::path folder = linkFolder();
  const fs::path link = folder / (std::to_string(name) + ".so");
  const fs::path own =
      folder / (std::to_string(name) + "." + std::to_string(::getpid()));
  std::error_code error;
  if (fs::read_symlink(link, error) != library) {
    fs::create_symlink(library, own, error);
    if (!error)
      fs::rename(own, link, error);
  }
  if (error || splitsList(link))
    throw EnvironmentError("guard the program: link " + quote(link.string()) +
                           ": " + error.message() +
                           "; the path of the guard has a blank or a colon, "
                           "where the dynamic loader splits LD_PRELOAD: move "
                           "selfconnect to a folder whose path has neither");
  return link.string();
}

/// AddressSanitizer wants its library to be the first. It works with ours
/// before it, too, whose calls go on to its own; children may need it as well
/// as the program.
void admitAddressSanitizer() {
  const char *before = std::getenv("ASAN_OPTIONS");
  std::string options = before && *before ? std::string(before) + ":" : "";
  ::setenv("ASAN_OPTIONS", (options + "verify_asan_link_order=0").c_str(), 1);
}

/// Throws InputError where no log can be written to the file.
void checkLog(const fs::path &log) {
  std::error_code error;
  const fs::path folder = log.parent_path();
  auto refuse = [&](const std::string &why) {
    throw InputError("--log: " + quote(log.string()) + ": " + why);
  };
  if (!fs::is_directory(folder, error))
    refuse("there is no folder " + quote(folder.string()) + "; make it first");
  if (fs::is_directory(log, error))
    refuse("this is a folder; name a file");
  const bool exists = fs::exists(log, error);
  if (::access((exists ? log : folder).c_str(), W_OK) != 0)
    refuse(std::strerror(errno));
}

void set(const char *name, const std::string &value) {
  ::setenv(name, value.c_str(), 1);
}

ExitCode runGuard(GuardArguments &options) {
  std::string file = findProgram(options.program.front());
  checkProgram(file);
  if (gainsRights(file))
    throw InputError(
        "guard the program: " + quote(file) +
        " runs with privileges of its own, so the dynamic loader ignores the "
        "guard; use selfconnect/guard.h in its source");
  const char *others = std::getenv("LD_PRELOAD");
  set("LD_PRELOAD", preloadable(guardLibrary()) +
                        (others && *others ? std::string(":") + others : ""));
  set("SELFCONNECT_GUARD", options.mode);
  if (!options.log.empty()) { // wherever the program may go
    checkLog(fs::absolute(options.log));
    set("SELFCONNECT_GUARD_LOG", fs::absolute(options.log).string());
  }
  admitAddressSanitizer();
  if (options.backtrace)
    set("SELFCONNECT_GUARD_BACKTRACE", "1");
  ::execv(file.c_str(), execArguments(options.program).data());
  throw InputError("run the program: " + quote(file) + ": " +
                   std::strerror(errno));
}

} // namespace

void addGuardCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "guard", "Runs a program with a guard against connecting to itself");
  command->footer(
      "The program must use the C library's calls: not a static program, and "
      "not one in Go.\nIts exit code is the program's own.");
  auto options = std::make_shared<GuardArguments>();
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
                    "log the calls that led to it");
  addProgramArgument(*command, options->program);
  command->callback([&chosen, options] {
    chosen = [options] { return runGuard(*options); };
  });
}

} // namespace selfconnect::cli
