# How every target of the house is compiled, and `modtool_layer`, the one way to add a layer.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

find_program(MODTOOL_CCACHE ccache)
if(MODTOOL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${MODTOOL_CCACHE})
endif()

find_program(MODTOOL_MOLD mold)
if(MODTOOL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(modtool_options INTERFACE)
target_include_directories(modtool_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(modtool_options INTERFACE -Wall -Wextra -Wno-missing-field-initializers -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
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

# modtool_layer(NAME SOURCES … USES layers… PRIVATE third parties…)
#
# A layer is a static library that may use only the layers it names (and theirs). Headers of third parties stay
# private to the layer: its own headers never include them.
function(modtool_layer name)
  cmake_parse_arguments(LAYER "" "" "SOURCES;USES;PRIVATE" ${ARGN})
  add_library(modtool_${name} STATIC ${LAYER_SOURCES})
  target_link_libraries(modtool_${name} PUBLIC modtool_options)
  foreach(layer IN LISTS LAYER_USES)
    target_link_libraries(modtool_${name} PUBLIC modtool_${layer})
  endforeach()
  foreach(library IN LISTS LAYER_PRIVATE)
    target_link_libraries(modtool_${name} PRIVATE ${library})
  endforeach()
endfunction()
