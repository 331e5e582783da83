//===- SummaryReader.cpp - summaries from JSON ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SummaryJson.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace json = llvm::json;

static constexpr size_t MaxBytes = size_t(64) << 20;
static constexpr unsigned MaxNesting = 100;
static std::string fromJsonText(llvm::StringRef Text) {
  std::string Plain;
  for (size_t I = 0; I < Text.size(); ++I) {
    uint8_t Byte = 0;
    if (Text[I] == '%' && I + 2 < Text.size() &&
        !Text.substr(I + 1, 2).getAsInteger(16, Byte)) {
      Plain += static_cast<char>(Byte);
      I += 2;
    } else {
      Plain += Text[I];
    }
  }
  return Plain;
}

bool isParsable(llvm::StringRef Text) {
  if (Text.size() > MaxBytes)
    return false;
  unsigned Depth = 0;
  bool InString = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    char C = Text[I];
    if (InString) {
      if (C == '\\')
        ++I;
      else if (C == '"')
        InString = false;
    } else if (C == '"') {
      InString = true;
    } else if (C == '[' || C == '{') {
      if (++Depth > MaxNesting)
        return false;
    } else if ((C == ']' || C == '}') && Depth > 0) {
      --Depth;
    }
  }
  return true;
}

namespace {

/// The last position that a parameter may have.
static constexpr int64_t MaxPosition = 1023;

/// Reads the members of one object. What is of another type than it should be
/// makes the whole row unusable.
class Reader {
public:
  bool Ok = true;

  std::string text(const json::Object &From, llvm::StringRef Key) {
    const json::Value *Value = From.get(Key);
    if (!Value)
      return "";
    auto Text = Value->getAsString();
    Ok &= bool(Text);
    return Text ? fromJsonText(*Text) : "";
  }
  bool flag(const json::Object &From, llvm::StringRef Key) {
    const json::Value *Value = From.get(Key);
    if (!Value)
      return false;
    auto Is = Value->getAsBoolean();
    Ok &= bool(Is);
    return Is && *Is;
  }
  std::optional<int64_t> number(const json::Object &From, llvm::StringRef Key) {
    const json::Value *Value = From.get(Key);
    if (!Value)
      return std::nullopt;
    auto Number = Value->getAsInteger();
    Ok &= bool(Number);
    if (!Number)
      return std::nullopt;
    return *Number;
  }
  const json::Object *object(const json::Object &From, llvm::StringRef Key) {
    const json::Value *Value = From.get(Key);
    if (!Value)
      return nullptr;
    const json::Object *Object = Value->getAsObject();
    Ok &= Object != nullptr;
    return Object;
  }
  template <typename Callback>
  void each(const json::Object &From, llvm::StringRef Key, Callback Take) {
    const json::Value *Value = From.get(Key);
    if (!Value)
      return;
    const json::Array *List = Value->getAsArray();
    Ok &= List != nullptr;
    if (List)
      for (const json::Value &Item : *List) {
        const json::Object *Object = Item.getAsObject();
        Ok &= Object != nullptr;
        if (Object)
          Take(*Object);
      }
  }
  template <typename Callback>
  void eachText(const json::Object &From, llvm::StringRef Key, Callback Take) {
    const json::Value *Value = From.get(Key);
    const json::Array *List = Value ? Value->getAsArray() : nullptr;
    Ok &= !Value || List;
    if (List)
      for (const json::Value &Item : *List) {
        auto Text = Item.getAsString();
        Ok &= bool(Text);
        if (Text)
          Take(fromJsonText(*Text));
      }
  }
  /// The positions of parameters in the list Key.
  template <typename Callback>
  void eachPosition(const json::Object &From, llvm::StringRef Key,
                    Callback Take) {
    const json::Value *Value = From.get(Key);
    const json::Array *List = Value ? Value->getAsArray() : nullptr;
    Ok &= !Value || List;
    if (List)
      for (const json::Value &Item : *List) {
        auto Position = Item.getAsInteger();
        bool Fits = Position && *Position >= 0 && *Position <= MaxPosition;
        Ok &= Fits;
        if (Fits)
          Take(static_cast<unsigned>(*Position));
      }
  }

