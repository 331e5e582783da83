# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by the steps of action.yml.

die() {
  # An annotation ends with its line. The runner reads them on standard error, too.
  local message=${1//'%'/%25}
  message=${message//$'\r'/%0D}
  printf '::error::selfconnect: %s\n' "${message//$'\n'/%0A}" >&2
  exit 2
}

# What lies between a step and the next.
temporary=${RUNNER_TEMP:?}/selfconnect
mkdir -p "$temporary"

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo -n "$@"
  fi
}
