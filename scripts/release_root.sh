# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by scripts/test: runs it on another release of Debian, in a root of that
# release below build-releases, which nothing outside of depends on.
#
#   releaseTest RELEASE ARGUMENT..   scripts/test with those arguments in such a root
#
# The root is kept: a second run installs and builds only what has changed.

debianMirror=${SELFCONNECT_DEBIAN_MIRROR:-http://deb.debian.org/debian}

# The sources as git has them here, committed or not, without what was built.
releaseCopySources() {
  mkdir -p "$1"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard |
    tar --create --null --files-from=- --ignore-failed-read) |
    tar --extract --directory "$1"
}

releaseTest() {
  local release=$1 dir=$root/build-releases/$1
  shift
  [[ $(id -u) == 0 ]] || die "--release: a root of $release is made by root alone"
  command -v debootstrap >/dev/null ||
    die "--release: debootstrap is missing: apt-get install debootstrap"
  if [[ ! -e $dir/.complete ]]; then
    say "making a root of $release in ${dir#"$root"/}"
    rm -rf --one-file-system "$dir"
    mkdir -p "$dir"
    debootstrap --variant=minbase "$release" "$dir" "$debianMirror" >&2 ||
      die "--release $release: debootstrap failed"
    touch "$dir/.complete"
  fi
  say "testing on $release"
  releaseCopySources "$dir/selfconnect"
  # Its own mounts and processes, so that nothing of it is left when it ends.
  unshare --mount --pid --fork --kill-child sh -c '
    mount -t proc proc "$1/proc" && mount -t sysfs -o ro sysfs "$1/sys" &&
    mount --rbind /dev "$1/dev" && cp /etc/resolv.conf "$1/etc/resolv.conf" &&
    dir=$1 && shift &&
    exec chroot "$dir" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
      LC_ALL=C.UTF-8 /selfconnect/scripts/test "$@"' sh "$dir" "$@"
}
