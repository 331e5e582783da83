#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What the module adds to clang-tidy, in instructions:
#
#   tidy_cost.sh CLANG_TIDY MODULE FILE [compiler arguments]
#
# Both runs do one cheap upstream check; the second does ours, too. Instructions
# are counted by valgrind's callgrind, so that the figure is the same whatever
# else the machine does. Prints the ratio.
set -euo pipefail

if [ $# -lt 3 ]; then
  echo "usage: $0 CLANG_TIDY MODULE FILE [compiler arguments]" >&2
  exit 2
fi
clang_tidy=$(readlink -f "$(command -v "$1")")
module=$2
file=$3
shift 3
cheap=bugprone-sizeof-container
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

count() { # CHECKS [clang-tidy arguments]
  local checks=$1
  shift
  valgrind --tool=callgrind --callgrind-out-file="$scratch/out" \
    "$clang_tidy" "$@" --quiet --checks="-*,$checks" "$file" -- "${compile[@]}" \
    >"$scratch/log" 2>&1 || true
  sed -n 's/^summary: //p; s/^totals: //p' "$scratch/out" | head -n 1
}

compile=("$@")
without=$(count "$cheap")
with=$(count "$cheap,selfconnect-*" -load="$module")
if [ -z "$without" ] || [ -z "$with" ]; then
  echo "selfconnect: error: $file: clang-tidy did not run under valgrind:" >&2
  tail -n 3 "$scratch/log" >&2
  exit 1
fi
awk -v a="$without" -v b="$with" -v f="$file" \
  'BEGIN { printf "%s: %.4f times the instructions (%d without, %d with)\n", f, b / a, a, b }'
