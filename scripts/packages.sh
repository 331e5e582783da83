# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by scripts/test: the Debian packages of builds, and their tests.
#
#   packagesBuild MAJORS   sets packageDirs to builds that packages are made of, in
#                          build-package and, of further LLVMs, build-package-llvmN
#   packagesTest           makes and tests their packages, in build-packages/new
#
# Each is tried on a bare root of this release, by test/package/try_debs.py.

packagesBuild() {
  local major llvmMajors
  setupChooseLLVM "${1#all}"
  [[ $1 != all ]] || llvmMajor=$defaultLLVM
  llvmMajors=$llvmMajor
  if [[ $1 == all ]]; then
    for major in $releaseLLVM; do
      [[ $major == "$llvmMajor" ]] || llvmMajors+=" $major"
    done
  fi
  setupInstall lintian debootstrap
  packageDirs=()
  buildDir=$root/build-package
  for llvmMajor in $llvmMajors; do
    if [[ ${#packageDirs[@]} == 0 ]]; then
      setupBuild package
    else
      buildDir=$root/build-package-llvm$llvmMajor
      setupBuild package-module
    fi
    packageDirs+=("$buildDir")
  done
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
