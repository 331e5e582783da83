//===- NetworkApi.cpp - which call does what with TCP ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkApi.h"
#include "FunctionFlow.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {
struct ApiRow {
  ApiRole Role;
  unsigned NumArgs; ///< exactly; 0: any number
};
} // namespace

static ApiRow findRow(llvm::StringRef Name) {
  return llvm::StringSwitch<ApiRow>(Name)
      .Case("socket", {ApiRole::Create, 3})
      .Case("bind", {ApiRole::Bind, 3})
      .Case("listen", {ApiRole::Listen, 2})
      .Case("connect", {ApiRole::Connect, 3})
      .Case("close", {ApiRole::Close, 1})
      .Case("closesocket", {ApiRole::Close, 1})
      .Case("shutdown", {ApiRole::Close, 2})
      .Case("getsockname", {ApiRole::LocalName, 3})
      .Case("getpeername", {ApiRole::PeerName, 3})
      .Case("getsockopt", {ApiRole::SocketError, 5})
      .Cases("poll", "ppoll", "__poll_chk", {ApiRole::Ready, 0})
      .Cases("select", "pselect", {ApiRole::Ready, 0})
      .Cases("epoll_wait", "epoll_pwait", {ApiRole::Ready, 0})
      .Case("sleep", {ApiRole::Sleep, 1})
      .Case("usleep", {ApiRole::Sleep, 1})
      .Case("nanosleep", {ApiRole::Sleep, 2})
      .Case("clock_nanosleep", {ApiRole::Sleep, 4})
      .Cases("accept", "accept4", {ApiRole::OtherEvent, 0})
      .Cases("recv", "recvfrom", "recvmsg", "read", {ApiRole::OtherEvent, 0})
      .Cases("fgets", "getline", "getdelim", "fread", {ApiRole::OtherEvent, 0})
      .Cases("getc", "fgetc", "getchar", "scanf", {ApiRole::OtherEvent, 0})
      .Cases("fscanf", "readline", "mq_receive", "msgrcv",
             {ApiRole::OtherEvent, 0})
      .Cases("sigwait", "sigwaitinfo", {ApiRole::OtherEvent, 0})
      .Case("getaddrinfo", {ApiRole::Resolve, 4})
      .Default({ApiRole::None, 0});
}

ApiRole getApiRole(const CallExpr *Call) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  if (Name.empty())
    return ApiRole::None;
  ApiRow Row = findRow(Name);
  if (Row.NumArgs && Row.NumArgs != Call->getNumArgs())
    return ApiRole::None;
  return Row.Role;
}

bool isGuardFunction(const CallExpr *Call,
                     const std::vector<std::string> &Extra) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier())
    return false;
  std::string Name = Callee->getName().str();
  if (llvm::is_contained(Extra, Name) ||
      llvm::is_contained(Extra, Callee->getQualifiedNameAsString()))
    return true;
  // isSelfConnect (muduo, trantor), is_self_connected, sock_self_connect...
  std::string Plain;
  for (char C : Name)
    if (C != '_')
      Plain += llvm::toLower(C);
  return llvm::StringRef(Plain).contains("selfconnect");
}

SleepUnit getSleepUnit(const CallExpr *Call) {
  return llvm::StringSwitch<SleepUnit>(getFreeFunctionName(Call))
      .Case("sleep", {0, 1.0})
      .Case("usleep", {0, 1e-6})
      .Default({0, 0.0});
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
