# Answers find_package() and FetchContent_MakeAvailable() with the modules of modules.cmake: a dependency provider, for CMake
# 3.24 and newer. Made by modtool.
cmake_policy(VERSION 3.24)

set_property(GLOBAL PROPERTY MODTOOL_STRICT "${MODTOOL_STRICT}")
include("${CMAKE_CURRENT_LIST_DIR}/modules.cmake")

# Keeps CMake from looking elsewhere for a package that was refused: what is in this directory is found first.
function(_modtool_hide name message)
  foreach(hidden IN LISTS name ARGN)
    string(TOLOWER "${hidden}" lower)
    set(file "${CMAKE_FIND_PACKAGE_REDIRECTS_DIR}/${lower}-config")
    file(WRITE "${file}-version.cmake" "set(PACKAGE_VERSION 0)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\nset(PACKAGE_VERSION_EXACT TRUE)\n")
    file(WRITE "${file}.cmake"
      "set(\${CMAKE_FIND_PACKAGE_NAME}_FOUND FALSE)\n"
      "set(\${CMAKE_FIND_PACKAGE_NAME}_NOT_FOUND_MESSAGE [==[${message}]==])\n")
  endforeach()
endfunction()

# A package that no module provides: CMake looks for it when this has returned.
function(_modtool_look_elsewhere name)
  get_property(strict GLOBAL PROPERTY MODTOOL_STRICT)
  get_property(allowed GLOBAL PROPERTY "MODTOOL_ALLOWED_${name}")
  if(strict AND NOT allowed AND NOT CMAKE_DISABLE_FIND_PACKAGE_${name})
    _modtool_refuse(MT3106 "no module provides the package `${name}`, and --strict lets none of this machine in"
      "modtool.json: \"require\" a module and name `${name}` in its describe.….build.cmake.names, or let it pass by \"build\": {\"allow\": [\"${name}\"]}")
  endif()
  _modtool_watch_elsewhere("${name}")
  if(REQUIRED IN_LIST ARGN OR CMAKE_REQUIRE_FIND_PACKAGE_${name})
    get_property(watched GLOBAL PROPERTY "MODTOOL_WATCHED_${name}")
    if(NOT watched)
      set_property(GLOBAL PROPERTY "MODTOOL_WATCHED_${name}" TRUE)
      variable_watch("${name}_FOUND" _modtool_looked)
    endif()
    _modtool_push("looking ${name}")
  endif()
endfunction()

# The answer of CMake's own search.
function(_modtool_looked variable access value)
  string(REGEX REPLACE "_FOUND$" "" name "${variable}")
  get_property(stack GLOBAL PROPERTY MODTOOL_STACK)
  string(LENGTH "${stack}" length)
  string(LENGTH "looking ${name}\n" line)
  string(FIND "${stack}" "looking ${name}\n" at REVERSE)
  math(EXPR end "${at} + ${line}")
  if(access STREQUAL "MODIFIED_ACCESS" AND value AND at GREATER -1 AND end EQUAL length)
    _modtool_pop()
  endif()
endfunction()

function(_modtool_answer_content name)
  get_property(dir GLOBAL PROPERTY MODTOOL_${_modtool_answer}_DIR)
  get_property(binary_dir GLOBAL PROPERTY MODTOOL_${_modtool_answer}_BINARY_DIR)
  FetchContent_SetPopulated("${name}" SOURCE_DIR "${dir}" BINARY_DIR "${binary_dir}")
endfunction()

# What was declared with FIND_PACKAGE_ARGS CMake looks for as a package next; it is asked for again where there is none. CMake keeps
# these arguments, but does not hand them on (3.25).
function(_modtool_check_unprovided_content name)
  string(TOLOWER "${name}" lower)
  get_property(is_looked_for GLOBAL PROPERTY "_FetchContent_${lower}_find_package_args" DEFINED)
  if(NOT is_looked_for)
    _modtool_check_unknown_content("${name}" ${ARGN})
  endif()
