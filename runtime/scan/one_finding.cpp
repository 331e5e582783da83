//===- one_finding.cpp - one hazard, one finding --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "one_finding.h"

#include "../findings/read_file.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace selfconnect::scan {
namespace {

using Said = CycleCall::Said;

constexpr std::string_view retryCheck = "selfconnect-retry-loop";
constexpr std::string_view listenCheck = "selfconnect-ephemeral-listen-port";

/// How much of host and port is known: 0 to 2.
unsigned known(const std::string &target) {
  return !target.starts_with("HOST:") + !target.ends_with(":PORT");
}

bool isWordPart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

/// Files and lines.
using Lines = std::set<std::pair<std::string, unsigned>>;

enum class CallsAtHome { None, Known, Others };

/// Whether the file of `holder` calls it, too: the checks do not record such
/// calls. This searches the text, so a comment counts. The calls in the lines
/// `known` are recorded in another way.
CallsAtHome callsAtHome(const CycleHolder &holder, const Lines &known) {
  std::string error;
  const auto content = readFile(holder.at.file, error);
  if (!content)
    return CallsAtHome::Others;
  CallsAtHome calls = CallsAtHome::None;
  unsigned line = 1;
  std::size_t seen = 0;
  for (auto at = content->find(holder.name); at != content->npos;
       at = content->find(holder.name, at + 1)) {
    line += static_cast<unsigned>(
        std::count(content->begin() + static_cast<std::ptrdiff_t>(seen),
                   content->begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    seen = at;
    const auto end = at + holder.name.size();
    const bool isWord =
        (at == 0 || !isWordPart((*content)[at - 1])) &&
        (end == content->size() || !isWordPart((*content)[end]));
    if (!isWord || line == holder.at.line)
      continue;
    if (!known.contains({holder.at.file, line}))
      return CallsAtHome::Others;
    calls = CallsAtHome::Known;
  }
  return calls;
}

/// What the calls of one function come to, those of its wrappers included.
struct Calls {
  unsigned harmless = 0;
  unsigned unknown = 0;
  std::vector<SourcePlace> reported;
};

class Merger {
public:
  Merger(const std::vector<KnownFinding> &findings, const ProjectFacts &facts)
      : findings_(findings), facts_(facts) {
    for (const KnownFinding &finding : findings)
      byPlace_[finding.id.at].push_back(&finding);
    for (const CycleHolder &holder : facts.holders)
      for (const SourcePlace &step : holder.way) {
        holders_[step].push_back(&holder);
        steps_.emplace(step.file, step.line);
      }
  }

  std::set<FindingId> run() {
    for (const auto &[place, here] : byPlace_)
      keepBest(here, [](const KnownFinding *) { return true; });
    for (const KnownFinding &finding : findings_)
      if (finding.id.check == retryCheck)
        compareWithCalls(finding);
    return std::move(dropped_);
  }

private:
  /// Of those of one check in `group` that `isMeant`, drops all that know less
  /// than another.
  template <typename IsMeant>
  void keepBest(const std::vector<const KnownFinding *> &group,
                IsMeant isMeant) {
    std::map<std::string, unsigned> best;
    for (const KnownFinding *each : group)
      if (isMeant(each))
        best[each->id.check] =
            std::max(best[each->id.check], known(each->id.target));
    for (const KnownFinding *each : group)
      if (isMeant(each) && known(each->id.target) < best[each->id.check])
        dropped_.insert(each->id);
  }

  /// Adds what the calls of `holder` come to.
  void countCalls(const CycleHolder &holder,
                  std::set<const CycleHolder *> &visited, Calls &calls) const {
    if (!visited.insert(&holder).second)
      return;
    const auto told = facts_.calls.find(holder.usr);
    const CallsAtHome atHome = callsAtHome(holder, steps_);
    const bool isCalled =
        told != facts_.calls.end() || atHome == CallsAtHome::Known;
    // Who calls what nobody in sight calls?
    calls.unknown += atHome == CallsAtHome::Others || !isCalled;
    if (told == facts_.calls.end())
      return;
    for (const CycleCall &call : told->second)
      if (facts_.hidden.contains(call.at)) // somebody has judged it
        ++calls.harmless;
      else if (call.said == Said::Reported)
        calls.reported.push_back(call.at);
      else if (call.said == Said::Harmless)
        ++calls.harmless;
      else
        countWrappers(call, visited, calls);
  }

  /// A call that hands on what it is given is as those of its function are.
  void countWrappers(const CycleCall &call,
                     std::set<const CycleHolder *> &visited,
                     Calls &calls) const {
    const auto wrappers = holders_.find(call.at);
    if (wrappers == holders_.end())
      ++calls.unknown;
    else
      for (const CycleHolder *wrapper : wrappers->second)
        countCalls(*wrapper, visited, calls);
  }

  void compareWithCalls(const KnownFinding &finding) {
    const auto holders = holders_.find(finding.id.at);
    if (known(finding.id.target) == 2 || holders == holders_.end())
      return;
    Calls calls;
    std::set<const CycleHolder *> visited;
    std::set<SourcePlace> loops;
    for (const CycleHolder *holder : holders->second) {
      // Of a wrapper in another file, the way goes through here, too.
      if (holder->at.file != finding.id.at.file)
        continue;
      countCalls(*holder, visited, calls);
      loops.insert(holder->loop);
    }
    // What is shown at a call and only repeats what the function repeats.
    std::vector<const KnownFinding *> shown = {&finding};
    for (const SourcePlace &at : calls.reported)
      if (const auto there = byPlace_.find(at); there != byPlace_.end())
        std::ranges::copy(there->second, std::back_inserter(shown));
    if (shown.size() > 1)
      keepBest(shown, [&](const KnownFinding *each) {
        return each == &finding || loops.contains(each->loop);
      });
    else if (calls.reported.empty() && calls.unknown == 0 && calls.harmless > 0)
      dropped_.insert(finding.id);
  }

  const std::vector<KnownFinding> &findings_;
  const ProjectFacts &facts_;
  std::map<SourcePlace, std::vector<const KnownFinding *>> byPlace_;
  std::map<SourcePlace, std::vector<const CycleHolder *>> holders_;
  Lines steps_;
  std::set<FindingId> dropped_;
};

} // namespace

std::string targetOf(const std::string &note) {
  constexpr std::string_view head = "reproduce with: selfconnect reproduce ";
  if (!note.starts_with(head))
    return "";
  return note.substr(head.size(), note.find(' ', head.size()) - head.size());
}

namespace {

/// 0 if it is not known.
unsigned portOf(const std::string &target) {
  unsigned port = 0;
  const auto colon = target.rfind(':');
  if (colon != target.npos)
    std::from_chars(target.data() + colon + 1, target.data() + target.size(),
                    port);
  return port;
}

} // namespace

Servers serversAmong(const std::vector<KnownFinding> &findings) {
  Servers servers;
  for (const KnownFinding &finding : findings)
    if (const unsigned port = portOf(finding.id.target);
        finding.id.check == listenCheck && port > 0) {
      const auto [known, isNew] = servers.try_emplace(port, finding.id.at);
      if (!isNew) // of several, the same one whatever their order
        known->second = std::min(known->second, finding.id.at);
    }
  return servers;
}

const SourcePlace *serverOf(const FindingId &id, const Servers &servers) {
  const auto server = servers.find(portOf(id.target));
  return id.check == retryCheck && server != servers.end() ? &server->second
                                                           : nullptr;
}

std::set<FindingId> superseded(const std::vector<KnownFinding> &findings,
                               const ProjectFacts &facts) {
  return Merger(findings, facts).run();
}

} // namespace selfconnect::scan
