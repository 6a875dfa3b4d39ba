// The CMake code beside this file, as text.
#pragma once

#include <string_view>

namespace modtool::build {

std::string_view fetch_content_text();  // the module FetchContent of CMake 3.14 to 3.23
std::string_view find_modules_text();   // answers in the place of CMake's own find modules
std::string_view includes_text();       // where the targets of modules have their headers
std::string_view modules_text();        // how the modules of deps.cmake are added
std::string_view older_text();          // find_package() of CMake 3.14 to 3.23
std::string_view outside_text();        // what a build takes past the modules
std::string_view pkg_config_text();     // what pkg-config answers for the modules
std::string_view scope_text();          // the variables around a library
std::string_view provider_text();       // the dependency provider of CMake 3.24 and newer

}  // namespace modtool::build
