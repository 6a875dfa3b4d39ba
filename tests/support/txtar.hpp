// Text archives: several files in one that people can read. A comment, then for each file a line `-- NAME --` and its
// text. The format is that of golang.org/x/tools/txtar.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::test {

struct TxtarFile {
  std::string name;
  std::string text;  // ends with a line feed unless empty
};

struct Txtar {
  std::string comment;
  std::vector<TxtarFile> files;
};

Txtar parse_txtar(std::string_view text);
std::string format_txtar(const Txtar& archive);

}  // namespace modtool::test
