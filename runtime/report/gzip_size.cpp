//===- gzip_size.cpp - how large a text becomes when packed ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gzip_size.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace selfconnect {

struct GzipSize::Stream {
  z_stream state{};
};

GzipSize::GzipSize() : stream_(std::make_unique<Stream>()) {
  constexpr int gzipHeader = 16;
  if (deflateInit2(&stream_->state, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                   MAX_WBITS + gzipHeader, MAX_MEM_LEVEL - 1,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc(); // nothing else can be wrong
}

GzipSize::~GzipSize() { deflateEnd(&stream_->state); }

void GzipSize::add(std::string_view text) {
  z_stream &state = stream_->state;
  std::array<unsigned char, 1U << 15U> out;
  while (!text.empty()) {
    const std::size_t part = std::min<std::size_t>(
        text.size(), std::numeric_limits<uInt>::max() / 2);
    // zlib reads this, and has no const.
    state.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    state.avail_in = static_cast<uInt>(part);
    do {
      state.next_out = out.data();
      state.avail_out = static_cast<uInt>(out.size());
      deflate(&state, Z_NO_FLUSH);
      bytes_ += out.size() - state.avail_out;
    } while (state.avail_out == 0);
    text.remove_prefix(part);
  }
}

} // namespace selfconnect
