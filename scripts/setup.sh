# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by scripts/test and scripts/demo: from a bare Debian to a build.
#
#   setupChooseLLVM [N]    sets llvmMajor and buildDir
#   setupInstall PACKAGE.. installs what is missing of what the build needs
#                          and of the packages named; changes nothing otherwise
#   setupBuild [PRESET] [TARGET..] [-- OPTION..]
#                          configures, as that preset and those options of CMake
#                          say, and builds in buildDir
#   setupBuildModules N..  builds for those, in moduleDir N, the module and the
#                          programs that contain it, without the command
#
# All messages go to stderr. Nothing is fetched but from the machine's own apt
# sources.

# The LLVMs that this release of Debian has, of those of CMakeLists.txt, newest
# first, and the one for where nothing is installed yet; its Bazel, where it has one.
case $( . "${SELFCONNECT_OS_RELEASE:-/etc/os-release}" && echo "${VERSION_CODENAME:-}") in
trixie) releaseLLVM="19 18 17" defaultLLVM=19 ;;
forky | sid) releaseLLVM="23 22 21" defaultLLVM=22 ;;
*) releaseLLVM="22 19 16 15 14" defaultLLVM=19 # bookworm
  releaseBazel=bazel-bootstrap ;;
esac
: "${releaseBazel:=}"
oldestLLVM=14

say() { printf '==> %s\n' "$*" >&2; }
die() {
  printf 'selfconnect: error: %s\n' "$*" >&2
  exit 3
}
usageError() {
  printf 'selfconnect: error: %s\n' "$*" >&2
  exit 2
}

# Newer ones than were tested are tried; CMake warns of them.
isSupportedLLVM() { [[ $1 =~ ^[0-9]+$ && $1 -ge $oldestLLVM ]]; }

# What the tests need besides: the package of the library, real clients, what
# formats the manual pages and the documentation, a compiler that brings libFuzzer.
testPackages="libgtest-dev python3-jsonschema python3-yaml iproute2 util-linux procps \
  pkgconf curl golang-go kcat libasio-dev mosquitto-clients redis-tools groff-base \
  bash zsh fish jq git python3-sphinx python3-myst-parser python3-sphinxcontrib-mermaid \
  chromium-driver clang-$defaultLLVM libclang-rt-$defaultLLVM-dev $releaseBazel"

# The clang-tidy to load the module, its headers, and FileCheck and lit for the
# tests.
llvmPackages() { echo "clang-tidy-$1 libclang-$1-dev llvm-$1-dev llvm-$1-tools"; }

# What the tests of selfconnect-clangd compare it with and drive it by.
clangdPackages() { [[ $1 -lt 19 ]] || echo "clangd-$1 neovim"; }

isInstalled() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Prints those of the packages that are not installed.
missingOf() {
  local package
  for package in "$@"; do
    isInstalled "$package" || echo "$package"
  done
}

# Prints the newest LLVM whose packages, named by that command, are installed.
newestInstalled() {
  local major
  for major in $releaseLLVM; do
    [[ -n $(missingOf $("$1" "$major")) ]] || { echo "$major"; return; }
  done
  return 1
}
clangTidyPackage() { echo "clang-tidy-$1"; }

# True of what this release has, and of what is there already, from elsewhere.
canInstall() {
  [[ " $releaseLLVM " == *" $1 "* ]] ||
    { isSupportedLLVM "$1" && [[ -z $(missingOf $(llvmPackages "$1")) ]]; }
}

# The order of cmake/ChooseLLVM.cmake, except that what is missing can still be
# installed: the one asked for; the one of the clang-tidy on PATH; the newest
# that is installed whole, else the newest clang-tidy; the default.
setupChooseLLVM() {
  llvmMajor=${1:-}
  buildDir=$root/build
  if [[ -n $llvmMajor ]]; then
    isSupportedLLVM "$llvmMajor" ||
      usageError "--llvm $llvmMajor: not supported; this release has $releaseLLVM"
    buildDir=$root/build-llvm$llvmMajor
    return
  fi
  local version major
  if version=$(clang-tidy --version 2>/dev/null) &&
    [[ $version =~ LLVM\ version\ ([0-9]+) ]] &&
    major=${BASH_REMATCH[1]} && canInstall "$major"; then
    llvmMajor=$major
    return
  fi
  llvmMajor=$(newestInstalled llvmPackages || newestInstalled clangTidyPackage ||
    echo "$defaultLLVM")
}

