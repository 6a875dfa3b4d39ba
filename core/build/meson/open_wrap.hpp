// Wraps of the project's own that no module fills: Meson would fetch for them, and fetches nothing here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace modtool::build {

struct Wrap;

// Where a wrap says that its subproject is.
struct OpenWrap {
  std::string file;                   // from the project's root: "subprojects/kit.wrap"
  std::string name;                   // "kit"
  std::vector<std::string> provided;  // names of dependencies, in lower case
  std::string source;                 // "https://example.com/acme/kit.git, v1.0.0", as the wrap has it
  std::string module;                 // what modtool calls it: "example.com/acme/kit"; empty: nobody knows
  std::string version;                // of that, where the wrap names one: "v1.0.0"
};

// `file` is where the wrap is.
OpenWrap open_wrap(const Wrap& wrap, std::string name, std::string file);

// The path of the module behind the URL of a repository, or of an archive that a known host makes of one; empty: none.
std::string module_of_url(std::string_view url);

// Code::kPackageMissing of one that is wanted, with the command that requires a module in its place; of several, where
// Meson does not say which. There is one.
Error wrap_not_filled(const std::vector<const OpenWrap*>& wraps);

}  // namespace modtool::build
