//===- shared_text.h - text that many have in common ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SHARED_TEXT_H
#define SELFCONNECT_SHARED_TEXT_H

#include <compare>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

namespace selfconnect {

/// Text that does not change, of which copies cost nothing: a hundred thousand
/// findings have few files and few messages.
class SharedText {
public:
  SharedText() = default;
  SharedText(std::string text)
      : text_(std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char *text) : SharedText(std::string(text)) {}

  [[nodiscard]] const std::string &str() const {
    static const std::string none;
    return text_ ? *text_ : none;
  }
  operator const std::string &() const { return str(); }
  operator std::string_view() const { return str(); }

  [[nodiscard]] bool empty() const { return str().empty(); }
  [[nodiscard]] bool starts_with(std::string_view head) const {
    return std::string_view(str()).substr(0, head.size()) == head;
  }
  /// Whether they are one copy.
  [[nodiscard]] bool isSame(const SharedText &other) const {
    return text_ == other.text_;
  }

  friend bool operator==(const SharedText &a, const SharedText &b) {
    return a.isSame(b) || a.str() == b.str();
  }
  friend std::strong_ordering operator<=>(const SharedText &a,
                                          const SharedText &b) {
    return a.isSame(b) ? std::strong_ordering::equal : a.str() <=> b.str();
  }
  friend std::ostream &operator<<(std::ostream &out, const SharedText &text) {
    return out << text.str();
  }

private:
  std::shared_ptr<const std::string> text_;
};

} // namespace selfconnect

#endif // SELFCONNECT_SHARED_TEXT_H
