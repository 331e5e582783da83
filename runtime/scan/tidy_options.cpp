//===- tidy_options.cpp - what clang-tidy is told -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tidy_options.h"

#include "yaml_json.h"

#include "selfconnect/error.h"

namespace selfconnect::scan {

using OrderedJson = nlohmann::ordered_json;

namespace {

[[noreturn]] void refuse(const std::string &reason) {
  throw InputError("--config: " + reason +
                   "; give it as to clang-tidy: '{CheckOptions: {...}}'");
}

/// Older versions take a list of key and value only, newer ones a map, too.
CheckOptions readCheckOptions(const OrderedJson &options) {
  try {
    if (!options.is_array())
      return options.is_null() ? CheckOptions() : options.get<CheckOptions>();
    CheckOptions read;
    for (const OrderedJson &each : options)
      read[each.at("key")] = each.at("value");
    return read;
  } catch (const OrderedJson::exception &) {
    refuse("CheckOptions that are neither a map of strings nor a list of key "
           "and value");
  }
}

OrderedJson readConfig(const std::string &config) {
  std::vector<OrderedJson> documents;
  try {
    documents = readYaml(config, "--config");
  } catch (const InputError &) { // whose mend is that of a fixes file
    refuse("invalid YAML");
  }
  if (documents.size() != 1 || !documents.front().is_object())
    refuse("no YAML map");
  return std::move(documents.front());
}

} // namespace

std::string tidyConfig(const std::string &config, const CheckOptions &options) {
  OrderedJson json = config.empty()
                         ? OrderedJson{{"InheritParentConfig", "true"}}
                         : readConfig(config);
  CheckOptions all = readCheckOptions(json["CheckOptions"]);
  for (const auto &[key, value] : options)
    all[key] = value;
  OrderedJson list = OrderedJson::array();
  for (const auto &[key, value] : all)
    list.push_back({{"key", key}, {"value", value}});
  json["CheckOptions"] = std::move(list);
  try {
    return json.dump(); // JSON is YAML, of one line
  } catch (const OrderedJson::exception &) {
    refuse("text that is not UTF-8");
  }
}

std::vector<std::string> tidyArguments(const TidyOptions &options,
                                       const CheckOptions &more) {
  CheckOptions all = options.checkOptions;
  all.insert(more.begin(), more.end());
  std::vector<std::string> arguments = {
      "--quiet", "--checks=" + options.checks,
      "--config=" + tidyConfig(options.config, all),
      "--header-filter=" + options.headerFilter,
      // A finding is none of the errors that a file fails for.
      "--warnings-as-errors=-*"};
  for (const std::string &argument : options.extraArguments)
    arguments.push_back("--extra-arg=" + argument);
  return arguments;
}

} // namespace selfconnect::scan
