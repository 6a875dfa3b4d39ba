# CMake's own FetchContent, which knows the modules: for CMake before 3.24, which asks no provider. Made by modtool.
include_guard(GLOBAL)
include("${CMAKE_CURRENT_LIST_DIR}/../older.cmake")
include("${CMAKE_ROOT}/Modules/FetchContent.cmake")

# The arguments of FetchContent_Declare(), in the scope of the caller.
macro(_modtool_read_details name)
  string(TOLOWER "${name}" _modtool_lower)
  get_property(_modtool_details GLOBAL PROPERTY "_FetchContent_${_modtool_lower}_savedDetails")
endmacro()

# As if it had been fetched.
macro(_modtool_be_content name)
  get_property(_modtool_source GLOBAL PROPERTY MODTOOL_${_modtool_answer}_DIR)
  get_property(_modtool_binary GLOBAL PROPERTY MODTOOL_${_modtool_answer}_BINARY_DIR)
  FetchContent_SetPopulated("${name}" SOURCE_DIR "${_modtool_source}" BINARY_DIR "${_modtool_binary}")
  FetchContent_GetProperties("${name}")
endmacro()

# The older form, behind which a project adds the directory by itself.
macro(FetchContent_Populate name)
  _modtool_read_details("${name}")
  _modtool_choose_content("${name}" ${_modtool_details})
  if("${_modtool_answer}" MATCHES "^[0-9]+$")
    _modtool_be_content("${name}")
  else()
    _modtool_check_unknown_content("${name}" ${_modtool_details} ${ARGN})
    _FetchContent_Populate("${name}" ${ARGN})
  endif()
endmacro()

macro(FetchContent_SetPopulated name source_key source binary_key binary)
  __FetchContent_setPopulated("${name}" "${source}" "${binary}")
endmacro()

macro(FetchContent_MakeAvailable)
  foreach(_modtool_content IN ITEMS ${ARGV})
    _modtool_read_details("${_modtool_content}")
    _modtool_find_content("${_modtool_content}" ${_modtool_details})
    if("${_modtool_answer}" MATCHES "^[0-9]+$")
      _modtool_be_content("${_modtool_content}")
    else()
      _FetchContent_MakeAvailable("${_modtool_content}")
    endif()
  endforeach()
endmacro()
