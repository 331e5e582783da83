//===- process_runner.cpp - several reproductions at a time ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// reproduce() forks and so wants a process with one thread. Each run therefore
// has a child process of its own, which sends its answer as one message.
//
//===----------------------------------------------------------------------===//

#include "selfconnect/verdict.h"

#include "reproduce/evidence.h"
#include "sandbox/child_process.h"

#include <iterator>
#include <list>

namespace selfconnect {

using namespace detail;
using Json = nlohmann::ordered_json;

namespace {

Json toMessage(const RunAnswer &answer) {
  return {{"kind", static_cast<int>(answer.kind)},
          {"outcome", static_cast<int>(answer.outcome)},
          {"reason", answer.reason},
          {"tries", answer.tries},
          {"seconds", answer.seconds},
          {"evidence", answer.evidence ? toJson(*answer.evidence) : Json()}};
}

RunAnswer answerFromMessage(const Json &message) {
  RunAnswer answer;
  answer.kind = static_cast<RunAnswer::Kind>(message.at("kind").get<int>());
  answer.outcome = static_cast<Outcome>(message.at("outcome").get<int>());
  answer.reason = message.at("reason");
  answer.tries = message.at("tries");
  answer.seconds = message.at("seconds");
  if (!message.at("evidence").is_null())
    answer.evidence = evidenceFromJson(message.at("evidence"));
  return answer;
}

RunAnswer failed(RunAnswer::Kind kind, const std::string &reason) {
  RunAnswer answer;
  answer.kind = kind;
  answer.reason = reason;
  return answer;
}

RunAnswer runHere(const ReproduceOptions &question) {
  const ReproduceResult result = reproduce(question);
  RunAnswer answer;
  answer.outcome = result.outcome;
  answer.reason = result.reason;
  answer.tries = result.tries;
  answer.seconds = result.seconds;
  answer.evidence = result.evidence;
  return answer;
}

class Worker {
public:
  Worker(std::size_t place, const ReproduceOptions &question)
      : place_(place), child_([&](Channel &channel) {
          channel.send(toMessage(runHere(question)));
        }) {}

  /// Of its question among all.
  [[nodiscard]] std::size_t place() const { return place_; }
  [[nodiscard]] const ChildProcess &child() const { return child_; }

  RunAnswer answer() {
    try {
      return answerFromMessage(child_.awaitResult("run the loop"));
    } catch (const InputError &error) {
      return failed(RunAnswer::Kind::BadOptions, error.what());
    } catch (const EnvironmentError &error) {
      return failed(RunAnswer::Kind::NoEnvironment, error.what());
    }
  }

private:
  std::size_t place_;
  ChildProcess child_;
};

std::vector<const ChildProcess *> childrenOf(const std::list<Worker> &workers) {
  std::vector<const ChildProcess *> children;
  for (const Worker &worker : workers)
    children.push_back(&worker.child());
  return children;
}

} // namespace

Runner processRunner(unsigned jobs, RunProgress progress) {
  return [jobs, progress](const std::vector<ReproduceOptions> &questions) {
    std::vector<RunAnswer> answers(questions.size());
    std::list<Worker> workers;
    std::size_t started = 0;
    std::size_t done = 0;
    const auto tell = [&] {
      if (progress)
        progress(done, questions.size());
    };
    tell();
    while (done < questions.size()) {
      for (; started < questions.size() && workers.size() < jobs; ++started)
        workers.emplace_back(started, questions[started]);
      const std::size_t ready = awaitAny(childrenOf(workers)).front();
      const auto worker =
          std::next(workers.begin(), static_cast<std::ptrdiff_t>(ready));
      answers[worker->place()] = worker->answer();
      workers.erase(worker);
      ++done;
      tell();
    }
    return answers;
  };
}

} // namespace selfconnect
