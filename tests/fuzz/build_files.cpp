// What is read off the build files of libraries: project() of a CMakeLists.txt, a meson.build, a wrap, and what build
// tools print.
#include <algorithm>
#include <string>

#include "core/build/build_plan.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "core/build/meson/meson_plan.hpp"
#include "core/build/meson/meson_text.hpp"
#include "core/build/meson/meson_wrap.hpp"
#include "core/build/tool_output.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

void try_subproject(std::string_view input) {
  build::BuildPlan plan;
  plan.modules.push_back({.module = {"a.org/x/lib", "v1.0.0"}, .directory = "d"});
  const auto subprojects = build::plan_subprojects(plan, [&](const std::string&) { return std::string(input); });
  must(subprojects.has_value(), "one module clashes with none");
  const auto& found = subprojects->front();
  if (found.kind == build::SubprojectKind::kNone) return;
  must(build::is_subproject_name(build::directory_of(found)), "a subproject is in a directory beside the others");
  for (const auto& name : found.names) must(build::is_subproject_name(name), "a dependency is a word");
  const std::string wrap = build::format_wrap({.subproject = found, .directory = build::directory_of(found)});
  must(build::read_wrap(wrap, "").directory == build::directory_of(found), "a wrap tells its directory");
}

}  // namespace

MODTOOL_FUZZ_TARGET(build_files) {
  const std::string name = build::project_name_of(input);
  must(name.find_first_of(" \t\n\"'()$;/") == name.npos, "the name of a project is a word");
  must(build::read_meson_file("project(" + build::meson_string(input) + ")").project == input,
       "a string of Meson is read as it was written");
  try_subproject(input);
  build::read_wrap(input, "x");
  build::LineReader lines;
  std::size_t size = 0;
  lines.see(input, [&](std::string_view line) { size += build::failed_target(line).size(); });
  must(size <= input.size(), "a target that failed is part of its line");
}

}  // namespace modtool::fuzz