  SummaryPlace place(const json::Object &From, llvm::StringRef Key = "at") {
    SummaryPlace At;
    const json::Object *Object = object(From, Key);
    if (!Object)
      return At;
    At.File = text(*Object, "file");
    int64_t Line = number(*Object, "line").value_or(0);
    int64_t Column = number(*Object, "column").value_or(0);
    Ok &= Line > 0 && Line < INT32_MAX && Column > 0 && Column < INT32_MAX;
    At.Line = static_cast<unsigned>(Line);
    At.Column = static_cast<unsigned>(Column);
    return At;
  }
  SummaryPath path(const json::Object &From) {
    SummaryPath Path;
    int64_t Parameter = number(From, "parameter").value_or(-1);
    Ok &= Parameter >= -1 && Parameter <= MaxPosition;
    Path.Parameter = static_cast<int>(Parameter);
    eachText(From, "fields",
             [&](std::string Field) { Path.Fields.push_back(Field); });
    return Path;
  }
  std::optional<SummaryPath> path(const json::Object &From,
                                  llvm::StringRef Key) {
    const json::Object *Object = object(From, Key);
    return Object ? std::optional<SummaryPath>(path(*Object)) : std::nullopt;
  }
  SummaryValue value(const json::Object &From) {
    SummaryValue Value;
    Value.From = path(From, "from");
    Value.Number = number(From, "number");
    if (From.get("text"))
      Value.Text = text(From, "text");
    Value.At = place(From);
    return Value;
  }
  SummaryRange range(const json::Object &From) {
    SummaryRange Range;
    Range.Low = number(From, "low").value_or(Range.Low);
    Range.High = number(From, "high").value_or(Range.High);
    Range.NotZero = flag(From, "not_zero");
    return Range;
  }
  SummaryOutcome outcome(const json::Object &From) {
    SummaryOutcome Outcome;
    const json::Object *Returns = object(From, "returns");
    Outcome.Returns = Returns != nullptr;
    if (Returns)
      Outcome.Result = range(*Returns);
    Outcome.Throws = flag(From, "throws");
    if (const json::Object *Fields = object(From, "fields"))
      for (const auto &[Name, Value] : *Fields)
        if (const json::Object *Range = Value.getAsObject())
          Outcome.Fields[fromJsonText(Name)] = range(*Range);
    each(From, "leaves", [&](const json::Object &Left) {
      std::optional<SummaryPath> In = path(Left, "in");
      const json::Object *Value = object(Left, "value");
      if (In && Value)
        Outcome.Left.push_back({*In, range(*Value)});
    });
    return Outcome;
  }
  std::vector<SummaryValue> values(const json::Object &From,
                                   llvm::StringRef Key) {
    std::vector<SummaryValue> Values;
    each(From, Key,
         [&](const json::Object &Each) { Values.push_back(value(Each)); });
    return Values;
  }
  std::vector<SummaryStep> steps(const json::Object &From) {
    std::vector<SummaryStep> Steps;
    each(From, "path", [&](const json::Object &Each) {
      Steps.push_back({text(Each, "name"), place(Each)});
    });
    return Steps;
  }
  SummaryAttempt attempt(const json::Object &From) {
    SummaryAttempt Attempt;
    const json::Object *Outcomes = object(From, "outcomes");
    Ok &= Outcomes != nullptr;
    for (unsigned I = 0; Outcomes && I != SummaryAttempt::Worlds; ++I) {
      const json::Object *One = object(*Outcomes, SummaryWorldNames[I]);
      Ok &= One != nullptr;
      if (One)
        Attempt.Outcomes[I] = outcome(*One);
    }
    Attempt.Hosts = values(From, "hosts");
    Attempt.Ports = values(From, "ports");
    each(From, "made_from", [&](const json::Object &Each) {
      Attempt.MadeFrom.push_back(path(Each));
    });
    Attempt.Path = steps(From);
    Attempt.Address = path(From, "address");
    Attempt.Socket = path(From, "socket");
    if (const json::Object *Cycle = object(From, "cycle")) {
      SummaryCycle Read;
      if (std::optional<int64_t> Tries = number(*Cycle, "tries"))
        Read.Tries = static_cast<uint64_t>(*Tries);
      if (const json::Value *Pause = Cycle->get("pause"))
        if (auto Seconds = Pause->getAsNumber())
          Read.PauseSeconds = *Seconds;
      Read.NewSocket = text(*Cycle, "socket") != "same";
      Read.Loop = place(*Cycle);
      Attempt.Cycle = Read;
    }
    Attempt.Creates = flag(From, "creates");
    Attempt.TellsRefusal = !flag(From, "silent");
    Attempt.Guarded = flag(From, "guarded");
    Attempt.Harmless = flag(From, "harmless");
    Attempt.Later = flag(From, "later");
    Attempt.Reconnects = flag(From, "reconnects");
    Attempt.Suppressed = flag(From, "suppressed");
    return Attempt;
  }
  std::optional<SummaryTold> told(const json::Object &From) {
    std::optional<SummaryPath> Path = path(From, "from");
    Ok &= Path.has_value();
    if (!Path)
      return std::nullopt;
    SummaryTold Told;
    Told.From = std::move(*Path);
    Told.Test = text(From, "test");
    Told.Number = number(From, "number").value_or(0);
    return Told;
  }
  Summary row(const json::Object &From) {
    Summary Row;
    Row.Name = text(From, "name");
    Row.Usr = text(From, "usr");
    Row.File = text(From, "file");
    Row.At = place(From);
    Ok &= !Row.Name.empty() && !Row.Usr.empty();
    eachText(From, "overrides",
             [&](std::string Usr) { Row.Overrides.push_back(Usr); });
    each(From, "attempts", [&](const json::Object &Each) {
      Row.Attempts.push_back(attempt(Each));
    });
    each(From, "listens", [&](const json::Object &Each) {
      SummaryListen Listen;
      Listen.Ports = values(Each, "ports");
      Listen.Path = steps(Each);
      Listen.Suppressed = flag(Each, "suppressed");
      Row.Listens.push_back(std::move(Listen));
    });
    each(From, "sets", [&](const json::Object &Each) {
      std::optional<SummaryPath> In = path(Each, "in");
      const json::Object *Value = object(Each, "value");
      if (In && Value)
        Row.Sets.push_back({*In, value(*Value)});
    });
    each(From, "endpoints", [&](const json::Object &Each) {
      Row.Endpoints.push_back(
          {path(Each, "in"), values(Each, "hosts"), values(Each, "ports")});
    });
    eachText(From, "leads_to",
             [&](std::string Usr) { Row.LeadsTo.push_back(Usr); });
    eachPosition(From, "repeats",
                 [&](unsigned At) { Row.Repeats.push_back(At); });
    Row.IsRepeated = flag(From, "repeated");
    if (const json::Object *Tells = object(From, "tells"))
      Row.Tells = told(*Tells);
    Row.MakesSocket = flag(From, "makes_socket");
    Row.SocketTypes = values(From, "socket_types");
    Row.NeverReturns = flag(From, "never_returns");
    return Row;
  }
};

} // namespace

