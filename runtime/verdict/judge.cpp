//===- judge.cpp - from findings to verdicts ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/verdict.h"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace selfconnect {

const char *verdictName(VerdictKind kind) {
  switch (kind) {
  case VerdictKind::Confirmed:
    return "confirmed";
  case VerdictKind::ConfirmedWhenExhausted:
    return "confirmed-when-exhausted";
  case VerdictKind::Refuted:
    return "refuted";
  case VerdictKind::Unknown:
    return "unknown";
  case VerdictKind::NotRun:
    return "not-run";
  }
  return "";
}

namespace {

/// The target with HOST and PORT filled in as far as that is known.
Target fillIn(const Target &target, const Target &assume) {
  return {target.host ? target.host : assume.host,
          target.port ? target.port : assume.port};
}

std::string whyUnknown(const Target &target) {
  const char *missing = !target.host && !target.port
                            ? "neither host nor port is"
                        : !target.host ? "the host is not"
                                       : "the port is not";
  const Target example = fillIn(target, {"127.0.0.1", 33334});
  return fmt::format("{} known from the source; name what it is at run time, "
                     "such as --assume {}",
                     missing, example.str());
}

/// Two questions with the same key have the same answer.
std::string keyOf(const ReproduceOptions &q) {
  return fmt::format("{} {} {} {} {} {} {} {} {}", q.host, q.port,
                     q.range.str(), q.reserved.str(), socketModeName(q.socket),
                     q.bindAnyPort, q.reuseaddr, q.triesPerCall.value_or(0),
                     methodName(q.method));
}

/// A verdict, or the run that is to bring it.
struct Plan {
  Verdict verdict;
  std::optional<std::size_t> run; ///< an index of Judge::questions()
};

/// Settles what needs no run and collects the runs, then turns the answers into
/// verdicts. Findings with the same reproduce note share a plan.
class Judge {
public:
  explicit Judge(const JudgeOptions &options)
      : options_(options), plans_(options.ranges.size()) {}

  /// To be called for each finding, then concludeAll(), then verdictOf().
  void consider(const Finding &finding) {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      const auto [entry, isNew] =
          plans_[i].try_emplace(finding.reproduce.str());
      if (Plan &planned = entry->second; isNew)
        planned.verdict = plan(finding, options_.ranges[i], planned.run);
    }
  }

  void concludeAll(const std::vector<RunAnswer> &answers) {
    for (auto &ofRange : plans_)
      for (auto &[note, planned] : ofRange)
        if (planned.run)
          conclude(planned.verdict, answers.at(*planned.run));
  }

  [[nodiscard]] std::vector<Verdict> verdictsOn(const Finding &finding) const {
    std::vector<Verdict> verdicts;
    for (const auto &ofRange : plans_)
      verdicts.push_back(ofRange.at(finding.reproduce.str()).verdict);
    return verdicts;
  }

  [[nodiscard]] const std::vector<ReproduceOptions> &questions() const {
    return questions_;
  }

private:
  /// The verdict, unless it needs a run: then the run is noted in `run`.
  Verdict plan(const Finding &finding, const JudgedRange &range,
               std::optional<std::size_t> &run) {
    Verdict verdict;
    verdict.range = range;
    const Target &named = finding.reproduce.target;
    const Target target = fillIn(named, options_.assume);
    if (!target.host || !target.port)
      return settle(verdict, VerdictKind::Unknown, whyUnknown(target));
    if (!(target == named))
      verdict.assumed = target;
    if (range.range.otherSystem)
      return settleElsewhere(verdict, *target.port);

    std::optional<std::string> notSameHost;
    try {
      notSameHost = whyNotSameHost(*target.host, finding.reproduce.bindAnyPort);
    } catch (const InputError &) { // a name, which we do not look up
      return settle(verdict, VerdictKind::Unknown,
                    fmt::format("whether {} is this host is not known; if it "
                                "is, judge it by hand: selfconnect reproduce "
                                "127.0.0.1:{}",
                                *target.host, *target.port));
    } catch (const EnvironmentError &refused) {
      return settle(verdict, VerdictKind::NotRun, refused.what());
    }
    if (notSameHost)
      return settle(verdict, VerdictKind::Refuted, *notSameHost);

    ReproduceOptions question = makeQuestion(target, finding.reproduce, range);
    const Prediction prediction = predictionOf(question);
    question.prediction = prediction;
    const std::string port =
        describePort(prediction, *target.port, range.range);
    if (prediction.possible == Drawable::No)
      return settle(verdict, VerdictKind::Refuted, port);
    if (prediction.possible == Drawable::WhenExhausted)
      verdict.reason = port;
    verdict.triesPerCall = finding.reproduce.tries;
    verdict.method = prediction.possible == Drawable::Yes ? Method::Natural
                                                          : options_.otherHalf;
    question.method = *verdict.method;
    run = ask(std::move(question));
    return verdict;
  }

