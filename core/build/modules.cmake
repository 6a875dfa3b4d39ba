# The modules that modtool.lock names, and how CMake adds them: what provider.cmake and older.cmake share. Made by modtool;
# deps.cmake beside it has the modules, docs/build.md tells how it works. For CMake 3.14 and newer.
cmake_policy(VERSION 3.14...3.24)

set_property(GLOBAL PROPERTY MODTOOL_STACK "")
file(REMOVE "${CMAKE_BINARY_DIR}/_modtool/stack" "${CMAKE_BINARY_DIR}/_modtool/refusal")
get_filename_component(_modtool_root "${CMAKE_CURRENT_LIST_DIR}" DIRECTORY)
set_property(GLOBAL PROPERTY MODTOOL_ROOT "${_modtool_root}")

# Whoever runs CMake without `modtool build`, as editors do, gets the same: proven sources, or none.
if(NOT "$ENV{MODTOOL_PROVEN}" STREQUAL "${_modtool_root}")
  find_program(MODTOOL_PROGRAM modtool PATHS ENV PATH NO_DEFAULT_PATH)
  mark_as_advanced(MODTOOL_PROGRAM)
  if(MODTOOL_PROGRAM)
    execute_process(COMMAND "${MODTOOL_PROGRAM}" -q -C "${_modtool_root}" cmake
      OUTPUT_QUIET RESULT_VARIABLE _modtool_result)
    if(NOT _modtool_result EQUAL 0)
      message(FATAL_ERROR "the sources of the modules could not be proven: `modtool cmake` failed with ${_modtool_result}")
    endif()
  else()
    message(FATAL_ERROR "modtool is not in PATH, so the sources of the modules cannot be proven; put it there, or name it with -D MODTOOL_PROGRAM=")
  endif()
endif()

# What deps.cmake is made of.

function(_modtool_module index key value)
  if(key MATCHES "^(DIR|OVERLAY)$")
    get_property(root GLOBAL PROPERTY MODTOOL_ROOT)
    get_filename_component(value "${value}" ABSOLUTE BASE_DIR "${root}")
  endif()
  set_property(GLOBAL PROPERTY "MODTOOL_${index}_${key}" "${value}")
  if(key STREQUAL "VERSION")
    get_property(path GLOBAL PROPERTY "MODTOOL_${index}_PATH")
    set_property(GLOBAL PROPERTY "MODTOOL_${index}_BINARY_DIR" "${CMAKE_BINARY_DIR}/_modtool/${path}@${value}")
  endif()
endfunction()

function(_modtool_package name index)
  set_property(GLOBAL PROPERTY "MODTOOL_PACKAGE_${name}" ${index})
  set_property(GLOBAL APPEND PROPERTY MODTOOL_PACKAGE_NAMES "${name}")
endfunction()

function(_modtool_content name index)
  set_property(GLOBAL PROPERTY "MODTOOL_CONTENT_${name}" ${index})
endfunction()

function(_modtool_allow name)
  set_property(GLOBAL PROPERTY "MODTOOL_ALLOWED_${name}" TRUE)
endfunction()

# Calls a macro of deps.cmake in the scope of the caller.
macro(_modtool_call command)
  if(CMAKE_VERSION VERSION_LESS 3.18)
    file(WRITE "${CMAKE_BINARY_DIR}/_modtool/call.cmake" "${command}()\n")
    include("${CMAKE_BINARY_DIR}/_modtool/call.cmake")
  else()
    cmake_language(CALL "${command}")
  endif()
endmacro()

# Remembers what a variable was before an option of a library is set.
macro(_modtool_save name)
  list(APPEND _modtool_saved ${name})
  if(DEFINED ${name})
    set(_modtool_before_${name} "${${name}}")
  else()
    unset(_modtool_before_${name})
  endif()
endmacro()

# A second name for a target; what it leads to may be such a name itself.
function(_modtool_alias name target)
  if(TARGET "${name}")
    return()
  endif()
  if(NOT TARGET "${target}")
    _modtool_refuse(MT3108 "`${name}` is described as an alias of `${target}`, and ${MODTOOL_MODULE} has no such target"
      "describe.${MODTOOL_PATH}.build.cmake.alias in modtool.json")
  endif()
  get_target_property(real "${target}" ALIASED_TARGET)
  if(NOT real)
    set(real "${target}")
  endif()
  get_target_property(type "${real}" TYPE)
  if(type STREQUAL "EXECUTABLE")
    add_executable("${name}" ALIAS "${real}")
  else()
    add_library("${name}" ALIAS "${real}")
  endif()
