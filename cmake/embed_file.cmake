# Writes a C++ source that holds one file: cmake -D FILE=FILE -D OUTPUT=FILE -D HEADER=FILE -D FUNCTION=NAME -D NAMESPACE=NAME
# -P embed_file.cmake
file(READ ${FILE} text)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[// Made by cmake/embed_file.cmake.
#include "@HEADER@"

namespace @NAMESPACE@ {

std::string_view @FUNCTION@() { return R"file(@text@)file"; }

}  // namespace @NAMESPACE@
]])
