//===- ApiRow.cpp - read one row of the API table -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ApiTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

struct Named {
  const char *Name;
  int Value;
};

/// Reads one row. Every field is asked for once; what is left over is a
/// mistake of the writer's.
class RowReader {
public:
  RowReader(const llvm::json::Object &Object, ApiRow &Row)
      : Object(Object), Row(Row) {}

  /// Empty, or what is wrong and the mend.
  std::string read();

private:
  void fail(const llvm::Twine &Text) {
    if (Error.empty())
      Error = Text.str();
  }
  const llvm::json::Value *take(llvm::StringRef Key) {
    Known.push_back(Key);
    return Object.get(Key);
  }
  std::string readString(llvm::StringRef Key, bool Required = false);
  std::optional<bool> readBool(llvm::StringRef Key);
  int readName(llvm::StringRef Key, llvm::ArrayRef<Named> Names, int Default);
  ApiArgument readArgument(llvm::StringRef Key);
  void readIndex(llvm::StringRef Key, const llvm::json::Value &Value,
                 ApiArgument &Argument);
  void readWhen();
  void readCondition(const llvm::json::Value &Value);
  void checkSense();

  const llvm::json::Object &Object;
  ApiRow &Row;
  llvm::SmallVector<llvm::StringRef, 24> Known;
  std::string Error;
};

} // namespace

static constexpr Named KindNames[] = {
    {"function", int(ApiKind::Function)},
    {"method", int(ApiKind::Method)},
    {"constructor", int(ApiKind::Constructor)}};

static constexpr Named RoleNames[] = {
    {"create", int(ApiRole::Create)},
    {"bind", int(ApiRole::Bind)},
    {"listen", int(ApiRole::Listen)},
    {"connect", int(ApiRole::Connect)},
    {"endpoint", int(ApiRole::Endpoint)},
    {"close", int(ApiRole::Close)},
    {"sleep", int(ApiRole::Sleep)},
    {"guard", int(ApiRole::Guard)},
    {"local-name", int(ApiRole::LocalName)},
    {"peer-name", int(ApiRole::PeerName)},
    {"socket-error", int(ApiRole::SocketError)},
    {"ready", int(ApiRole::Ready)},
    {"other-event", int(ApiRole::OtherEvent)},
    {"resolve", int(ApiRole::Resolve)},
    {"step", int(ApiRole::Step)},
    {"fill", int(ApiRole::Fill)},
    {"timer", int(ApiRole::Timer)},
    {"arm", int(ApiRole::Arm)}};

static constexpr Named ProtocolNames[] = {{"stream", 0}, {"datagram", 1}};

std::string RowReader::readString(llvm::StringRef Key, bool Required) {
  const llvm::json::Value *Value = take(Key);
  if (!Value) {
    if (Required)
      fail("\"" + Key + "\" is missing; add it as a string");
    return "";
  }
  auto Text = Value->getAsString();
  if (!Text || (Required && Text->empty())) {
    fail("\"" + Key + "\" is not a string; write \"" + Key + "\": \"...\"");
    return "";
  }
  return Text->str();
}

std::optional<bool> RowReader::readBool(llvm::StringRef Key) {
  const llvm::json::Value *Value = take(Key);
  if (!Value)
    return std::nullopt;
  auto Truth = Value->getAsBoolean();
  if (!Truth) {
    fail("\"" + Key + "\" is neither true nor false; write one of them");
    return std::nullopt;
  }
  return *Truth;
}

int RowReader::readName(llvm::StringRef Key, llvm::ArrayRef<Named> Names,
                        int Default) {
  std::string Text = readString(Key, /*Required=*/Default < 0);
  if (Text.empty())
    return Default;
  std::string Choices;
  for (const Named &Choice : Names) {
    if (Text == Choice.Name)
      return Choice.Value;
    Choices += (Choices.empty() ? "" : ", ") + std::string(Choice.Name);
  }
  fail("unknown " + Key + " \"" + Text + "\"; write one of: " + Choices);
  return Default;
}

/// The index or the number of arguments, or -1.
static int readNumber(const llvm::json::Value &Value) {
  auto Index = Value.getAsInteger();
  return Index && *Index >= 0 && *Index < 64 ? static_cast<int>(*Index) : -1;
}

