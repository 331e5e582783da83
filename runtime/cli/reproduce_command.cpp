//===- reproduce_command.cpp - selfconnect reproduce ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reproduce_command.h"

#include "common_options.h"
#include "output.h"
#include "terminal.h"
#include "trials.h"
#include "wording.h"

#include "selfconnect/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <memory>
#include <sstream>

namespace selfconnect::cli {
namespace {

struct ReproduceArguments {
  std::string target;
  std::string range = "host";
  std::string reserved;
  LoopOptions loop;
  std::string kernelClass = "host";
  std::uint64_t trials = 0; ///< 0: one run, without a summary
  std::uint64_t jobs = 1;
  bool hold = false;
  ResultOptions result;
};

/// One line that is written over while the tries, and the trials, go on.
class Progress {
public:
  Progress(const TriesModel &model, std::uint64_t trials, std::uint64_t jobs)
      : model_(model), trials_(trials), jobs_(jobs) {}

  /// Shows the tries of the trial under way.
  void showTries(std::uint64_t tries, double seconds) {
    const double done = static_cast<double>(tries);
    std::string line = "selfconnect: ";
    if (trials_ > 0)
      line += fmt::format("trial {} of {}, ", std::min(done_ + 1, trials_),
                          trials_);
    line += fmt::format("{} tries, {:.0f} per second", tries, done / seconds);
    if (trials_ > 0)
      line += timeLeft(done / seconds);
    else if (const double within = model_.within(done); within > 0)
      line += ", by now with " + percent(within);
    showProgressLine(line);
  }

  void showTrials(std::uint64_t done) {
    done_ = done;
    // Many trials are over in no time.
    if (const auto now = Clock::now(); now >= next_) {
      next_ = now + std::chrono::milliseconds(100);
      showProgressLine(fmt::format("selfconnect: {} of {} trials done{}", done_,
                                   trials_, timeLeft(0)));
    }
  }

private:
  using Clock = std::chrono::steady_clock;

  /// By the trials so far, or by the model before the first has ended.
  [[nodiscard]] std::string timeLeft(double triesPerSecond) const {
    const double left = static_cast<double>(trials_ - std::min(done_, trials_));
    double seconds = 0;
    if (done_ > 0)
      seconds = std::chrono::duration<double>(Clock::now() - begin_).count() /
                static_cast<double>(done_) * left;
    else if (triesPerSecond > 0)
      seconds = model_.mean() / triesPerSecond * left /
                static_cast<double>(std::min(jobs_, trials_));
    return seconds > 0 && std::isfinite(seconds)
               ? fmt::format(", about {} left", duration(seconds))
               : "";
  }

