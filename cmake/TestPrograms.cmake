# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What tests need besides the build: foreign programs, headers, modules of Python.
# A test that lacks one is left out; selfconnect_report_left_out() says how many
# are, and what is missing. The gate demands all of them.

option(SELFCONNECT_DEMAND_ALL_TESTS
  "Stop where a test would be left out because a program is missing" OFF)

set_property(GLOBAL PROPERTY selfconnectWanted "")
set_property(GLOBAL PROPERTY selfconnectLeftOut "")

# Says that tests (names, or what they are) are left out because `what` is missing,
# which the Debian packages named install.
function(selfconnect_leave_out what packages)
  set_property(GLOBAL APPEND PROPERTY selfconnectWanted "${what}")
  set_property(GLOBAL APPEND PROPERTY selfconnectPackages "${packages}")
  set_property(GLOBAL APPEND PROPERTY selfconnectLeftOut ${ARGN})
endfunction()

# A lit feature: tests of this folder that say `REQUIRES: feature` are left out
# unless `found`. Sets SELFCONNECT_TEST_FEATURES, which lit reads.
macro(selfconnect_feature feature package found)
  if(${found})
    list(APPEND SELFCONNECT_TEST_FEATURES "${feature}")
  else()
    set(without "")
    file(GLOB_RECURSE candidates "${CMAKE_CURRENT_SOURCE_DIR}/*.test"
         "${CMAKE_CURRENT_SOURCE_DIR}/*.c" "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
    foreach(candidate ${candidates})
      file(STRINGS "${candidate}" line REGEX "REQUIRES:.* ${feature}(,|$)")
      if(line)
        list(APPEND without "${candidate}")
      endif()
    endforeach()
    selfconnect_leave_out("${feature}" "${package}" ${without})
  endif()
endmacro()

# Sets `found` to whether Python has the module.
function(selfconnect_find_python_module module found)
  execute_process(COMMAND "${Python3_EXECUTABLE}" -c "import ${module}"
    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    set(${found} OFF PARENT_SCOPE)
  else()
    set(${found} ON PARENT_SCOPE)
  endif()
endfunction()

function(selfconnect_report_left_out)
  get_property(wanted GLOBAL PROPERTY selfconnectWanted)
  if(NOT wanted)
    return()
  endif()
  get_property(leftOut GLOBAL PROPERTY selfconnectLeftOut)
  get_property(packages GLOBAL PROPERTY selfconnectPackages)
  foreach(each wanted leftOut packages)
    list(REMOVE_DUPLICATES ${each})
  endforeach()
  list(LENGTH leftOut count)
  list(JOIN wanted ", " wanted)
  list(JOIN packages " " packages)
  set(line "${count} tests and suites are left out. Missing: ${wanted}. To run all:\n"
    "  apt-get install ${packages}")
  if(SELFCONNECT_DEMAND_ALL_TESTS)
    message(FATAL_ERROR ${line} "\nor allow that with -DSELFCONNECT_DEMAND_ALL_TESTS=OFF")
  endif()
  message(STATUS ${line})
endfunction()