asRoot() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "install: packages are missing and this is neither root nor is there sudo; as root: apt-get install ${missing[*]}"
  fi
}

# What the tests need, for llvmMajor, or for all of llvmMajors if that is set.
setupInstallForTests() {
  local major clangd=()
  for major in ${llvmMajors:-$llvmMajor}; do
    clangd+=($(clangdPackages "$major"))
  done
  setupInstall $testPackages "${clangd[@]}"
}

# For llvmMajor, or for all of llvmMajors if that is set.
setupInstall() {
  command -v dpkg-query >/dev/null ||
    die "install: this is not a Debian system; README.md lists what to install by hand"
  local major perMajor=()
  for major in ${llvmMajors:-$llvmMajor}; do
    perMajor+=($(llvmPackages "$major"))
  done
  missing=($(missingOf g++ cmake ninja-build ccache \
    libcli11-dev nlohmann-json3-dev libyaml-dev libmd-dev libfmt-dev \
    libpugixml-dev libkainjow-mustache-dev zlib1g-dev python3 \
    "${perMajor[@]}" "$@" | sort -u))
  [[ ${#missing[@]} == 0 ]] && return
  say "installing from apt: ${missing[*]}"
  asRoot apt-get update -q >&2 || die "install: apt-get update failed"
  asRoot env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 ||
    die "install: apt-get install failed"
}

# Changes whenever a package is installed or removed.
dpkgStatus=/var/lib/dpkg/status

# Whether buildDir was configured with those options, -DNAME=VALUE each, and nothing
# has changed since of the presets or of what is installed: what the tests need may
# have been missing the last time.
isConfiguredWith() {
  local option file last=$buildDir/CMakeFiles/cmake.check_cache
  [[ -f $buildDir/build.ninja ]] || return 1
  for file in "$dpkgStatus" "$root/CMakePresets.json"; do
    [[ ! $file -nt $last ]] || return 1
  done
  for option in "$@"; do
    option=${option#-D}
    grep -Eqx "${option%%=*}:[A-Z]+=${option#*=}" "$buildDir/CMakeCache.txt" || return 1
  done
}

# setupConfigure PRESET OPTION..
setupConfigure() {
  say "configuring ${buildDir#"$root"/}"
  (cd "$root" && cmake --preset "$1" -B "$buildDir" "${@:2}" >&2) ||
    die "configure: see above"
}

setupBuild() {
  local preset=${1:-default} targets=() options=("-DSELFCONNECT_LLVM=$llvmMajor")
  shift $(($# > 0))
  while [[ $# -gt 0 && $1 != -- ]]; do
    targets+=("$1")
    shift
  done
  options+=("${@:2}")
  if ! isConfiguredWith "${options[@]}"; then
    setupConfigure "$preset" "${options[@]}"
  fi
  say "building ${buildDir#"$root"/}"
  cmake --build "$buildDir" ${targets[@]:+--target "${targets[@]}"} >&2 ||
    die "build: see above"
}

# A test that lacks a program is an error here.
allTests=(-DSELFCONNECT_TESTS=ON -DSELFCONNECT_DEMAND_ALL_TESTS=ON)
[[ -n $releaseBazel ]] || allTests+=(-DSELFCONNECT_TEST_BAZEL=OFF)

moduleDir() { echo "$root/build-matrix/llvm$1"; }

# One at a time per core: the module is few, long translation units.
setupBuildModules() {
  local major buildDir options
  for major in "$@"; do
    buildDir=$(moduleDir "$major")
    options=("-DSELFCONNECT_LLVM=$major" "${allTests[@]}")
    isConfiguredWith "${options[@]}" || setupConfigure matrix "${options[@]}"
  done
  say "building the modules for LLVM $*"
  for major in "$@"; do
    moduleDir "$major"
  done | xargs -d '\n' -P "$(nproc)" -I '{}' cmake --build '{}' --parallel 1 >&2 || die "build: see above"
}