  const TriesModel &model_;
  std::uint64_t trials_; ///< 0: one run
  std::uint64_t jobs_;
  std::uint64_t done_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_ = begin_;
};

/// Tells how to look at the socket, then waits for Enter or the end of stdin.
void hold(const HeldSocket &held) {
  std::string inside;
  if (held.isolation == Isolation::Netns)
    inside =
        fmt::format("nsenter --target {} {}--net ", held.pid,
                    held.userNamespace ? "--user --preserve-credentials " : "");
  fmt::print(stderr,
             "{} is connected to itself in process {}, file descriptor {}\n"
             "look at it: {}ss -tnp\n"
             "       or: {}lsof -nP -a -p {} -i\n"
             "Enter goes on\n",
             held.local, held.pid, held.fd, inside, inside, held.pid);
  for (int c = std::getchar(); c != '\n' && c != EOF; c = std::getchar()) {
  }
}

ReproduceOptions loopOptions(const ReproduceArguments &options) {
  Target target = resolveTarget(options.target);
  NamedRange range = resolveRange(options.range);
  ReproduceOptions loop;
  loop.host = *target.host;
  loop.port = *target.port;
  loop.range = range.range;
  loop.rangeSource = range.source;
  loop.reserved = resolveReserved(options.reserved, range);
  options.loop.applyTo(loop);
  loop.kernelClass = resolveKernelClass(options.kernelClass);
  return loop;
}

ExitCode runReproduce(const ReproduceArguments &options) {
  ReproduceOptions loop = loopOptions(options);
  Output output(options.result.output);
  const bool terminal = showsProgress();
  ReproduceCallbacks callbacks;
  loop.prediction = predictionOf(loop);
  Progress progress(loop.prediction->tries, options.trials, options.jobs);
  if (terminal) {
    callbacks.progress = [&](std::uint64_t tries, double seconds) {
      progress.showTries(tries, seconds);
    };
    callbacks.trialsDone = [&](std::uint64_t done) {
      progress.showTrials(done);
    };
  }
  if (options.hold)
    callbacks.hold = hold;

  Trials trials;
  if (options.trials > 0) {
    trials = runTrials(loop, options.trials, options.jobs, callbacks);
  } else {
    trials.exemplary = reproduce(loop, callbacks);
    trials.all.push_back(trials.exemplary);
  }
  if (terminal)
    showProgressLine("");

  std::string report;
  if (options.trials > 0)
    report = options.result.json ? jsonText(trialsToJson(trials))
                                 : trialsToText(trials);
  else
    report = options.result.json ? jsonText(toJson(trials.exemplary))
                                 : toText(trials.exemplary);
  output.write(report);
  output.finish();
  bool all =
      std::all_of(trials.all.begin(), trials.all.end(), [](const Trial &trial) {
        return trial.outcome == Outcome::SelfConnected;
      });
  return all ? ExitCode::Done : ExitCode::Hazard;
}

std::shared_ptr<ReproduceArguments> addOptions(CLI::App &command) {
  auto options = std::make_shared<ReproduceArguments>();
  addTargetArgument(command, options->target);
  addRangeOption(command, options->range);
  addReservedOption(command, options->reserved);
  addSocketOption(command, options->loop);
  addTriesPerCallOption(command, options->loop);
  addMethodOption(command, options->loop);
  addIsolationOption(command, options->loop);
  addMaxTriesOption(command, options->loop);
  addTimeoutOption(command, options->loop);
  addCountOption(command, "--trials", options->trials,
                 "run N loops, each from a random start, and compare the "
                 "tries with the model");
  addCountOption(command, "--jobs", options->jobs,
                 "trials at a time; they share the walk of the kernel")
      ->capture_default_str();
  addKernelClassOption(command, options->kernelClass);
  addClientOptions(command, options->loop.reuseaddr, options->loop.bindAnyPort);
  command.add_flag("--hold", options->hold,
                   "keep the socket open until Enter, and say how to look at "
                   "it");
  addResultOptions(command, options->result);
  return options;
}

/// The words of a note, which has no quotes, in the order that CLI11 takes
/// them. Given as one string, CLI11 takes "[::1]:33334" apart from version 2.4
/// on.
std::vector<std::string> wordsLastFirst(std::string_view note) {
  std::istringstream stream{std::string(note)};
  std::vector<std::string> words(std::istream_iterator<std::string>(stream),
                                 std::istream_iterator<std::string>{});
  std::ranges::reverse(words);
  return words;
}

} // namespace

void addReproduceCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "reproduce", "Makes a socket connect to itself, and proves it");
  auto options = addOptions(*command);
  command->callback([&chosen, options] {
    chosen = [options] { return runReproduce(*options); };
  });
}

std::optional<ReproduceNote> parseReproduceNote(std::string_view command,
                                                std::string &error) {
  constexpr std::string_view program = "selfconnect reproduce ";
  if (command.substr(0, program.size()) != program) {
    error = "it does not begin with '" + std::string(program) + "'";
    return std::nullopt;
  }

  CLI::App app;
  app.set_help_flag();
  auto options = addOptions(app);
  try {
    app.parse(wordsLastFirst(command.substr(program.size())));
  } catch (const CLI::ParseError &parseError) {
    error = parseError.what();
    return std::nullopt;
  }
  auto target = parseTarget(options->target, error);
  if (!target)
    return std::nullopt;
  ReproduceNote note{*target, parseSocketMode(options->loop.socket).value(),
                     options->loop.bindAnyPort, options->loop.reuseaddr,
                     std::nullopt};
  if (options->loop.triesPerCall > 0)
    note.tries = options->loop.triesPerCall;
  if (note.str().substr(reproduceNotePrefix.size()) != command) {
    error = "it has more than what a check writes";
    return std::nullopt;
  }
  return note;
}

} // namespace selfconnect::cli