void RowReader::readIndex(llvm::StringRef Key, const llvm::json::Value &Value,
                          ApiArgument &Argument) {
  Argument.Index = readNumber(Value);
  if (Argument.Index >= 0)
    return;
  if (auto Name = Value.getAsString())
    if (!Name->empty()) {
      Argument.Parameter = Name->str();
      return;
    }
  fail("\"" + Key +
       "\" names no argument; write its index from 0, as 1, or the name of "
       "its parameter, as \"port\"");
}

ApiArgument RowReader::readArgument(llvm::StringRef Key) {
  ApiArgument Argument;
  const llvm::json::Value *Value = take(Key);
  if (!Value)
    return Argument;
  const llvm::json::Object *Parts = Value->getAsObject();
  if (!Parts) {
    readIndex(Key, *Value, Argument);
    return Argument;
  }
  for (const auto &Part : *Parts) {
    llvm::StringRef Name = Part.first;
    auto Text = Part.second.getAsString();
    if (Name == "argument")
      readIndex(Key, Part.second, Argument);
    else if (Name == "field" && Text)
      Argument.Field = Text->str();
    else if ((Name == "after" || Name == "named") && Text)
      Argument.After = Text->str();
    else if (Name == "names")
      Argument.Names = readNumber(Part.second);
    else
      fail("\"" + Key + "\" has an unusable part \"" + Name +
           "\"; its parts are \"argument\" (an index or a parameter), "
           "\"field\", \"after\" and \"named\" (strings) and \"names\" (an "
           "index)");
  }
  bool ByName = Parts->get("named") || Parts->get("names");
  if (ByName &&
      (Argument.Names < 0 || Argument.Index < 0 || !Parts->getString("named")))
    fail("\"" + Key +
         "\" goes by names, but not whole; write {\"argument\": 1, \"named\": "
         "\"port\", \"names\": 0}");
  if (!Argument.isSet())
    fail("\"" + Key + "\" names no argument; add \"argument\" or \"after\"");
  return Argument;
}

void RowReader::readCondition(const llvm::json::Value &Value) {
  const llvm::json::Object *Parts = Value.getAsObject();
  const llvm::json::Value *Argument = Parts ? Parts->get("argument") : nullptr;
  const llvm::json::Value *Is = Parts ? Parts->get("is") : nullptr;
  decltype(Value.getAsString()) Name;
  decltype(Value.getAsInteger()) Number;
  if (Is) {
    Name = Is->getAsString();
    Number = Is->getAsInteger();
  }
  if (!Argument || Parts->size() != 2 || !(Number || (Name && !Name->empty())))
    return fail(
        "\"when\" is not understood; write \"when\": {\"argument\": 1, "
        "\"is\": \"NAME\"}, a number in the place of \"NAME\", or a list "
        "of such");
  ApiCondition Condition;
  readIndex("when", *Argument, Condition.Argument);
  if (Name)
    Condition.Name = Name->str();
  else
    Condition.Number = *Number;
  Row.When.push_back(std::move(Condition));
}

void RowReader::readWhen() {
  const llvm::json::Value *Value = take("when");
  if (!Value)
    return;
  const llvm::json::Array *List = Value->getAsArray();
  if (!List)
    return readCondition(*Value);
  for (const llvm::json::Value &Each : *List)
    readCondition(Each);
}

