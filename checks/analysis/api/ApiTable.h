//===- ApiTable.h - the calls of the network, as data -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The rows of checks/apis.json and of the user's ApiFiles. docs/apis.md says
/// what each field of a row means; this file only reads them.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_API_APITABLE_H
#define SELFCONNECT_CHECKS_ANALYSIS_API_APITABLE_H

#include "../summary/Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
namespace json {
class Value;
} // namespace json
} // namespace llvm

namespace clang {
namespace tidy {
namespace selfconnect {

enum class ApiKind { Function, Method, Constructor };

enum class ApiRole {
  None,
  Create,      ///< returns a new socket: socket()
  Bind,        ///< gives a socket (0) a local address (1)
  Listen,      ///< makes a socket (0) listen
  Connect,     ///< the connect attempt: socket 0, address 1
  Endpoint,    ///< makes an address of a host and a port
  Close,       ///< gives a socket (0) up
  LocalName,   ///< getsockname(): socket 0, writes argument 1
  PeerName,    ///< getpeername(): likewise
  SocketError, ///< getsockopt(SO_ERROR): socket 0, writes argument 3
  Ready,       ///< waits until a socket is ready: poll(), select()
  Sleep,       ///< pauses
  OtherEvent,  ///< waits for something that is no part of an attempt: accept()
  Resolve,     ///< getaddrinfo(): node 0, service 1, hints 2, writes 3
  Guard,       ///< says whether a socket is connected to itself
  Step,        ///< gives the next one of something: strtok(), pop_front()
  Fill,        ///< makes an object from its other arguments: memcpy()
  Timer,       ///< gives a function to what calls it later, maybe often
  Arm          ///< lets such a timer call what it was given
};

/// Which argument of a call holds something.
struct ApiArgument {
  int Index = -1;        ///< its position, or
  std::string Parameter; ///< the name of its parameter, "this" for the object
                         ///< that a method is called on, or
  std::string After;     ///< the argument (or, at Index, the element of an
                         ///< array of strings) that follows this string, or
  int Names = -1;        ///< the element at Index that has the place of that
                         ///< string in the array of strings at Names
  std::string Field;     ///< of what is found so, this field
  bool isSet() const {
    return Index >= 0 || !Parameter.empty() || !After.empty();
  }
};

/// An argument is the enumerator or constant of a name, or a call of the
/// function of that name; or it is a number.
struct ApiCondition {
  ApiArgument Argument;
  std::string Name;
  int64_t Number = 0; ///< where Name is empty
};

/// One row: what one function, method or constructor does.
struct ApiRow {
  std::string Name; ///< qualified; for a constructor, the class
  ApiKind Kind = ApiKind::Function;
  ApiRole Role = ApiRole::None;
  /// How many arguments the call has; any number if it is not said.
  std::optional<unsigned> Arguments;
  ApiArgument Socket;   ///< role Connect: the object or the handle that is
                        ///< connected, where it is an argument
  ApiArgument Fd;       ///< the socket, for the calls of the kernel's interface
  ApiArgument Host;     ///< a string, or a null pointer
  ApiArgument Port;     ///< a number or a string
  ApiArgument Endpoint; ///< a string: "host:port", a URL, a list of these
  ApiArgument Address;  ///< a sockaddr, or what a row of role Endpoint makes
  ApiArgument Result;   ///< roles Endpoint, Fill, Step: the object written
  bool Rest = false;    ///< role Fill: what follows Result is written, too
  ApiArgument Duration; ///< role Sleep
  ApiArgument Timer;    ///< roles Timer and Arm: the timer, or what else calls;
                        ///< for Timer, the result where it is not set
  double Seconds = 0;   ///< role Sleep: how long one unit of Duration is
  /// The row holds only if all of these do.
  std::vector<ApiCondition> When;
  /// The row holds only for a host that is not given (true) or given (false).
  std::optional<bool> WhenAnyHost;
  std::string DefaultHost;
  /// Role Timer: it calls again for as long as the function returns true.
  bool WhileTrue = false;
  bool Datagram = false;
  bool Reconnects = false;
  /// Role connect: what came of it shows later, at another call.
  bool Later = false;
  /// Role connect: each call makes a socket of its own. Calls that return a
  /// pointer, constructors, and rows that reconnect do so anyway.
  bool Creates = false;
  /// Role connect: a failure is thrown, unless an error code is handed in.
  bool Throws = false;
  /// Role connect: the field of the object returned that tells of a failure; ""
  /// where a null pointer does.
  std::string ErrorField;
  /// Of a row that another file has taught: what it does, in whole.
  const SummaryAttempt *Attempt = nullptr;
  const SummaryListen *Listening = nullptr;
  const SummaryEndpoint *Made = nullptr;
  bool isLearned() const { return Attempt || Listening || Made; }
  /// The row holds only where its port is known: others are most likely no
  /// hazard, as a URL's are, which stands for port 80 or 443.
  bool OnlyKnown = false;
  /// Of a call that reconnects: it makes the first attempt itself, and returns
  /// its failure, so that whoever calls may retry, too.
  bool ReturnsRefusal = false;
  /// True if its caller is told what came of the attempt.
  bool isTold() const { return !Reconnects || ReturnsRefusal; }