endfunction()

include("${CMAKE_CURRENT_LIST_DIR}/deps.cmake")

# What is being done, for who asks after a failure: a line for each library that is being added, and one for what is
# being looked for elsewhere. Success leaves none.

function(_modtool_keep_stack stack)
  set_property(GLOBAL PROPERTY MODTOOL_STACK "${stack}")
  file(WRITE "${CMAKE_BINARY_DIR}/_modtool/stack" "${stack}")
endfunction()

function(_modtool_push line)
  get_property(stack GLOBAL PROPERTY MODTOOL_STACK)
  _modtool_keep_stack("${stack}${line}\n")
endfunction()

function(_modtool_pop)
  get_property(stack GLOBAL PROPERTY MODTOOL_STACK)
  string(REGEX REPLACE "[^\n]*\n$" "" stack "${stack}")
  _modtool_keep_stack("${stack}")
endfunction()

# Ends the configuration. `where` is what is to be changed.
function(_modtool_refuse code message where)
  file(WRITE "${CMAKE_BINARY_DIR}/_modtool/refusal" "${code}\n${message}\n${where}\n")
  message(FATAL_ERROR "${code}: ${message}\n  change: ${where}")
endfunction()

# Whether a version will do for what find_package() asks: `wanted` is "1.2", "1.2...3" or "1.2...<3".
function(_modtool_version_fits version wanted exact result)
  set(${result} TRUE PARENT_SCOPE)
  if(wanted MATCHES "^(.+)\\.\\.\\.(<?)(.+)$")
    if(version VERSION_LESS CMAKE_MATCH_1 OR version VERSION_GREATER CMAKE_MATCH_3
       OR (CMAKE_MATCH_2 AND version VERSION_EQUAL CMAKE_MATCH_3))
      set(${result} FALSE PARENT_SCOPE)
    endif()
  elseif(version VERSION_LESS wanted OR (exact AND NOT version VERSION_EQUAL wanted))
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

# Makes a library's targets, once; its own scope keeps what is set for it away from the project and from other
# libraries. `subdir` is where its CMakeLists.txt is, if its description does not say. What is set here the library sees:
# hence the names.
function(_modtool_add _modtool_index _modtool_subdir)
  get_property(_modtool_added GLOBAL PROPERTY MODTOOL_${_modtool_index}_ADDED)
  if(_modtool_added)
    return()
  endif()
  set_property(GLOBAL PROPERTY MODTOOL_${_modtool_index}_ADDED TRUE)
  foreach(_modtool_key PATH VERSION DIR BINARY_DIR OVERLAY SUBDIR HEADERS)
    get_property(MODTOOL_${_modtool_key} GLOBAL PROPERTY MODTOOL_${_modtool_index}_${_modtool_key})
  endforeach()
  set(MODTOOL_MODULE "${MODTOOL_PATH}@${MODTOOL_VERSION}")
  _modtool_push("adding ${MODTOOL_MODULE}")
  if(MODTOOL_HEADERS)
    _modtool_call(_modtool_headers_${_modtool_index})
  else()
    _modtool_add_sources()
  endif()
  _modtool_call(_modtool_aliases_${_modtool_index})
  _modtool_pop()
endfunction()

# Before CMake 3.21 set(CACHE) of an entry that is not there takes the option away: it is there while the library is added.
macro(_modtool_lend_options)
  set(_modtool_lent "")
  foreach(_modtool_option IN LISTS _modtool_saved)
    if(CMAKE_VERSION VERSION_LESS 3.21 AND NOT DEFINED CACHE{${_modtool_option}})
      list(APPEND _modtool_lent ${_modtool_option})
      set(${_modtool_option} "${${_modtool_option}}" CACHE INTERNAL "")
    endif()
  endforeach()
endmacro()

