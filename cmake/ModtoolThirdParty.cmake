# Third-party libraries, all from the system; nothing is downloaded.
# curl, Graphviz, libgit2 and libarchive are needed for their headers only: their doors load them when they are first used
# (ARCHITECTURE.md, "Start-up").

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
if(MODTOOL_TESTS)
  pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
endif()
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
find_package(ZLIB REQUIRED)
pkg_check_modules(CURL_HEADERS REQUIRED libcurl)
pkg_check_modules(GVC_HEADERS REQUIRED libgvc)
pkg_check_modules(GIT2_HEADERS REQUIRED libgit2)
pkg_check_modules(ARCHIVE_HEADERS REQUIRED libarchive)

# The include directories of a library whose door loads it by itself.
function(modtool_headers name directories)
  add_library(modtool_${name}_headers INTERFACE)
  target_include_directories(modtool_${name}_headers SYSTEM INTERFACE ${directories})
endfunction()
modtool_headers(curl "${CURL_HEADERS_INCLUDE_DIRS}")
modtool_headers(gvc "${GVC_HEADERS_INCLUDE_DIRS}")
modtool_headers(git2 "${GIT2_HEADERS_INCLUDE_DIRS}")
modtool_headers(archive "${ARCHIVE_HEADERS_INCLUDE_DIRS}")
