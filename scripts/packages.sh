# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by scripts/test: the Debian packages of builds, and their tests.
#
#   packagesBuild MAJORS   sets packageDirs to the builds that packages are made of:
#                          of all LLVMs the builds that are tested
#   packagesTest           makes and tests their packages, in build-packages/new
#
# Each is tried on a bare root of this release, by test/package/try_debs.py.

packagesBuild() {
  local major
  packageDirs=()
  if [[ $1 == all ]]; then
    buildAll
    for major in "${builtMajors[@]}"; do
      packageDirs+=("$(moduleDir "$major")")
    done
  else
    setupChooseLLVM "$1"
    buildDir=$root/build-package
    setupInstall
    setupBuild package
    packageDirs=("$buildDir")
  fi
  setupInstall lintian debootstrap
}

packagesTest() {
  local release dir work=$root/build-packages
  local results=$work/test/results
  release=${SELFCONNECT_RELEASE:-$(. /etc/os-release && echo "${VERSION_CODENAME:-}")}
  rm -rf "$work/old" "$work/new" "$results"
  mkdir -p "$work/old" "$work/new" "$results"
  say "making packages in build-packages/new"
  for dir in "${packageDirs[@]}"; do
    cpack --config "$dir/CPackConfig.cmake" -B "$work/new" >&2 &&
      # Those of a version before, to upgrade from.
      cpack --config "$dir/CPackConfig.cmake" -B "$work/old" \
        -D CPACK_PACKAGE_VERSION=0.1.9~ >&2 || die "cpack: see above"
  done
  rm -rf "$work"/{old,new}/_CPack_Packages
  releaseMakeRoot "$release" "$work/root"
  debianSources >"$work/root/etc/apt/sources.list"
  say "trying the packages on a bare root of $release"
  python3 "$root/test/package/try_debs.py" --enter "$root/scripts/enter_root" \
    --root "$work/root" --old "$work/old" --new "$work/new" --results "$results" >&2 ||
    true # what failed is counted at the end
  resultDirs+=("$results")
}