# The part of it that runs the library's own CMakeLists.txt. A macro: all is set in the scope of _modtool_add.
macro(_modtool_add_sources)
  foreach(_modtool_option IN LISTS _modtool_saved)  # of the library around this one
    if(DEFINED _modtool_before_${_modtool_option})
      set(${_modtool_option} "${_modtool_before_${_modtool_option}}")
    else()
      unset(${_modtool_option})
    endif()
  endforeach()
  set(_modtool_saved "")
  set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)  # option() leaves a variable that is set alone
  set(CMAKE_POLICY_DEFAULT_CMP0126 NEW)  # and so does set(CACHE)
  set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL TRUE)
  set(BUILD_TESTING OFF)
  set(CMAKE_TESTING_ENABLED OFF)  # the tests of a library are not the project's
  set(CMAKE_COMPILE_WARNING_AS_ERROR OFF)
  foreach(_modtool_tool CLANG_TIDY CPPCHECK CPPLINT INCLUDE_WHAT_YOU_USE)
    set(CMAKE_C_${_modtool_tool} "")
    set(CMAKE_CXX_${_modtool_tool} "")
  endforeach()
  _modtool_call(_modtool_options_${_modtool_index})
  _modtool_lend_options()
  set(MODTOOL_SOURCE_DIR "${MODTOOL_DIR}")
  set(_modtool_source "${MODTOOL_DIR}")
  if(MODTOOL_OVERLAY)
    set(_modtool_source "${MODTOOL_OVERLAY}")
  elseif(MODTOOL_SUBDIR)
    set(_modtool_source "${MODTOOL_DIR}/${MODTOOL_SUBDIR}")
  elseif(NOT "${_modtool_subdir}" STREQUAL "")
    set(_modtool_source "${MODTOOL_DIR}/${_modtool_subdir}")
  endif()
  if(NOT EXISTS "${_modtool_source}/CMakeLists.txt")
    _modtool_refuse(MT3108 "${MODTOOL_MODULE} has no CMakeLists.txt"
      "describe.${MODTOOL_PATH} in modtool.json: \"overlay\", \"build\": {\"cmake\": {\"subdir\": …}} or \"build\": {\"headerOnly\": …}")
  endif()
  if(CMAKE_VERSION VERSION_LESS 3.25)
    add_subdirectory("${_modtool_source}" "${MODTOOL_BINARY_DIR}" EXCLUDE_FROM_ALL)
  else()
    add_subdirectory("${_modtool_source}" "${MODTOOL_BINARY_DIR}" EXCLUDE_FROM_ALL SYSTEM)
  endif()
  foreach(_modtool_option IN LISTS _modtool_lent)
    unset(${_modtool_option} CACHE)
  endforeach()
endmacro()

# The arguments of find_package() behind the name. Sets the variables `version`, `components`, `optional`, `required`,
# `exact`, `quiet`, `names`.
macro(_modtool_read_arguments)
  cmake_parse_arguments(PARSE_ARGV 1 given
    "EXACT;QUIET;REQUIRED;OPTIONAL;MODULE;CONFIG;NO_MODULE;NO_POLICY_SCOPE;GLOBAL;UNWIND_INCLUDE;BYPASS_PROVIDER;NO_DEFAULT_PATH;NO_PACKAGE_ROOT_PATH;NO_CMAKE_PATH;NO_CMAKE_ENVIRONMENT_PATH;NO_SYSTEM_ENVIRONMENT_PATH;NO_CMAKE_PACKAGE_REGISTRY;NO_CMAKE_BUILDS_PATH;NO_CMAKE_SYSTEM_PATH;NO_CMAKE_INSTALL_PREFIX;NO_CMAKE_SYSTEM_PACKAGE_REGISTRY;CMAKE_FIND_ROOT_PATH_BOTH;ONLY_CMAKE_FIND_ROOT_PATH;NO_CMAKE_FIND_ROOT_PATH"
    "REGISTRY_VIEW" "COMPONENTS;OPTIONAL_COMPONENTS;NAMES;CONFIGS;HINTS;PATHS;PATH_SUFFIXES")
  set(version "")
  set(components ${given_UNPARSED_ARGUMENTS} ${given_COMPONENTS})  # REQUIRED may be followed by components
  foreach(argument IN LISTS given_UNPARSED_ARGUMENTS)
    if("${version}" STREQUAL "" AND argument MATCHES "^[0-9.]+(\\.\\.\\.<?[0-9.]+)?$")
      set(version "${argument}")
      list(REMOVE_ITEM components "${argument}")
    endif()
  endforeach()
  set(optional ${given_OPTIONAL_COMPONENTS})
  set(required "${given_REQUIRED}")
  if(CMAKE_REQUIRE_FIND_PACKAGE_${name})
    set(required TRUE)
  endif()
