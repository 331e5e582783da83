//===- SummaryWriter.cpp - summaries to JSON ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SummaryJson.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <tuple>

namespace clang {
namespace tidy {
namespace selfconnect {

namespace json = llvm::json;

std::string hashName(llvm::StringRef Name) {
  llvm::SHA256 Hash;
  Hash.update(Name);
  // A StringRef in LLVM 14, an array of bytes later.
  auto Digest = Hash.final();
  std::string Digits;
  for (unsigned I = 0; I != 8; ++I) {
    auto Byte = static_cast<uint8_t>(Digest[I]);
    Digits += llvm::hexdigit(Byte >> 4, /*LowerCase=*/true);
    Digits += llvm::hexdigit(Byte & 0xf, /*LowerCase=*/true);
  }
  return Digits;
}

/// Text as UTF-8: of what is none each byte as %XX, and % as %25.
static std::string toJsonText(llvm::StringRef Text) {
  if (json::isUTF8(Text) && !Text.contains('%'))
    return Text.str();
  bool IsText = json::isUTF8(Text);
  std::string Safe;
  for (char C : Text) {
    auto Byte = static_cast<unsigned char>(C);
    if (C == '%' || (!IsText && Byte >= 0x80))
      Safe += {'%', llvm::hexdigit(Byte >> 4), llvm::hexdigit(Byte & 0xf)};
    else
      Safe += C;
  }
  return Safe;
}

static json::Object write(const SummaryPlace &At) {
  return json::Object{
      {"file", toJsonText(At.File)}, {"line", At.Line}, {"column", At.Column}};
}

static void addPlace(json::Object &To, const SummaryPlace &At,
                     llvm::StringRef Key = "at") {
  if (At.isValid())
    To[Key] = write(At);
}

static json::Object write(const SummaryPath &Path) {
  json::Object Object;
  if (Path.Parameter >= 0)
    Object["parameter"] = Path.Parameter;
  else
    Object["this"] = true;
  if (!Path.Fields.empty()) {
    json::Array Fields;
    for (const std::string &Field : Path.Fields)
      Fields.push_back(toJsonText(Field));
    Object["fields"] = std::move(Fields);
  }
  return Object;
}

static json::Object write(const SummaryValue &Value) {
  json::Object Object;
  if (Value.From)
    Object["from"] = write(*Value.From);
  if (Value.Number)
    Object["number"] = *Value.Number;
  if (Value.Text)
    Object["text"] = toJsonText(*Value.Text);
  addPlace(Object, Value.At);
  return Object;
}

static json::Object write(const SummaryRange &Range) {
  json::Object Object;
  if (Range.Low != SummaryRange().Low)
    Object["low"] = Range.Low;
  if (Range.High != SummaryRange().High)
    Object["high"] = Range.High;
  if (Range.NotZero)
    Object["not_zero"] = true;
  return Object;
}

static json::Object write(const SummaryOutcome &Outcome) {
  json::Object Object;
  if (Outcome.Returns)
    Object["returns"] = write(Outcome.Result);
  if (Outcome.Throws)
    Object["throws"] = true;
  if (!Outcome.Fields.empty()) {
    json::Object Fields;
    for (const auto &[Name, Range] : Outcome.Fields)
      Fields[toJsonText(Name)] = write(Range);
    Object["fields"] = std::move(Fields);
  }
  if (!Outcome.Left.empty()) {
    json::Array Left;
    for (const auto &[Path, Range] : Outcome.Left)
      Left.push_back(
          json::Object{{"in", write(Path)}, {"value", write(Range)}});
    Object["leaves"] = std::move(Left);
  }
  return Object;
}

template <typename T> static json::Array writeAll(const std::vector<T> &Items) {
  json::Array List;
  for (const T &Item : Items)
    List.push_back(write(Item));
  return List;
}

template <typename T>
static void addAll(json::Object &To, llvm::StringRef Key,
                   const std::vector<T> &Items) {
  if (!Items.empty())
    To[Key] = writeAll(Items);
}

static json::Object write(const SummaryStep &Step) {
  json::Object Object{{"name", toJsonText(Step.Name)}};
  addPlace(Object, Step.At);
  return Object;
}

static json::Object write(const SummaryCycle &Cycle) {
  json::Object Object{{"socket", Cycle.NewSocket ? "new" : "same"}};
  if (Cycle.Tries)
    Object["tries"] = static_cast<int64_t>(*Cycle.Tries);
  if (Cycle.PauseSeconds)
    Object["pause"] = *Cycle.PauseSeconds;
  addPlace(Object, Cycle.Loop);
  return Object;
}

static json::Object write(const SummaryAttempt &Attempt) {
  json::Object Object, Outcomes;
  for (unsigned I = 0; I != SummaryAttempt::Worlds; ++I)
    Outcomes[SummaryWorldNames[I]] = write(Attempt.Outcomes[I]);
  Object["outcomes"] = std::move(Outcomes);
  addAll(Object, "hosts", Attempt.Hosts);
  addAll(Object, "ports", Attempt.Ports);
  addAll(Object, "made_from", Attempt.MadeFrom);
  addAll(Object, "path", Attempt.Path);
  if (Attempt.Address)
    Object["address"] = write(*Attempt.Address);
  if (Attempt.Socket)
    Object["socket"] = write(*Attempt.Socket);
  if (Attempt.Cycle)
    Object["cycle"] = write(*Attempt.Cycle);
  for (auto [Key, Is] :
       {std::pair<llvm::StringRef, bool>{"creates", Attempt.Creates},
        {"silent", !Attempt.TellsRefusal},
        {"guarded", Attempt.Guarded},
        {"harmless", Attempt.Harmless},
        {"later", Attempt.Later},
        {"reconnects", Attempt.Reconnects},
        {"suppressed", Attempt.Suppressed}})
    if (Is)
      Object[Key] = true;
  return Object;
}

/// Takes every place out of Value.
static void dropPlaces(json::Value &Value) {
  if (json::Object *Object = Value.getAsObject()) {
    Object->erase("at");
    for (auto &Member : *Object)
      dropPlaces(Member.second);
  } else if (json::Array *List = Value.getAsArray()) {
    for (json::Value &Item : *List)
      dropPlaces(Item);
  }
}

static json::Object write(const SummaryListen &Listen) {
  json::Object Object{{"ports", writeAll(Listen.Ports)},
                      {"path", writeAll(Listen.Path)}};
  if (Listen.Suppressed)
    Object["suppressed"] = true;
  return Object;
}

static json::Object write(const SummarySet &Set) {
  return json::Object{{"in", write(Set.Target)}, {"value", write(Set.Value)}};
}

static json::Object write(const SummaryEndpoint &Endpoint) {
  json::Object Object{{"hosts", writeAll(Endpoint.Hosts)},
                      {"ports", writeAll(Endpoint.Ports)}};
  if (Endpoint.Target)
    Object["in"] = write(*Endpoint.Target);
  return Object;
}

template <typename T> static bool differInPlacesAtMost(const T &A, const T &B) {
  json::Value One = write(A), Other = write(B);
  dropPlaces(One);
  dropPlaces(Other);
  return One == Other;
}

bool haveSameFacts(const SummaryAttempt &A, const SummaryAttempt &B) {
  return differInPlacesAtMost(A, B);
}
bool haveSameFacts(const SummaryListen &A, const SummaryListen &B) {
  return differInPlacesAtMost(A, B);
}
bool haveSameFacts(const SummarySet &A, const SummarySet &B) {
  return differInPlacesAtMost(A, B);
}
bool haveSameFacts(const SummaryEndpoint &A, const SummaryEndpoint &B) {
  return differInPlacesAtMost(A, B);
}
bool haveSameFacts(const std::vector<SummaryValue> &A,
                   const std::vector<SummaryValue> &B) {
  return std::equal(A.begin(), A.end(), B.begin(), B.end(),
                    differInPlacesAtMost<SummaryValue>);
}

static void addTexts(json::Object &To, llvm::StringRef Key,
                     const std::vector<std::string> &Texts) {
  if (Texts.empty())
    return;
  json::Array List;
  for (const std::string &Text : Texts)
    List.push_back(toJsonText(Text));
  To[Key] = std::move(List);
}

static json::Object write(const Summary &Row) {
  json::Object Object{{"name", toJsonText(Row.Name)},
                      {"usr", toJsonText(Row.Usr)}};
  if (!Row.File.empty())
    Object["file"] = toJsonText(Row.File);
  addPlace(Object, Row.At);
  addTexts(Object, "overrides", Row.Overrides);
  addAll(Object, "attempts", Row.Attempts);
  addAll(Object, "listens", Row.Listens);
  addAll(Object, "sets", Row.Sets);
  addAll(Object, "endpoints", Row.Endpoints);
  addTexts(Object, "leads_to", Row.LeadsTo);
  if (!Row.Repeats.empty())
    Object["repeats"] = json::Array(Row.Repeats);
  if (Row.IsRepeated)
    Object["repeated"] = true;
  if (Row.Tells) {
    json::Object Tells{{"from", write(Row.Tells->From)}};
    if (!Row.Tells->Test.empty()) {
      Tells["test"] = Row.Tells->Test;
      Tells["number"] = Row.Tells->Number;
    }
    Object["tells"] = std::move(Tells);
  }
  if (Row.MakesSocket)
    Object["makes_socket"] = true;
  addAll(Object, "socket_types", Row.SocketTypes);
  if (Row.NeverReturns)
    Object["never_returns"] = true;
  return Object;
}

static json::Object write(const SummaryCycleCall &Call) {
  json::Object Object{{"usr", toJsonText(Call.Usr)}, {"said", Call.Said}};
  addPlace(Object, Call.At);
  return Object;
}

static json::Object write(const SuppressedFinding &Finding) {
  json::Object Object{{"check", Finding.Check},
                      {"message", toJsonText(Finding.Message)}};
  addPlace(Object, Finding.At);
  return Object;
}

/// Sorted by their bytes, each once.
template <typename T>
static json::Array writeSorted(const std::vector<T> &All) {
  std::map<std::string, json::Value> Sorted;
  for (const T &Each : All) {
    json::Value Value = write(Each);
    std::string Text;
    llvm::raw_string_ostream(Text) << Value;
    Sorted.emplace(std::move(Text), std::move(Value));
  }
  json::Array List;
  for (auto &[Text, Value] : Sorted)
    List.push_back(std::move(Value));
  return List;
}

std::string writeUnit(UnitSummary Unit, llvm::StringRef Root) {
  llvm::sort(Unit.Rows, [](const Summary &A, const Summary &B) {
    return std::tie(A.Name, A.Usr, A.File, A.At.Line, A.At.Column) <
           std::tie(B.Name, B.Usr, B.File, B.At.Line, B.At.Column);
  });
  json::Array Rows, Includes, Wishes;
  for (const Summary &Row : Unit.Rows)
    if (Row.hasFacts())
      Rows.push_back(write(Row));
  llvm::sort(Unit.Includes);
  Unit.Includes.erase(std::unique(Unit.Includes.begin(), Unit.Includes.end()),
                      Unit.Includes.end());
  for (const std::string &File : Unit.Includes)
    Includes.push_back(toJsonText(File));
  llvm::sort(Unit.Wishes);
  Unit.Wishes.erase(std::unique(Unit.Wishes.begin(), Unit.Wishes.end()),
                    Unit.Wishes.end());
  for (const std::string &Wish : Unit.Wishes)
    Wishes.push_back(Wish);
  json::Object Top{{"schema", SummarySchema},
                   {"llvm", std::to_string(LLVM_VERSION_MAJOR)},
                   {"root", Root},
                   {"main", toJsonText(Unit.Main)},
                   {"includes", std::move(Includes)},
                   {"rows", std::move(Rows)},
                   {"cycle_calls", writeSorted(Unit.CycleCalls)},
                   {"suppressed", writeSorted(Unit.Suppressed)},
                   {"wishes", std::move(Wishes)}};
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  // formatv() needs a symbol that differs between versions: the module would
  // not load where it has to say that the versions differ.
  json::OStream(Out, /*IndentSize=*/2).value(json::Value(std::move(Top)));
  Out << "\n";
  return Out.str();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
