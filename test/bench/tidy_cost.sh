#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What the module adds to clang-tidy that runs one trivial check, in
# instructions, against the limits it has to keep:
#
#   tidy_cost.sh [--write PAGE] CLANG_TIDY MODULE SOURCES
#
# SOURCES is the folder of test/corpus/run.py, which writes the compilation
# databases that are used here. Instructions are counted by valgrind's
# callgrind, so that the figure is the same whatever else the machine does. The
# module has to be optimised: -DCMAKE_BUILD_TYPE=Release. --write replaces the
# marked part of PAGE. Ends with 1 if a limit is not kept.
set -euo pipefail

page=
if [ "${1-}" = --write ] && [ $# -ge 2 ]; then
  page=$2
  shift 2
fi
if [ $# -ne 3 ]; then
  echo "usage: $0 [--write PAGE] CLANG_TIDY MODULE SOURCES" >&2
  exit 2
fi
if ! clang_tidy=$(readlink -f "$(command -v "$1")"); then
  echo "selfconnect: error: $1 is no program; name a clang-tidy" >&2
  exit 2
fi
module=$(readlink -f "$2")
sources=$(readlink -f "$3")
# A module that is not loaded costs nothing.
if ! "$clang_tidy" -load="$module" --checks='-*,selfconnect-*' --list-checks 2>&1 |
  grep -q selfconnect-retry-loop; then
  echo "selfconnect: error: $module: $clang_tidy does not load it; name the module of its LLVM" >&2
  exit 2
fi
cheap=bugprone-sizeof-container
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Percent allowed, code base, file. The largest file of the corpus with sockets,
# then files that call nothing of the network; "-", files that are full of
# connect attempts: what these cost is measured, and has no limit.
cases=(
  "3 stress-ng stress-syscall.c"
  "1 stress-ng stress-cpu.c"
  "1 stress-ng stress-vm.c"
  "- postgresql src/interfaces/libpq/fe-connect.c"
  "- zookeeper zookeeper-client/zookeeper-client-c/src/zookeeper.c"
  "- libevent http.c"
  "- libevent test/regress_http.c"
  "- rtklib src/stream.c"
  "- nbd nbd-client.c"
  "- crow examples/example_chat.cpp"
)

count() { # LOG CHECKS FILE [clang-tidy arguments]
  local log=$1 checks=$2 file=$3
  shift 3
  valgrind --tool=callgrind --callgrind-out-file="$log.out" \
    "$clang_tidy" "$@" --quiet --config='{}' --checks="-*,$checks" "$file" \
    -- "${flags[@]}" >"$log" 2>&1 || true
  sed -n 's/^summary: //p; s/^totals: //p' "$log.out" | head -n 1
}

read_flags() { # BASE FILE: the arguments that test/corpus has for the file
  python3 - "$(dirname "$0")/../corpus/$1.json" "$2" <<'EOF'
import json, sys
base = json.load(open(sys.argv[1], encoding="utf-8"))
print("\n".join(["-O2"] + base.get("flags", []) + base.get("per_file_flags", {}).get(sys.argv[2], [])))
EOF
}

result=0
rows=
for case in "${cases[@]}"; do
  read -r limit base file <<<"$case"
  if [ ! -f "$sources/$base/$file" ]; then
    echo "selfconnect: error: $sources/$base/$file is not there; run test/corpus/run.py $base first" >&2
    exit 2
  fi
  mapfile -t flags < <(read_flags "$base" "$file")
  cd "$sources/$base"
  # The two side by side: other work on the machine changes neither.
  count "$scratch/without" "$cheap" "$file" >"$scratch/a" &
  count "$scratch/with" "$cheap,selfconnect-*" "$file" -load="$module" >"$scratch/b"
  wait
  cd - >/dev/null
  a=$(cat "$scratch/a")
  b=$(cat "$scratch/b")
  if [ -z "$a" ] || [ -z "$b" ]; then
    echo "selfconnect: error: $file: clang-tidy did not run under valgrind: $(tail -n 1 "$scratch/with")" >&2
    exit 2
  fi
  # Half a file costs half: code that does not compile is no measurement.
  if grep -q 'error: ' "$scratch/with"; then
    echo "selfconnect: error: $base/$file does not compile: $(grep -m 1 'error: ' "$scratch/with")" >&2
    exit 2
  fi
  row=$(awk -v a="$a" -v b="$b" -v l="$limit" -v f="$base/$file" -v n="$(wc -l <"$sources/$base/$file")" \
    'BEGIN {
       allowed = l == "-" ? "none" : sprintf("%.2f", 1 + l / 100)
       kept = l == "-" || b / a <= 1 + l / 100 ? "kept" : "NOT KEPT"
       printf "%s|%d|%.4f|%s|%s", f, n, b / a, allowed, kept
     }')
  IFS='|' read -r name lines ratio allowed verdict <<<"$row"
  echo "$name: $ratio times the instructions, limit $allowed: $verdict"
  rows+="| $name | $lines | $ratio | $allowed |"$'\n'
  [ "$verdict" = kept ] || result=1
done

if [ -n "$page" ]; then
  version=$("$clang_tidy" --version | sed -n 's/.*LLVM version /LLVM /p' | head -n 1)
  begin='<!-- written by test/bench/tidy_cost.sh -->'
  end='<!-- end of test/bench/tidy_cost.sh -->'
  {
    echo "$begin"
    echo "## What the checks cost"
    echo
    echo "Number of instructions that clang-tidy ($version) executes with \`$cheap\`"
    echo "and both checks, relative to \`$cheap\` alone, without the module. The"
    echo "module is a Release build. The files are from test/corpus: one that uses sockets, limit"
    echo "1.03; two without any network call, limit 1.01; and files with many connect attempts,"
    echo "each of which is followed through the functions around it."
    echo
    echo "| file | lines | ratio | limit |"
    echo "| --- | --- | --- | --- |"
    printf '%s' "$rows"
    echo "$end"
  } >"$scratch/block"
  [ -f "$page" ] || printf '# Measurements\n\n' >"$page"
  if grep -qF "$begin" "$page"; then
    sed -e "\\|$begin|,\\|$end|{\\|$end|r $scratch/block" -e "d}" "$page" >"$scratch/page"
  else
    { cat "$page"; echo; cat "$scratch/block"; } >"$scratch/page"
  fi
  cat "$scratch/page" >"$page"
fi
exit $result