  /// The verdict of a run.
  static void conclude(Verdict &verdict, const RunAnswer &answer) {
    verdict.tries = answer.tries;
    verdict.seconds = answer.seconds;
    if (answer.kind == RunAnswer::Kind::BadOptions)
      throw InputError(answer.reason);
    if (answer.kind == RunAnswer::Kind::NoEnvironment) {
      settle(verdict, VerdictKind::NotRun, answer.reason);
      verdict.method.reset();
      return;
    }
    if (answer.outcome != Outcome::SelfConnected) {
      // The model says that it must come, so what is missing is time, or a
      // kernel that the model knows.
      settle(verdict, VerdictKind::NotRun, answer.reason);
      return;
    }
    verdict.evidence = answer.evidence;
    if (verdict.method == Method::Natural)
      settle(verdict, VerdictKind::Confirmed,
             "the loop connected to itself at " + placeOf(verdict));
    else
      settle(verdict, VerdictKind::ConfirmedWhenExhausted,
             verdict.reason + "; then it connected to itself");
  }

  /// No run on this kernel tells what another system does.
  static Verdict settleElsewhere(Verdict &verdict, unsigned port) {
    const PortRange &range = verdict.range.range;
    if (!range.contains(port))
      return settle(verdict, VerdictKind::Refuted,
                    describePort(predict(port, range, {}), port, range));
    return settle(verdict, VerdictKind::Unknown,
                  fmt::format("inside the range of {}; not this kernel",
                              range.otherSystem));
  }

  /// Which of the tries it was.
  static std::string placeOf(const Verdict &verdict) {
    return verdict.triesPerCall
               ? CallCount(verdict.tries, *verdict.triesPerCall).str()
               : fmt::format("try {}", verdict.tries);
  }

  static Verdict settle(Verdict &verdict, VerdictKind kind,
                        std::string reason) {
    verdict.kind = kind;
    verdict.reason = std::move(reason);
    return verdict;
  }

  [[nodiscard]] ReproduceOptions makeQuestion(const Target &target,
                                              const ReproduceNote &note,
                                              const JudgedRange &range) const {
    ReproduceOptions question;
    question.host = *target.host;
    question.port = *target.port;
    question.range = range.range;
    question.rangeSource = range.source;
    question.reserved = range.reserved;
    question.socket = note.socket;
    question.bindAnyPort = note.bindAnyPort;
    question.reuseaddr = note.reuseaddr;
    question.triesPerCall = note.tries;
    question.isolation = options_.isolation;
    question.kernelClass = options_.kernelClass;
    question.timeout = options_.timeout;
    return question;
  }

  std::size_t ask(ReproduceOptions question) {
    const auto [entry, isNew] =
        known_.try_emplace(keyOf(question), questions_.size());
    if (isNew)
      questions_.push_back(std::move(question));
    return entry->second;
  }

  const JudgeOptions &options_;
  std::vector<std::map<std::string, Plan>> plans_; ///< by range, then by note
  std::vector<ReproduceOptions> questions_;
  std::map<std::string, std::size_t> known_;
};

} // namespace

void judge(std::vector<Finding> findings, const JudgeOptions &options,
           const Runner &run, const JudgedSink &sink) {
  Judge judge(options);
  for (const Finding &finding : findings)
    if (!finding.suppressed)
      judge.consider(finding);
  judge.concludeAll(judge.questions().empty() ? std::vector<RunAnswer>()
                                              : run(judge.questions()));
  for (Finding &finding : findings) {
    std::vector<Verdict> verdicts;
    if (!finding.suppressed) // somebody has judged it
      verdicts = judge.verdictsOn(finding);
    sink({std::move(finding), std::move(verdicts)});
  }
}

std::vector<JudgedFinding> judge(std::vector<Finding> findings,
                                 const JudgeOptions &options,
                                 const Runner &run) {
  std::vector<JudgedFinding> all;
  judge(std::move(findings), options, run,
        [&](JudgedFinding judged) { all.push_back(std::move(judged)); });
  return all;
}

} // namespace selfconnect
