# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by scripts/test: roots of releases of Debian, below build-releases.
#
#   releaseMakeRoot RELEASE DIR      a bare one in DIR, unless it is there
#   releaseTest RELEASE ARGUMENT..   scripts/test with those arguments in one
#
# The roots are kept: a second run installs and builds only what has changed. Nothing
# outside of build-releases depends on them.

# One line of sources.list for each place that this machine has packages of its
# Debian from.
debianSources() {
  apt-get indextargets --format '$(ORIGIN) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' | sed -n 's/^Debian //p' | sort -u
}

# The mirror that this machine has its own release from.
debianMirror() {
  debianSources | awk -v own="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" '
    !mirror || $3 == own { mirror = $2 } END { print mirror }'
}

releaseMakeRoot() {
  local release=$1 dir=$2 mirror
  [[ ! -e $dir/.complete ]] || return 0
  [[ $(id -u) == 0 ]] || die "a root of $release is made by root alone"
  command -v debootstrap >/dev/null ||
    die "debootstrap is missing: apt-get install debootstrap"
  mirror=${SELFCONNECT_DEBIAN_MIRROR:-$(debianMirror)}
  [[ -n $mirror ]] ||
    die "this machine has no packages from Debian; name a mirror: SELFCONNECT_DEBIAN_MIRROR=URL"
  say "making a root of $release in ${dir#"$root"/}"
  rm -rf --one-file-system "$dir"
  mkdir -p "$dir"
  debootstrap --variant=minbase "$release" "$dir" "$mirror" >&2 ||
    die "debootstrap of $release failed"
  # A mirror that is kept as it was on some day is out of date by what it says itself.
  echo 'Acquire::Check-Valid-Until "false";' >"$dir/etc/apt/apt.conf.d/90selfconnect"
  touch "$dir/.complete"
}

# The sources as git has them here, committed or not, and no file of before.
releaseCopySources() {
  mkdir -p "$1"
  find "$1" -mindepth 1 -maxdepth 1 ! -name 'build*' -exec rm -rf {} +
  (cd "$root" && git ls-files -z --cached --others --exclude-standard |
    tar --create --null --files-from=- --ignore-failed-read) |
    tar --extract --directory "$1"
}

releaseTest() {
  local release=$1 dir=$root/build-releases/$1
  shift
  releaseMakeRoot "$release" "$dir"
  say "testing on $release"
  releaseCopySources "$dir/selfconnect"
  "$root/scripts/enter_root" "$dir" env SELFCONNECT_RELEASE="$release" \
    /selfconnect/scripts/test "$@"
}