std::vector<Summary> readRows(llvm::StringRef Text, llvm::StringRef Name,
                              std::string &Wrong) {
  std::vector<Summary> Rows;
  auto Fail = [&](llvm::StringRef What) {
    Wrong = What.str();
    return std::vector<Summary>();
  };
  if (!isParsable(Text))
    return Fail("is too large or nested too deeply");
  llvm::Expected<json::Value> Parsed = json::parse(Text);
  if (!Parsed) {
    llvm::consumeError(Parsed.takeError());
    return Fail("is not JSON");
  }
  const json::Object *Top = Parsed->getAsObject();
  if (!Top)
    return Fail("is no summary");
  auto Schema = Top->getInteger("schema");
  if (!Schema || *Schema != SummarySchema)
    return Rows; // Of another version: as if it were not there.
  bool AllOk = true;
  auto TakeRows = [&](const json::Object &Holder) {
    const json::Array *List = Holder.getArray("rows");
    if (!List) {
      AllOk = false;
      return;
    }
    for (const json::Value &Item : *List) {
      const json::Object *Object = Item.getAsObject();
      if (!Object) {
        AllOk = false;
        continue;
      }
      Reader Read;
      Summary Row = Read.row(*Object);
      AllOk &= Read.Ok;
      if (Read.Ok && (Name.empty() || Row.Name == Name))
        Rows.push_back(std::move(Row));
    }
  };
  if (const json::Array *Units = Top->getArray("units")) {
    for (const json::Value &Unit : *Units)
      if (const json::Object *Object = Unit.getAsObject())
        TakeRows(*Object);
      else
        AllOk = false;
  } else {
    TakeRows(*Top);
  }
  if (!AllOk)
    Wrong = "has rows that cannot be read";
  return Rows;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
