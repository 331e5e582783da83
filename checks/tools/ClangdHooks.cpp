//===- ClangdHooks.cpp - where selfconnect-clangd differs from clangd -----===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Functions of clangd that are replaced at link time, by the linker's --wrap:
/// a call of `f` reaches `__wrap_f`, and `__real_f` is clangd's own. The names
/// are the mangled ones; checks/tools/CMakeLists.txt lists them too. All types
/// here are LLVM's public ones or only passed on, so no layout is guessed at.
///
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyOptions.h"
#include "compat/Clangd.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>
#include <mutex>
#include <optional>
#include <string>

// The mangled name of a function, in front of which the linker puts a prefix.
#define WRAP(Name) __asm__("__wrap_" Name)
#define REAL(Name) __asm__("__real_" Name)

static constexpr llvm::StringLiteral Prefix = "selfconnect-";

namespace clang {
namespace clangd {

//===----------------------------------------------------------------------===//
// Which checks run
//===----------------------------------------------------------------------===//

#define IS_FAST "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
std::optional<bool> realIsFastTidyCheck(llvm::StringRef Check) REAL(IS_FAST);
std::optional<bool> wrapIsFastTidyCheck(llvm::StringRef Check) WRAP(IS_FAST);

// clangd has a table of how long each of its checks takes and by default runs
// none that is not in it. test/bench/recheck.py measures ours.
std::optional<bool> wrapIsFastTidyCheck(llvm::StringRef Check) {
  if (Check.starts_with(Prefix))
    return true;
  return realIsFastTidyCheck(Check);
}

/// Whether the user has decided about our checks: by naming them, or by
/// switching all checks off at the end of the list.
static bool isDecided(llvm::StringRef Checks) {
  llvm::SmallVector<llvm::StringRef, 16> Globs;
  Checks.split(Globs, ',', -1, /*KeepEmpty=*/false);
  llvm::StringRef Last;
  for (llvm::StringRef Line : Globs) {
    llvm::SmallVector<llvm::StringRef, 4> Parts;
    Line.split(Parts, '\n', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef Glob : Parts) {
      Glob = Glob.trim();
      if (Glob.ltrim("- ").starts_with("selfconnect"))
        return true;
      if (!Glob.empty())
        Last = Glob;
    }
  }
  return Last == "-*";
}

#define DEFAULT_CHECKS "_ZN5clang6clangd20provideDefaultChecksEv"
DefaultChecksProvider realProvideDefaultChecks() REAL(DEFAULT_CHECKS);
DefaultChecksProvider wrapProvideDefaultChecks() WRAP(DEFAULT_CHECKS);

// This one is asked after the user's .clang-tidy and .clangd have been read.
DefaultChecksProvider wrapProvideDefaultChecks() {
  static const DefaultChecksProvider Real = realProvideDefaultChecks();
  static const auto WithOurs = [](tidy::ClangTidyOptions &Options,
                                  llvm::StringRef File) {
    Real(Options, File);
    if (!Options.Checks)
      Options.Checks.emplace();
    if (!isDecided(*Options.Checks))
      *Options.Checks += ",selfconnect-*";
  };
  return WithOurs;
}

//===----------------------------------------------------------------------===//
// Documentation links
//===----------------------------------------------------------------------===//

/// file:///usr/share/doc/selfconnect/checks/selfconnect-retry-loop.md, or
/// nothing if the pages are not installed.
static std::string makeLink(llvm::StringRef Check) {
  static int Anchor;
  std::string Program =
      llvm::sys::fs::getMainExecutable("selfconnect-clangd", &Anchor);
  llvm::SmallString<256> Page(llvm::sys::path::parent_path(Program));
  llvm::sys::path::append(Page, SELFCONNECT_DOC_FROM_BIN, "checks",
                          Check + ".md");
  llvm::sys::path::remove_dots(Page, /*remove_dot_dot=*/true);
  if (!llvm::sys::fs::exists(Page))
    return "";
  std::string Uri = "file://";
  for (char C : Page)
    if (llvm::isAlnum(C) || llvm::StringRef("/-_.~").contains(C))
      Uri += C;
    else
      llvm::raw_string_ostream(Uri)
          << '%' << llvm::format_hex_no_prefix(uint8_t(C), 2, /*Upper=*/true);
  return Uri;
}

/// The disk is looked at once for each check, not for each warning.
static const std::string &findLink(llvm::StringRef Check) {
  static std::mutex Mutex;
  static llvm::StringMap<std::string> Links;
  std::lock_guard<std::mutex> Lock(Mutex);
  auto Inserted = Links.try_emplace(Check);
  if (Inserted.second)
    Inserted.first->second = makeLink(Check);
  return Inserted.first->second;
}

// clangd takes each check to be LLVM's own and links to a page of LLVM's.
static void mendLinks(llvm::json::Value &Message) {
  llvm::json::Object *Object = Message.getAsObject();
  llvm::json::Array *Diagnostics =
      Object ? Object->getArray("diagnostics") : nullptr;
  if (!Diagnostics)
    return;
  for (llvm::json::Value &Each : *Diagnostics) {
    llvm::json::Object *Diagnostic = Each.getAsObject();
    if (!Diagnostic)
      continue;
    auto Code = Diagnostic->getString("code");
    if (!Code || !Code->starts_with(Prefix))
      continue;
    const std::string &Link = findLink(*Code);
    if (Link.empty())
      Diagnostic->erase("codeDescription");
    else
      (*Diagnostic)["codeDescription"] = llvm::json::Object{{"href", Link}};
  }
}

struct PublishDiagnosticsParams;
#define PUBLISH "_ZN5clang6clangd6toJSONERKNS0_24PublishDiagnosticsParamsE"
llvm::json::Value realToJSON(const PublishDiagnosticsParams &) REAL(PUBLISH);
llvm::json::Value wrapToJSON(const PublishDiagnosticsParams &) WRAP(PUBLISH);

llvm::json::Value wrapToJSON(const PublishDiagnosticsParams &Params) {
  llvm::json::Value Message = realToJSON(Params);
  mendLinks(Message);
  return Message;
}

struct CodeAction;
#define CODE_ACTION "_ZN5clang6clangd6toJSONERKNS0_10CodeActionE"
llvm::json::Value realToJSON(const CodeAction &) REAL(CODE_ACTION);
llvm::json::Value wrapToJSON(const CodeAction &) WRAP(CODE_ACTION);

// An action repeats the diagnostic that it mends.
llvm::json::Value wrapToJSON(const CodeAction &Action) {
  llvm::json::Value Message = realToJSON(Action);
  mendLinks(Message);
  return Message;
}

//===----------------------------------------------------------------------===//
// What is left out
//===----------------------------------------------------------------------===//

#define FEATURES "_ZN5clang6clangd13featureStringB5cxx11Ev"
std::string realFeatureString() REAL(FEATURES);
std::string wrapFeatureString() WRAP(FEATURES);

// --version and the initialize response show it: "linux+selfconnect-0.1.0".
std::string wrapFeatureString() {
  std::string Features = realFeatureString();
  size_t Remote = Features.find("+grpc");
  if (Remote != std::string::npos)
    Features.erase(Remote, sizeof("+grpc") - 1);
  return Features + "+selfconnect-" SELFCONNECT_VERSION "-grpc";
}

class SymbolIndex {
public:
  virtual ~SymbolIndex() = default;
};

namespace remote {
// Not a replacement but all there is: the libraries of the remote index need
// gRPC and protobuf, which are left out.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef Address,
                                       llvm::StringRef ProjectRoot);

std::unique_ptr<SymbolIndex> getClient(llvm::StringRef Address,
                                       llvm::StringRef) {
  llvm::errs() << "selfconnect-clangd: the remote index at " << Address
               << " is not used: this clangd is built without it\n";
  return nullptr;
}
} // namespace remote

} // namespace clangd
} // namespace clang
