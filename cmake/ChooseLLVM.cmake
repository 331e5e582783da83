# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Picks the LLVM that the clang-tidy module is built for and sets
#
#   SELFCONNECT_LLVM              its major: 19
#   SELFCONNECT_LLVM_INCLUDE_DIR  where clang-tidy/ClangTidyModule.h is
#   SELFCONNECT_LLVM_ROOT_DIR     its root, with lib/clang/N and the libraries
#   SELFCONNECT_LLVM_BIN_DIR      where its clang-tidy and FileCheck are
#
# The module links nothing of Clang (the clang-tidy that loads it has all of
# it), so the headers are all that is needed: find_package(Clang) is not used,
# since Debian's exported targets name files of packages that need not be
# installed.
#
# Order of choice: -DSELFCONNECT_LLVM=N; the major of the clang-tidy on PATH if
# its headers are installed; the newest tested one whose headers are. Debian's
# /usr/lib/llvm-N is looked in; for an LLVM elsewhere, -DSELFCONNECT_LLVM_ROOT
# names its root (a list of roots, where there are several).

# Sets `found` to the root of an LLVM of that major with all we need, or to "".
function(selfconnect_find_llvm major found)
  set(${found} "" PARENT_SCOPE)
  foreach(root "/usr/lib/llvm-${major}" ${SELFCONNECT_LLVM_ROOT})
    if(EXISTS "${root}/include/clang-tidy/ClangTidyModule.h"
       AND EXISTS "${root}/bin/clang-tidy"
       AND EXISTS "${root}/include/llvm/Config/llvm-config.h")
      file(STRINGS "${root}/include/llvm/Config/llvm-config.h" line
           REGEX "#define LLVM_VERSION_MAJOR ${major}$")
      if(line)
        set(${found} "${root}" PARENT_SCOPE)
        return()
      endif()
    endif()
  endforeach()
endfunction()

set(llvmRoot "")
list(GET SELFCONNECT_TESTED_LLVM 0 oldest)
if(SELFCONNECT_LLVM)
  if(NOT SELFCONNECT_LLVM MATCHES "^[0-9]+$" OR SELFCONNECT_LLVM LESS oldest)
    message(FATAL_ERROR
      "SELFCONNECT_LLVM is ${SELFCONNECT_LLVM}; give a major from ${oldest} on; "
      "tested: ${testedText}")
  endif()
  set(wanted ${SELFCONNECT_LLVM})
  selfconnect_find_llvm(${SELFCONNECT_LLVM} llvmRoot)
else()
  set(wanted 19)
  find_program(SELFCONNECT_PATH_CLANG_TIDY clang-tidy)
  mark_as_advanced(SELFCONNECT_PATH_CLANG_TIDY)
  if(SELFCONNECT_PATH_CLANG_TIDY)
    execute_process(COMMAND "${SELFCONNECT_PATH_CLANG_TIDY}" --version
                    OUTPUT_VARIABLE version ERROR_QUIET)
    if(version MATCHES "LLVM version ([0-9]+)"
       AND CMAKE_MATCH_1 GREATER_EQUAL oldest)
      set(wanted ${CMAKE_MATCH_1})
      selfconnect_find_llvm(${wanted} llvmRoot)
    endif()
  endif()
  set(newestFirst ${SELFCONNECT_TESTED_LLVM})
  list(REVERSE newestFirst)
  foreach(major ${newestFirst})
    if(NOT llvmRoot)
      selfconnect_find_llvm(${major} llvmRoot)
      if(llvmRoot)
        set(wanted ${major})
      endif()
    endif()
  endforeach()
endif()

if(NOT llvmRoot)
  message(FATAL_ERROR
    "The development files of LLVM ${wanted} are missing. Install them:\n"
    "  apt-get install clang-tidy-${wanted} libclang-${wanted}-dev llvm-${wanted}-dev llvm-${wanted}-tools\n"
    "or build without the clang-tidy module: -DSELFCONNECT_CHECKS=OFF")
endif()

if(NOT wanted IN_LIST SELFCONNECT_TESTED_LLVM)
  message(WARNING "LLVM ${wanted} is untested; tested: ${testedText}")
endif()

set_property(CACHE SELFCONNECT_LLVM PROPERTY VALUE ${wanted})
set(SELFCONNECT_LLVM_INCLUDE_DIR "${llvmRoot}/include")
set(SELFCONNECT_LLVM_ROOT_DIR "${llvmRoot}")
set(SELFCONNECT_LLVM_BIN_DIR "${llvmRoot}/bin")
message(STATUS "clang-tidy module for LLVM ${SELFCONNECT_LLVM} (${llvmRoot})")