endmacro()

# What was asked for does not fit: an error where it is required, else the package counts as not found.
macro(_modtool_not_found code message where)
  if(required)
    _modtool_refuse(${code} "${message}" "${where}")
  endif()
  _modtool_hide("${name}" "${message}" ${given_NAMES})
  set(${name}_FOUND FALSE PARENT_SCOPE)
  set(_modtool_answer HIDDEN PARENT_SCOPE)
  return()
endmacro()

# Sets `_modtool_answer`: the module that answers, HIDDEN where it does not fit, UNKNOWN where there is none.
function(_modtool_choose_package name)
  get_property(index GLOBAL PROPERTY "MODTOOL_PACKAGE_${name}")
  if("${index}" STREQUAL "" OR CMAKE_DISABLE_FIND_PACKAGE_${name})
    set(_modtool_answer UNKNOWN PARENT_SCOPE)
    return()
  endif()
  set(_modtool_answer ${index} PARENT_SCOPE)
  set(${name}_FOUND TRUE PARENT_SCOPE)  # also where an error ends this: CMake must not go on to look elsewhere
  _modtool_read_arguments(${ARGV})
  get_property(path GLOBAL PROPERTY MODTOOL_${index}_PATH)
  get_property(module_version GLOBAL PROPERTY MODTOOL_${index}_VERSION)
  get_property(seen GLOBAL PROPERTY MODTOOL_${index}_CMAKE_VERSION)
  _modtool_version_fits("${seen}" "${version}" "${given_EXACT}" fits)
  if(NOT fits)
    set(asked "${version}")
    if(given_EXACT)
      string(APPEND asked " EXACT")
    endif()
    _modtool_not_found(MT3107
      "find_package(${name} ${asked}) is given ${path}@${module_version}, which CMake sees as version ${seen}"
      "require.${path} in modtool.json")
  endif()
endfunction()

# Answers with a module whose targets are there.
function(_modtool_answer_package name)
  _modtool_read_arguments(${ARGV})
  set(index ${_modtool_answer})
  get_property(path GLOBAL PROPERTY MODTOOL_${index}_PATH)
  get_property(module_version GLOBAL PROPERTY MODTOOL_${index}_VERSION)
  get_property(seen GLOBAL PROPERTY MODTOOL_${index}_CMAKE_VERSION)
  set(missing "")
  foreach(component IN LISTS components optional)
    set(there FALSE)
    if(TARGET "${name}::${component}" OR TARGET "${component}")
      set(there TRUE)
    elseif(component IN_LIST components)
      list(APPEND missing "${component}")
    endif()
    set(${name}_${component}_FOUND ${there} PARENT_SCOPE)
  endforeach()
  if(missing)
    list(JOIN missing "`, `" missing)
    _modtool_not_found(MT3108 "${path}@${module_version} has no target for the components `${missing}` of ${name}"
      "describe.${path}.build.cmake.alias in modtool.json: \"${name}::COMPONENT\": \"its target\"")
  endif()
  _modtool_set_found()
  _modtool_call(_modtool_vars_${index})
endfunction()

