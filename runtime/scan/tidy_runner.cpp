//===- tidy_runner.cpp - clang-tidy on many files -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tidy_runner.h"

#include "child_pool.h"
#include "tidy_output.h"

#include "../findings/read_file.h"
#include "../findings/source_files.h"
#include "selfconnect/error.h"
#include "selfconnect/findings.h"
#include "selfconnect/quote.h"

#include <nlohmann/json.hpp>

#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <sys/wait.h>

namespace selfconnect::scan {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

void writeScratch(const fs::path &file, const std::string &content) {
  std::ofstream stream(file, std::ios::binary);
  stream << content;
  stream.close();
  if (!stream)
    throw EnvironmentError("run clang-tidy: write " + printable(file.string()) +
                           ": " + std::strerror(errno));
}

/// The line of `text` that says what went wrong, if any does.
std::string complaint(const std::string &text) {
  std::string last;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    if (line.find("error") != line.npos)
      return printable(line);
    if (line.find_first_not_of(" \t\r") != line.npos)
      last = line;
    at = end + 1;
  }
  return printable(last);
}

std::string describeEnd(int status, const std::string &error) {
  if (WIFSIGNALED(status))
    return std::string("clang-tidy was ended by signal ") +
           std::to_string(WTERMSIG(status)) + " (" +
           ::strsignal(WTERMSIG(status)) + ")";
  const std::string why = complaint(error);
  return "clang-tidy ended with exit code " +
         std::to_string(WEXITSTATUS(status)) + (why.empty() ? "" : ": " + why);
}

/// The first error of the source, with its place if that is another file.
std::string firstError(const std::vector<PrintedDiagnostic> &printed) {
  for (const PrintedDiagnostic &each : printed)
    if (each.isError) {
      std::string line = each.text.substr(0, each.text.find('\n'));
      if (const auto check = line.rfind(" [clang-diagnostic-error]");
          check != line.npos)
        line.erase(check);
      return printable(line);
    }
  return "";
}

} // namespace

TidyRunner::TidyRunner(const std::vector<Unit> &units, RunnerOptions options)
    : units_(units), options_(std::move(options)),
      head_(options_.program.command()) {}

fs::path TidyRunner::folderOf(std::size_t unit) const {
  return options_.scratch / units_[unit].id;
}

Program TidyRunner::prepare(const Job &job) const {
  const Unit &unit = units_[job.unit];
  const fs::path folder = folderOf(job.unit);
  fs::remove_all(folder);
  fs::create_directories(folder);
  const Json database = Json::array({{{"directory", unit.command.directory},
                                      {"file", unit.command.file},
                                      {"arguments", job.arguments}}});
  std::string text;
  try {
    text = database.dump();
  } catch (const Json::exception &) {
    throw InputError("scan: " + printable(unit.command.file) +
                     ": its command is not UTF-8, and JSON cannot hold it");
  }
  writeScratch(folder / "compile_commands.json", text);

  CheckOptions options;
  if (options_.wantsSummary)
    options["SummaryOut"] = (folder / "summary.json").string();
  Program program;
  program.arguments = head_;
  for (std::string &argument : tidyArguments(options_.tidy, options))
    program.arguments.push_back(std::move(argument));
  program.arguments.insert(
      program.arguments.end(),
      {"-p", folder.string(),
       "--export-fixes=" + (folder / "fixes.yaml").string(),
       unit.command.file});
  program.outputFile = (folder / "output").string();
  program.errorFile = (folder / "error").string();
  program.timeout = options_.timeout;
  return program;
}

UnitRun TidyRunner::finish(const Job &job, int status, bool isLate) const {
  const fs::path folder = folderOf(job.unit);
  UnitRun run;
  run.removed = job.removed;
  run.started = job.started;
  if (isLate) {
    const auto seconds = static_cast<double>(options_.timeout.count()) / 1000;
    std::string text = std::to_string(seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
      text.pop_back();
    run.failure = "not done within --file-timeout (" + text + "s)";
    return run;
  }
  const bool hasEnded = WIFEXITED(status);
  run.output = contentOf(folder / "output");
  if (hasEnded) {
    run.fixes = contentOf(folder / "fixes.yaml");
    run.summary = contentOf(folder / "summary.json");
  }
  run.failure = firstError(
      readTidyOutput(run.output, units_[job.unit].command.directory));
  if (run.failure.empty() && (!hasEnded || WEXITSTATUS(status) != 0)) {
    run.failure = describeEnd(status, contentOf(folder / "error"));
    run.summary.clear();
  }
  return run;
}

void TidyRunner::run(const std::vector<std::size_t> &units,
                     const UnitDone &done) {
  std::deque<Job> waiting;
  for (const std::size_t unit : units)
    waiting.push_back(
        {unit, units_[unit].command.arguments, units_[unit].removed, {}});
  std::map<std::size_t, Job> running;
  ChildPool pool;
  while (!waiting.empty() || pool.running() > 0) {
    while (!waiting.empty() && pool.running() < options_.jobs) {
      Job job = std::move(waiting.front());
      waiting.pop_front();
      for (const std::string &flag : rejected_)
        removeFlag(job.arguments, flag, job.removed);
      job.started = std::chrono::system_clock::now();
      pool.start(job.unit, prepare(job));
      ++started_;
      running[job.unit] = std::move(job);
    }
    const Ended ended = pool.next();
    Job job = std::move(running.at(ended.id));
    running.erase(ended.id);
    UnitRun run = finish(job, ended.status, ended.late);

    bool isAgain = false;
    for (const PrintedDiagnostic &each :
         readTidyOutput(run.output, units_[job.unit].command.directory))
      if (const std::string flag = rejectedFlag(each.message);
          !flag.empty() && removeFlag(job.arguments, flag, job.removed)) {
        rejected_.insert(flag);
        isAgain = true;
      }
    if (isAgain) {
      waiting.push_front(std::move(job));
      continue;
    }
    std::error_code ignored;
    fs::remove_all(folderOf(job.unit), ignored);
    done(job.unit, std::move(run));
  }
}

} // namespace selfconnect::scan
