#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Unpacks the headers of the Debian packages in packages.txt, without installing
# anything:
#
#   fetch_headers.sh DIR    headers go to DIR/root, packages to DIR/debs
#
# What is there already is neither fetched nor unpacked again. Ends with 1 and
# says why when the headers of a package cannot be had.

set -eu

die() {
  printf 'selfconnect: error: %s\n' "$*" >&2
  exit 1
}

[ $# -eq 1 ] || die "usage: fetch_headers.sh DIR"
list=$(cd "$(dirname "$0")" && pwd)/packages.txt
mkdir -p "$1/debs" "$1/root"
cd "$1"

fetch() {
  # An interrupted download must not look like a package.
  rm -rf "debs/$1.part"
  mkdir "debs/$1.part"
  (cd "debs/$1.part" && apt-get download -qq "$1" >apt.log 2>&1) ||
    die "headers of $1: apt-get download failed: $(tail -n 1 "debs/$1.part/apt.log"); run apt-get update, or take the package from packages.txt together with its test"
  mv "debs/$1.part"/*.deb "debs/$1.deb"
  rm -rf "debs/$1.part"
}

# `NAME *` in the list: the package that NAME depends on, which has the version in
# its name. `NAME|OTHER`: OTHER where this release of Debian has no NAME.
nameOf() {
  first=${1%%|*}
  [ "$first" = "$1" ] || [ -n "$(apt-cache madison "$first")" ] || first=${1#*|}
  [ "$2" = "*" ] || { echo "$first"; return; }
  apt-cache depends --important "$first" | sed -n 's/^ *Depends: //p' | head -n 1
}

grep -v '^#' "$list" >packages
while read -r name star; do
  package=$(nameOf "$name" "$star")
  [ -n "$package" ] ||
    die "headers of $name: apt knows no such package; run apt-get update, or take it from packages.txt together with its test"
  [ -e "root/.$package" ] && continue
  [ -e "debs/$package.deb" ] || fetch "$package"
  dpkg-deb --fsys-tarfile "debs/$package.deb" |
    tar -x -C root --wildcards '*/include/*' ||
    die "headers of $package: cannot unpack $PWD/debs/$package.deb; remove it and try again"
  touch "root/.$package"
done <packages
