//===- page_data.h - a finding as the page's templates take it --*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_REPORT_PAGE_DATA_H
#define SELFCONNECT_REPORT_PAGE_DATA_H

#include "source_lines.h"
#include "source_root.h"

#include "selfconnect/report.h"

#include <kainjow/mustache.hpp>

#include <string>

namespace selfconnect {

using PageData = kainjow::mustache::data;

/// Makes the data of page/finding.mustache. All text is harmless but not yet
/// escaped: the templates do that.
class FindingPageData {
public:
  explicit FindingPageData(const SourceRoot &root) : root_(root) {}

  PageData make(const JudgedFinding &judged);

private:
  std::string place(const Place &place) const;
  void addCode(PageData &data, const Finding &finding);
  void addWay(PageData &data, const Finding &finding);
  void addCures(PageData &data, const JudgedFinding &judged);

  const SourceRoot &root_;
  SourceLines lines_;
};

/// An empty list.
PageData pageList();

/// Clean text.
PageData pageText(const std::string &text);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_PAGE_DATA_H
