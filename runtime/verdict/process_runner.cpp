//===- process_runner.cpp - several reproductions at a time ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// reproduce() forks and so wants a process with one thread. Each run therefore
// has a worker process of its own, which sends its answer through a pipe as one
// JSON text and ends. Workers end with us, however we end.
//
//===----------------------------------------------------------------------===//

#include "selfconnect/verdict.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <list>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect {
namespace {

using Json = nlohmann::ordered_json;

Json toJson(const RunAnswer &answer) {
  return {{"kind", static_cast<int>(answer.kind)},
          {"outcome", static_cast<int>(answer.outcome)},
          {"reason", answer.reason},
          {"tries", answer.tries},
          {"seconds", answer.seconds},
          {"evidence", answer.evidence}};
}

RunAnswer fromJson(const Json &json) {
  RunAnswer answer;
  answer.kind = static_cast<RunAnswer::Kind>(json.at("kind").get<int>());
  answer.outcome = static_cast<Outcome>(json.at("outcome").get<int>());
  answer.reason = json.at("reason");
  answer.tries = json.at("tries");
  answer.seconds = json.at("seconds");
  answer.evidence = json.at("evidence");
  return answer;
}

RunAnswer noEnvironment(const std::string &reason) {
  RunAnswer answer;
  answer.kind = RunAnswer::Kind::NoEnvironment;
  answer.reason = reason;
  return answer;
}

RunAnswer runHere(const ReproduceOptions &question) {
  RunAnswer answer;
  try {
    const ReproduceResult result = reproduce(question);
    answer.outcome = result.outcome;
    answer.reason = result.reason;
    answer.tries = result.tries;
    answer.seconds = result.seconds;
    if (result.evidence)
      answer.evidence = selfconnect::toJson(*result.evidence);
  } catch (const InputError &error) {
    answer.kind = RunAnswer::Kind::BadOptions;
    answer.reason = error.what();
  } catch (const std::exception &error) {
    return noEnvironment(error.what());
  }
  return answer;
}

struct Worker {
  std::size_t question;
  pid_t pid;
  int answerPipe;
  std::string answer; ///< as far as it has come
};

/// Never returns.
[[noreturn]] void work(const ReproduceOptions &question, int answerPipe) {
  const std::string text =
      toJson(runHere(question))
          .dump(-1, ' ', false, Json::error_handler_t::replace);
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t n =
        ::write(answerPipe, text.data() + sent, text.size() - sent);
    if (n < 0 && errno != EINTR)
      break;
    sent += n > 0 ? static_cast<std::size_t>(n) : 0;
  }
  ::_exit(0);
}

Worker startWorker(std::size_t index, const ReproduceOptions &question) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0)
    throw EnvironmentError(std::string("start a run: pipe: ") +
                           std::strerror(errno));
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0)
    throw EnvironmentError(std::string("start a run: fork: ") +
                           std::strerror(errno));
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // it ended before we asked for the signal
      ::_exit(1);
    ::close(ends[0]);
    work(question, ends[1]);
  }
  ::close(ends[1]);
  return {index, pid, ends[0], {}};
}

/// Reads what has come; false at the end of the answer.
bool readMore(Worker &worker) {
  std::array<char, 4096> buffer;
  const ssize_t n = ::read(worker.answerPipe, buffer.data(), buffer.size());
  if (n > 0)
    worker.answer.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && errno == EINTR);
}

RunAnswer finish(const Worker &worker) {
  ::close(worker.answerPipe);
  int status = 0;
  while (::waitpid(worker.pid, &status, 0) < 0 && errno == EINTR) {
  }
  try {
    return fromJson(Json::parse(worker.answer));
  } catch (const Json::exception &) {
    return noEnvironment(WIFSIGNALED(status)
                             ? std::string("the run was ended by signal ") +
                                   std::to_string(WTERMSIG(status))
                             : std::string("the run ended without an answer"));
  }
}

/// Waits until at least one worker has something to say, and hears them.
void hear(std::list<Worker> &workers,
          const std::function<void(const Worker &)> &ended) {
  std::vector<pollfd> waits;
  for (const Worker &worker : workers)
    waits.push_back({worker.answerPipe, POLLIN, 0});
  if (::poll(waits.data(), waits.size(), -1) < 0)
    return; // EINTR: come again
  auto wait = waits.begin();
  for (auto worker = workers.begin(); worker != workers.end(); ++wait) {
    if (wait->revents == 0 || readMore(*worker)) {
      ++worker;
    } else {
      ended(*worker);
      worker = workers.erase(worker);
    }
  }
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
        workers.push_back(startWorker(started, questions[started]));
      hear(workers, [&](const Worker &worker) {
        answers[worker.question] = finish(worker);
        ++done;
        tell();
      });
    }
    return answers;
  };
}

} // namespace selfconnect