endfunction()

macro(_modtool_provide_package name)
  _modtool_find_package("${name}" ${ARGN})
  if("${_modtool_answer}" STREQUAL "UNKNOWN" AND "${MODTOOL_NEXT_PROVIDER}" STREQUAL "")
    _modtool_look_elsewhere("${name}" ${ARGN})
  endif()
endmacro()

macro(_modtool_provide_content name)
  _modtool_find_content("${name}" ${ARGN})
  if("${_modtool_answer}" MATCHES "^[0-9]+$")
    _modtool_answer_content("${name}")
  elseif("${MODTOOL_NEXT_PROVIDER}" STREQUAL "")
    _modtool_check_unprovided_content("${name}" ${ARGN})
  endif()
endmacro()

macro(modtool_provide method name)
  if("${method}" STREQUAL "FIND_PACKAGE")
    _modtool_provide_package("${name}" ${ARGN})
  else()
    _modtool_provide_content("${name}" ${ARGN})
  endif()
  if("${_modtool_answer}" STREQUAL "UNKNOWN" AND NOT "${MODTOOL_NEXT_PROVIDER}" STREQUAL "")
    cmake_language(CALL "${MODTOOL_NEXT_PROVIDER}" "${method}" "${name}" ${ARGN})
  endif()
endmacro()

cmake_language(SET_DEPENDENCY_PROVIDER modtool_provide
  SUPPORTED_METHODS FIND_PACKAGE FETCHCONTENT_MAKEAVAILABLE_SERIAL)

# FetchContent_Populate() asks no provider. What it reads on its way leads it to the module: it is run in the scope of the
# function that reads. (A FetchContent.cmake in CMAKE_MODULE_PATH would do so, too, but projects make paths of that variable.)

# As if the module had been there before. The form with a name alone looks whether it may fetch.
macro(_modtool_watch_populate variable access value)
  if("${CMAKE_CURRENT_FUNCTION}" MATCHES "^(__)?FetchContent_Populate$" AND DEFINED contentDetails)
    _modtool_choose_content("${contentName}" ${contentDetails})
    if("${_modtool_answer}" MATCHES "^[0-9]+$")
      _modtool_read_places()
      list(APPEND contentDetails SOURCE_DIR "${_modtool_source}" BINARY_DIR "${_modtool_binary}")
      set(FETCHCONTENT_FULLY_DISCONNECTED ON)
    else()
      _modtool_check_unknown_content("${contentName}" ${contentDetails})
    endif()
  endif()
endmacro()

# The form with all details fetches at once: into a directory that is filled already, from nowhere.
macro(_modtool_watch_fetching variable access value)
  if("${CMAKE_CURRENT_FUNCTION}" MATCHES "^__FetchContent_(directPopulate|doPopulation)$")
    _modtool_choose_content("${contentName}" ${ARG_UNPARSED_ARGUMENTS})
    if("${_modtool_answer}" MATCHES "^[0-9]+$")
      _modtool_read_places()
      set(ARG_SOURCE_DIR "${_modtool_source}")
      set(ARG_BINARY_DIR "${_modtool_binary}")
      set(ARG_UNPARSED_ARGUMENTS "")
    else()
      _modtool_check_unknown_content("${contentName}" ${ARG_UNPARSED_ARGUMENTS} SOURCE_DIR "${ARG_SOURCE_DIR}")
    endif()
  endif()
endmacro()

macro(_modtool_read_places)
  get_property(_modtool_source GLOBAL PROPERTY MODTOOL_${_modtool_answer}_DIR)
  get_property(_modtool_binary GLOBAL PROPERTY MODTOOL_${_modtool_answer}_BINARY_DIR)
endmacro()

variable_watch(FETCHCONTENT_FULLY_DISCONNECTED _modtool_watch_populate)
variable_watch(ARG_SUBBUILD_DIR _modtool_watch_fetching)