void RowReader::checkSense() {
  bool HasTarget =
      Row.Port.isSet() || Row.Endpoint.isSet() || Row.Address.isSet() ||
      (Row.isHostMaker() && (Row.Host.isSet() || !Row.DefaultHost.empty()));
  bool NeedsTarget =
      Row.Role == ApiRole::Endpoint ||
      ((Row.Role == ApiRole::Listen || Row.Role == ApiRole::Connect) &&
       !Row.isKernelCall());
  if (NeedsTarget && !HasTarget)
    fail("nothing says where the port is; add \"port\", \"endpoint\" or "
         "\"address\"");
  if (Row.Reconnects && Row.Role != ApiRole::Connect)
    fail("\"reconnects\" is for the role connect; drop it");
  if (Row.ReturnsRefusal && !Row.Reconnects)
    fail("\"returns_refusal\" is for a row with \"reconnects\"; drop it");
  if (Row.Later && Row.Role != ApiRole::Connect)
    fail("\"later\" is for the role connect; drop it");
  if (Row.Creates && Row.Role != ApiRole::Connect)
    fail("\"creates\" is for the role connect; drop it");
  if (Row.Timer.isSet() && Row.Role != ApiRole::Timer &&
      Row.Role != ApiRole::Arm)
    fail("\"timer\" is for the roles timer and arm; drop it");
  if (Row.WhileTrue && Row.Role != ApiRole::Timer)
    fail("\"while_true\" is for the role timer; drop it");
  if (Row.Role == ApiRole::Arm && !Row.Timer.isSet())
    fail("nothing says what is armed; add \"timer\"");
  if (Row.Throws && Row.Role != ApiRole::Connect)
    fail("\"throws\" is for the role connect; drop it");
  if (Row.Socket.isSet() && Row.Role != ApiRole::Connect)
    fail("\"socket\" is for the role connect; drop it");
  if (!Row.ErrorField.empty() && Row.Role != ApiRole::Connect)
    fail("\"error_field\" is for the role connect; drop it");
  if (Row.Role == ApiRole::Fill && !Row.Result.isSet())
    fail("nothing says what is made; add \"result\"");
  if (Row.Rest && Row.Role != ApiRole::Fill)
    fail("\"rest\" is for the role fill; drop it");
  if (Row.Role == ApiRole::Sleep && Row.Duration.isSet() && Row.Seconds <= 0)
    fail("a duration has no unit; add \"seconds\", how long one unit is");
}

std::string RowReader::read() {
  readString("library", true);
  Row.Name = readString("name", true);
  Row.Kind = ApiKind(readName("kind", KindNames, -1));
  Row.Role = ApiRole(readName("role", RoleNames, -1));
  readString("package");
  readString("verified");
  if (const llvm::json::Value *Value = take("arguments")) {
    int Count = readNumber(*Value);
    if (Count >= 0)
      Row.Arguments = Count;
    else
      fail("\"arguments\" is not a count; write the number of arguments");
  }
  Row.Fd = readArgument("fd");
  Row.Socket = readArgument("socket");
  Row.Host = readArgument("host");
  Row.Port = readArgument("port");
  Row.Endpoint = readArgument("endpoint");
  Row.Address = readArgument("address");
  Row.Result = readArgument("result");
  Row.Rest = readBool("rest").value_or(false);
  Row.Duration = readArgument("duration");
  Row.Timer = readArgument("timer");
  Row.WhileTrue = readBool("while_true").value_or(false);
  if (const llvm::json::Value *Value = take("seconds")) {
    if (auto Seconds = Value->getAsNumber())
      Row.Seconds = *Seconds;
    else
      fail("\"seconds\" is not a number; write how long one unit is, as 0.001");
  }
  readWhen();
  Row.WhenAnyHost = readBool("when_any_host");
  Row.DefaultHost = readString("default_host");
  Row.Datagram = readName("protocol", ProtocolNames, 0) == 1;
  Row.Reconnects = readBool("reconnects").value_or(false);
  Row.ReturnsRefusal = readBool("returns_refusal").value_or(false);
  Row.Later = readBool("later").value_or(false);
  Row.Creates = readBool("creates").value_or(false);
  Row.Throws = readBool("throws").value_or(false);
  Row.ErrorField = readString("error_field");
  Row.OnlyKnown = readBool("only_known").value_or(false);
  for (const auto &Field : Object)
    if (!llvm::is_contained(Known, llvm::StringRef(Field.first)))
      fail("unknown field \"" + llvm::StringRef(Field.first) +
           "\"; remove it, or see docs/apis.md for the fields");
  if (Error.empty())
    checkSense();
  return Error;
}

llvm::StringRef ApiRow::baseName() const {
  llvm::StringRef Base = Name;
  size_t Colons = Base.rfind("::");
  return Colons == llvm::StringRef::npos ? Base : Base.substr(Colons + 2);
}

std::string readApiRow(const llvm::json::Value &Value, ApiRow &Row) {
  const llvm::json::Object *Object = Value.getAsObject();
  return Object ? RowReader(*Object, Row).read()
                : "is not an object; write {...}";
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
