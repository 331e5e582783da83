# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The warnings that our own code is clean under, with GCC 12 and Clang 19.

option(SELFCONNECT_WERROR "Treat warnings in our own code as errors" OFF)

function(selfconnect_warnings target)
  target_compile_options(
    ${target}
    PRIVATE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wno-sign-conversion
            $<$<BOOL:${SELFCONNECT_WERROR}>:-Werror>)
endfunction()

# For code in LLVM's style, whose constructors name a parameter as the member
# that it becomes. GCC warns of null pointers inside Clang's inlined headers.
function(selfconnect_llvm_warnings target)
  target_compile_options(
    ${target}
    PRIVATE -Wall
            -Wextra
            -Wpedantic
            $<$<CXX_COMPILER_ID:GNU>:-Wno-nonnull>
            $<$<BOOL:${SELFCONNECT_WERROR}>:-Werror>)
endfunction()
