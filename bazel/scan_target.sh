#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The action of selfconnect.bzl: scans the sources of one target. What it leaves has
# the same bytes in every sandbox: no path begins at the root of the machine.
#
#   scan_target.sh PROGRAM COMMANDS SUMMARIES TEXT FIXES [SUMMARIES OF A DEPENDENCY]..
set -euo pipefail
program=$1 commands=$2 summaries=$3 text=$4 fixes=$5
shift 5

# Not where it happens to be free: scan names units by their way from here.
scratch=$summaries.scratch
mkdir -p "$scratch"
trap 'rm -rf "$scratch"' EXIT

# For the pattern and for the replacement of sed.
pattern=$(printf %s "$PWD" | sed 's/[][\.*^$|]/\\&/g')
folder=$(printf %s "$PWD" | sed 's/[&\|]/\\&/g')
sed "s|%FOLDER%|$folder|" "$commands" >"$scratch/compile_commands.json"

others=()
for dependency in "$@"; do
  others+=("--with-summaries=$dependency")
done
status=0
"$program" scan --no-confirm --jobs=1 --build="$scratch/compile_commands.json" \
  --summaries="$summaries" "${others[@]}" --export-fixes="$scratch/fixes.yaml" \
  >"$scratch/text" 2>"$scratch/log" || status=$?
# 1 is for findings, which are no failure of the build.
if [[ $status -gt 1 ]]; then
  cat "$scratch/log" "$scratch/text" >&2
  exit "$status"
fi

sed "s|$pattern/||g; s|$pattern|.|g" "$scratch/text" >"$text"
sed "s|$pattern/||g; s|$pattern|.|g" "$scratch/fixes.yaml" >"$fixes"
# The rest tells of this machine.
find "$summaries" -mindepth 1 -maxdepth 1 ! -name units -exec rm -rf {} +
