# How every target of the house is compiled: `modtool_layer`, the one way to add a layer, and `modtool_precompile`.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

# The sloppiness, and -fpch-preprocess below, are what ccache asks for where a header is precompiled
# (https://ccache.dev/manual/latest.html#_precompiled_headers).
find_program(MODTOOL_CCACHE ccache)
if(MODTOOL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${MODTOOL_CCACHE})
endif()

find_program(MODTOOL_MOLD mold)
if(MODTOOL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(modtool_options INTERFACE)
target_include_directories(modtool_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(modtool_options INTERFACE -Wall -Wextra -Wno-missing-field-initializers -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
if(MODTOOL_CCACHE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(modtool_options INTERFACE -fpch-preprocess)
endif()
if(MODTOOL_WERROR)
  target_compile_options(modtool_options INTERFACE -Werror)
endif()
if(MODTOOL_SANITIZE)
  target_compile_options(modtool_options INTERFACE -fsanitize=${MODTOOL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(modtool_options INTERFACE -fsanitize=${MODTOOL_SANITIZE})
endif()
if(MODTOOL_COVERAGE)
  target_compile_options(modtool_options INTERFACE --coverage)
  target_link_options(modtool_options INTERFACE --coverage)
endif()

# The precompiled header's own target: it has no other code.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "")
add_library(modtool_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(modtool_precompiled PRIVATE modtool_options fmt::fmt)
# In quotes, so that it is included by its path from the top: then it is the same for ccache in every checkout.
target_precompile_headers(modtool_precompiled PRIVATE [["cmake/precompiled.hpp"]])
# It is made in each build directory: one that a cache keeps may belong to other headers.
set_target_properties(modtool_precompiled PROPERTIES CXX_COMPILER_LAUNCHER "")

# modtool_precompile(TARGET…): their sources find precompiled what most of them include. fmt's definitions have to be
# those that it was precompiled with.
function(modtool_precompile)
  foreach(target IN LISTS ARGN)
    target_link_libraries(${target} PRIVATE fmt::fmt)
    target_precompile_headers(${target} REUSE_FROM modtool_precompiled)
  endforeach()
endfunction()

# modtool_layer(NAME USES layers… FOLDERS folders… PRIVATE third parties…)
#
# A layer is a static library of the .cpp files of its folder, and of the folders inside it that it names. It may use
# only the layers it names (and theirs).
# Headers of third parties stay private to the layer: its own headers never include them.
function(modtool_layer name)
  cmake_parse_arguments(LAYER "" "" "USES;FOLDERS;PRIVATE" ${ARGN})
  list(TRANSFORM LAYER_FOLDERS APPEND /*.cpp)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp ${LAYER_FOLDERS})
  if(NOT sources)
    add_library(modtool_${name} INTERFACE)
    target_link_libraries(modtool_${name} INTERFACE modtool_options)
    return()
  endif()
  add_library(modtool_${name} STATIC ${sources})
  target_link_libraries(modtool_${name} PUBLIC modtool_options)
  foreach(layer IN LISTS LAYER_USES)
    target_link_libraries(modtool_${name} PUBLIC modtool_${layer})
  endforeach()
  target_link_libraries(modtool_${name} PRIVATE ${LAYER_PRIVATE})
  modtool_precompile(modtool_${name})
endfunction()
