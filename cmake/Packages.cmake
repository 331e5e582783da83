# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Debian packages, by `cpack` in the build folder:
#
#   selfconnect             the command, the guard, what all LLVMs share
#   selfconnect-tidy-N      the module for clang-tidy N, and selfconnect-clang-tidy-N
#   selfconnect-clangd-N    clangd N with the checks inside
#   libselfconnect-dev      the library, and selfconnect/guard.h
#
# A build without the command (preset matrix) makes those of its LLVM alone. The plain
# names selfconnect-clang-tidy and selfconnect-clangd are alternatives, so that the
# packages of two LLVMs can be installed.

set(SELFCONNECT_PACKAGE_CONTACT "selfconnect developers <maintainers@selfconnect.invalid>" CACHE STRING
    "Maintainer of the packages that cpack makes: Name <address>")
mark_as_advanced(SELFCONNECT_PACKAGE_CONTACT)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "${SELFCONNECT_PACKAGE_CONTACT}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/DebianFiles.cmake")
set(CPACK_COMPONENTS_ALL)

string(TIMESTAMP changed "%a, %d %b %Y %H:%M:%S +0000" UTC)

# selfconnect_package(COMPONENT NAME DEPENDS RECOMMENDS SUMMARY TEXT)
#
# That component is a package, with the licence and the changes that Debian wants.
function(selfconnect_package component name depends recommends summary text)
  set(dir "${PROJECT_BINARY_DIR}/packages/${name}")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/changelog.Debian.in"
                 "${dir}/changelog.Debian" @ONLY)
  install(FILES "${dir}/changelog.Debian" "${PROJECT_SOURCE_DIR}/cmake/copyright"
          DESTINATION "share/doc/${name}" COMPONENT ${component} EXCLUDE_FROM_ALL)
  string(TOUPPER "${component}" key)
  set(prefix CPACK_DEBIAN_${key})
  set(${prefix}_PACKAGE_NAME "${name}" PARENT_SCOPE)
  set(${prefix}_PACKAGE_DEPENDS "${depends}" PARENT_SCOPE)
  set(${prefix}_PACKAGE_RECOMMENDS "${recommends}" PARENT_SCOPE)
  set(${prefix}_DESCRIPTION "${summary}\n${text}" PARENT_SCOPE)
  if(ARGN) # the program whose plain name is an alternative
    set(PROGRAM "${ARGN}")
    foreach(script postinst prerm)
      configure_file("${PROJECT_SOURCE_DIR}/cmake/${script}.in" "${dir}/${script}" @ONLY)
      file(CHMOD "${dir}/${script}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
           GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
    endforeach()
    set(${prefix}_PACKAGE_CONTROL_EXTRA "${dir}/postinst;${dir}/prerm" PARENT_SCOPE)
  endif()
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${component} PARENT_SCOPE)
endfunction()

if(SELFCONNECT_RUNTIME)
  selfconnect_package(selfconnect selfconnect "" ""
    "finds and shows TCP sockets that connect to themselves"
    "A TCP client that retries connect() while no server listens can connect to
itself. This package has the command that shows it in a network namespace,
gives each finding of the checks a verdict, and guards programs against it.")
  selfconnect_package(libselfconnect-dev libselfconnect-dev
    "nlohmann-json3-dev, libfmt-dev" ""
    "prediction and reproduction of TCP self-connects, for tests"
    "The static library, its headers, and selfconnect/guard.h, a connect() that
cannot meet itself.")
endif()
if(SELFCONNECT_CHECKS)
  selfconnect_package(selfconnect-tidy selfconnect-tidy-${SELFCONNECT_LLVM}
    "clang-tidy-${SELFCONNECT_LLVM}" "selfconnect"
    "clang-tidy-${SELFCONNECT_LLVM} checks for TCP sockets that connect to themselves"
    "The clang-tidy module, and clang-tidy with the checks inside for where a
module cannot be loaded."
    selfconnect-clang-tidy)
endif()
if(TARGET selfconnect_clangd)
  selfconnect_package(selfconnect-clangd selfconnect-clangd-${SELFCONNECT_LLVM}
    "clang-tidy-${SELFCONNECT_LLVM}" "selfconnect"
    "clangd-${SELFCONNECT_LLVM} with checks for TCP sockets that connect to themselves"
    "Takes the place of clangd in an editor, which then shows the findings while
the code is typed."
    selfconnect-clangd)
endif()
set(CPACK_DEBIAN_LIBSELFCONNECT-DEV_PACKAGE_SECTION libdevel)
include(CPack)
