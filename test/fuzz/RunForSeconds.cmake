# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The test `fuzz`: builds the fuzzers in a folder of the build, as CMakeLists.txt
# documents it, and runs each for seconds, on all of the corpus first.

# The newest Clang that has libFuzzer.
set(SELFCONNECT_FUZZ_CLANGXX "")
set(majors ${SELFCONNECT_TESTED_LLVM})
list(REVERSE majors)
foreach(major ${majors})
  find_program(SELFCONNECT_CLANGXX_${major} clang++-${major})
  mark_as_advanced(SELFCONNECT_CLANGXX_${major})
  set(compiler "${SELFCONNECT_CLANGXX_${major}}")
  if(NOT compiler)
    continue()
  endif()
  execute_process(COMMAND "${compiler}" -print-resource-dir
    OUTPUT_VARIABLE resources OUTPUT_STRIP_TRAILING_WHITESPACE)
  file(GLOB_RECURSE libraries "${resources}/lib/*clang_rt.fuzzer*.a")
  if(libraries)
    set(SELFCONNECT_FUZZ_CLANGXX "${compiler}")
    break()
  endif()
endforeach()
if(NOT SELFCONNECT_FUZZ_CLANGXX)
  selfconnect_leave_out(libFuzzer "clang-19;libclang-rt-19-dev" "test fuzz")
  return()
endif()

string(REPLACE "clang++" "clang" clang "${SELFCONNECT_FUZZ_CLANGXX}")
set(fuzzBuild "${CMAKE_CURRENT_BINARY_DIR}/build")
add_test(NAME fuzz.configure
  COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${PROJECT_SOURCE_DIR}" -B "${fuzzBuild}"
          "-DCMAKE_CXX_COMPILER=${SELFCONNECT_FUZZ_CLANGXX}"
          "-DCMAKE_C_COMPILER=${clang}"
          "-DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}"
          -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1
          -DSELFCONNECT_CHECKS=OFF -DSELFCONNECT_FUZZ=ON
          -DSELFCONNECT_DEMAND_ALL_TESTS=OFF -DSELFCONNECT_FUZZ_SECONDS=5)
add_test(NAME fuzz
  COMMAND "${CMAKE_COMMAND}" --build "${fuzzBuild}" --target fuzz)
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
set_tests_properties(fuzz.configure PROPERTIES FIXTURES_SETUP fuzzers)
set_tests_properties(fuzz PROPERTIES FIXTURES_REQUIRED fuzzers
  TIMEOUT 1200 PROCESSORS ${cores})
