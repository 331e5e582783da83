# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Run by cpack on the files of each package: Debian has its manual pages and its
# changes compressed.

file(GLOB_RECURSE pages "${CPACK_TEMPORARY_DIRECTORY}/*.1"
                        "${CPACK_TEMPORARY_DIRECTORY}/changelog.Debian")
foreach(page IN LISTS pages)
  execute_process(COMMAND gzip -9nf "${page}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
