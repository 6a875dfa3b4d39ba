# The modules of modules.cmake for CMake 3.14 to 3.23, which asks no provider: the files in packages/ lead find_package() and
# FetchContent to what is here. Made by modtool.
cmake_policy(VERSION 3.14...3.23)

get_property(_modtool_is_ready GLOBAL PROPERTY MODTOOL_READY)
if(NOT _modtool_is_ready)
  set_property(GLOBAL PROPERTY MODTOOL_READY TRUE)
  if(MODTOOL_STRICT)
    message(FATAL_ERROR "CMake 3.24 or newer is needed for --strict")
  endif()
  include("${CMAKE_CURRENT_LIST_DIR}/modules.cmake")

  # A package that was refused: what answers here is the only one that CMake asks.
  macro(_modtool_hide name message)
    set("${name}_NOT_FOUND_MESSAGE" "${message}" PARENT_SCOPE)
  endmacro()

  # What find_package() was given, as far as CMake tells.
  function(_modtool_read_request name)
    set(request "${name}")
    if(DEFINED ${name}_FIND_VERSION_COMPLETE)
      list(APPEND request "${${name}_FIND_VERSION_COMPLETE}")
    else()
      list(APPEND request "${${name}_FIND_VERSION}")
    endif()
    if(${name}_FIND_VERSION_EXACT)
      list(APPEND request EXACT)
    endif()
    if(${name}_FIND_REQUIRED)
      list(APPEND request REQUIRED)
    endif()
    set(needed "")
    set(wanted "")
    foreach(component IN LISTS ${name}_FIND_COMPONENTS)
      if(${name}_FIND_REQUIRED_${component})
        list(APPEND needed "${component}")
      else()
        list(APPEND wanted "${component}")
      endif()
    endforeach()
    set(_modtool_request ${request} COMPONENTS ${needed} OPTIONAL_COMPONENTS ${wanted} PARENT_SCOPE)
  endfunction()

  # In the place of a find module or of a configuration file of the package `known`; find_package(… NAMES …) may call it
  # otherwise.
  macro(_modtool_be_package known)
    get_property(_modtool_index GLOBAL PROPERTY "MODTOOL_PACKAGE_${CMAKE_FIND_PACKAGE_NAME}")
    if("${_modtool_index}" STREQUAL "")
      get_property(_modtool_index GLOBAL PROPERTY "MODTOOL_PACKAGE_${known}")
      _modtool_package("${CMAKE_FIND_PACKAGE_NAME}" "${_modtool_index}")
    endif()
    _modtool_read_request("${CMAKE_FIND_PACKAGE_NAME}")
    _modtool_find_package(${_modtool_request})
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

  _modtool_keep_first(CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}/packages")
  _modtool_keep_first(CMAKE_PREFIX_PATH "${CMAKE_CURRENT_LIST_DIR}/packages")

  # What an earlier configuration found elsewhere would come first.
  get_property(_modtool_names GLOBAL PROPERTY MODTOOL_PACKAGE_NAMES)
  foreach(_modtool_name IN LISTS _modtool_names)
    unset("${_modtool_name}_DIR" CACHE)
  endforeach()
endif()