  /// A call of the kernel's interface, whose data are spread over other calls.
  bool isKernelCall() const {
    return Fd.isSet() && !Port.isSet() && !Endpoint.isSet();
  }
  /// Role Endpoint: gives the host alone.
  bool isHostMaker() const {
    return Role == ApiRole::Endpoint && !Port.isSet() && !Endpoint.isSet() &&
           !Address.isSet();
  }
  /// Role Endpoint: sets the port of an object that has its host already.
  bool isPortSetter() const {
    return Role == ApiRole::Endpoint && Port.isSet() && !Host.isSet() &&
           !Endpoint.isSet() && !Address.isSet() && DefaultHost.empty();
  }
  /// The part of Name after the last "::".
  llvm::StringRef baseName() const;
};

/// Reads a row. \returns nothing, or what is wrong and the mend.
std::string readApiRow(const llvm::json::Value &Value, ApiRow &Row);

/// The bundled rows and those of a user's files.
class ApiTable {
public:
  /// The table of checks/apis.json.
  static const ApiTable &bundled();

  /// The last parts of the names of the bundled rows of a role, which is Listen
  /// or Connect. They are known without reading the table.
  static llvm::ArrayRef<const char *> bundledNames(ApiRole Role);

  /// The bundled table and the rows of Files, which are separated by ';' and
  /// looked for upward from the file Main; null if there are none. Error is
  /// left empty, or says what is wrong: with which file, which row, and the
  /// mend.
  static std::shared_ptr<const ApiTable> withFiles(llvm::StringRef Files,
                                                   llvm::StringRef Main,
                                                   std::string &Error);

  /// The user's files that were read.
  llvm::ArrayRef<std::string> files() const { return Files; }

  /// The rows whose name ends in BaseName, the user's before the bundled ones.
  llvm::ArrayRef<const ApiRow *> find(llvm::StringRef BaseName) const;

  /// The last parts of the names of the user's rows of a role.
  std::vector<std::string> findNames(ApiRole Role) const;

  /// The table that questions on this thread are answered from.
  static const ApiTable &current();

  /// Makes Table the current one for as long as this object lives.
  class Use {
  public:
    explicit Use(const ApiTable &Table);
    ~Use();
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

  private:
    const ApiTable *Previous;
  };

private:
  bool addRows(llvm::StringRef Json, llvm::StringRef File, std::string &Error);

  std::vector<std::string> Files;
  /// The user's rows; of their names, those and the bundled ones.
  std::deque<ApiRow> Rows;
  llvm::StringMap<llvm::SmallVector<const ApiRow *, 2>> ByName;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_API_APITABLE_H