# The variables that a package sets, in the scope of the caller of _modtool_answer_package.
macro(_modtool_set_found)
  get_property(dir GLOBAL PROPERTY MODTOOL_${index}_DIR)
  get_property(binary_dir GLOBAL PROPERTY MODTOOL_${index}_BINARY_DIR)
  string(TOUPPER "${name}" upper)
  set(${name}_FOUND TRUE PARENT_SCOPE)
  set(${upper}_FOUND TRUE PARENT_SCOPE)
  if(NOT CMAKE_VERSION VERSION_LESS 3.24)  # older ones would look there for the package, and take what lies there
    set(${name}_DIR "${dir}" PARENT_SCOPE)
  endif()
  set(${name}_SOURCE_DIR "${dir}" PARENT_SCOPE)
  set(${name}_BINARY_DIR "${binary_dir}" PARENT_SCOPE)
  set(${name}_VERSION "${seen}" PARENT_SCOPE)
  string(REPLACE "." ";" numbers "${seen}")
  list(LENGTH numbers count)
  set(${name}_VERSION_COUNT ${count} PARENT_SCOPE)
  list(APPEND numbers 0 0 0 0)
  foreach(part MAJOR MINOR PATCH TWEAK)
    list(GET numbers 0 number)
    list(REMOVE_AT numbers 0)
    set(${name}_VERSION_${part} ${number} PARENT_SCOPE)
  endforeach()
endmacro()

# The same for what FetchContent asks. `_modtool_subdir` is what the project says of the CMakeLists.txt; where there is none,
# the sources alone are the answer, and `_modtool_has_targets` is FALSE.
function(_modtool_choose_content name)
  string(TOLOWER "${name}" lower)
  get_property(index GLOBAL PROPERTY "MODTOOL_CONTENT_${lower}")
  set(_modtool_answer UNKNOWN PARENT_SCOPE)
  if("${index}" STREQUAL "")
    return()
  endif()
  set(_modtool_answer ${index} PARENT_SCOPE)
  cmake_parse_arguments(PARSE_ARGV 1 given "" "SOURCE_SUBDIR" "")
  foreach(key DIR OVERLAY SUBDIR HEADERS)
    get_property(${key} GLOBAL PROPERTY MODTOOL_${index}_${key})
  endforeach()
  set(subdir "${SUBDIR}")
  if("${subdir}" STREQUAL "")
    set(subdir "${given_SOURCE_SUBDIR}")
  endif()
  set(_modtool_subdir "${subdir}" PARENT_SCOPE)
  set(_modtool_has_targets FALSE PARENT_SCOPE)
  if(OVERLAY OR HEADERS OR EXISTS "${DIR}/${subdir}/CMakeLists.txt")
    set(_modtool_has_targets TRUE PARENT_SCOPE)
  endif()
endfunction()

function(_modtool_check_unknown_content name)
  cmake_parse_arguments(PARSE_ARGV 1 given "" "SOURCE_DIR" "")
  if(FETCHCONTENT_FULLY_DISCONNECTED AND NOT EXISTS "${given_SOURCE_DIR}")
    _modtool_refuse(MT3106 "no module provides what FetchContent calls `${name}`, and nothing is fetched here"
      "modtool.json: \"require\" a module, and name `${name}` in its describe.….build.cmake.names")
  endif()
endfunction()

# Macros, since what others find must be set in the scope of the caller, and what is set while a library is chosen is
# none of the library's business. `_modtool_answer` tells what became of it.

macro(_modtool_find_package name)
  _modtool_choose_package("${name}" ${ARGN})
  if("${_modtool_answer}" MATCHES "^[0-9]+$")
    _modtool_add("${_modtool_answer}" "")
    _modtool_answer_package("${name}" ${ARGN})
  endif()
endmacro()

macro(_modtool_find_content name)
  _modtool_choose_content("${name}" ${ARGN})
  if("${_modtool_answer}" MATCHES "^[0-9]+$" AND _modtool_has_targets)
    _modtool_add("${_modtool_answer}" "${_modtool_subdir}")
  endif()
endmacro()

# Keeps a directory first in a list of directories that the project sets.

macro(_modtool_keep_first variable directory)
  set_property(GLOBAL PROPERTY "MODTOOL_FIRST_${variable}" "${directory}")
  variable_watch("${variable}" _modtool_stay_first)
endmacro()

macro(_modtool_stay_first variable access value)
  get_property(_modtool_first GLOBAL PROPERTY "MODTOOL_FIRST_${variable}")
  string(FIND "${value};" "${_modtool_first};" _modtool_place)
  if("${access}" MATCHES "^(MODIFIED|REMOVED)_ACCESS$" AND NOT _modtool_place EQUAL 0)
    set(${variable} "${_modtool_first};${value}")
  endif()
endmacro()
