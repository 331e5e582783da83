# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Run by cpack on the files of all packages: Debian has its manual pages and its
# changes compressed, and its zsh looks for completions of packages elsewhere.

file(GLOB_RECURSE pages "${CPACK_TEMPORARY_DIRECTORY}/*.1"
                        "${CPACK_TEMPORARY_DIRECTORY}/changelog.Debian")
foreach(page IN LISTS pages)
  execute_process(COMMAND gzip -9nf "${page}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()

file(GLOB_RECURSE completions "${CPACK_TEMPORARY_DIRECTORY}/_selfconnect")
foreach(completion IN LISTS completions)
  cmake_path(GET completion PARENT_PATH folder)
  cmake_path(GET folder PARENT_PATH zsh)
  file(RENAME "${folder}" "${zsh}/vendor-completions")
endforeach()
