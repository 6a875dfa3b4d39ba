// The files and links in a project's subprojects/ that lead Meson to the modules of a build plan.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/meson_plan.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// A subproject with its place.
struct PlacedSubproject {
  Subproject subproject;
  std::string directory;  // below subprojects/; empty for one that has none (kCMake, kNone)
};

// A file, or a link where `target` is not empty.
struct LayoutEntry {
  std::string name;  // below subprojects/
  std::string text;
  std::string target;  // relative to where the link is, or absolute
};

struct MesonLayout {
  std::string directory;  // "subprojects", or what the project has in its place: from the project's root
  std::vector<PlacedSubproject> subprojects;
  std::vector<LayoutEntry> entries;
};

// Where everything will be. A wrap of the project's own for one of the names stays, and tells the directory.
// Code::kNameClash where something of the project's own is in that place.
Result<MesonLayout> plan_layout(const io::FileReader& files, const std::string& root, const BuildPlan& plan);

// Makes what is not there as it should be, and removes what an earlier layout had and this one has not. Gives the names
// of what was made, from the project's root. `.modtool/subprojects` remembers what is modtool's own.
Result<std::vector<std::string>> save_layout(io::FileSystem& files, const std::string& root, const MesonLayout& layout);

// Removes the wraps that Meson has put into subprojects/ for those of modules: with another version they would lead
// nowhere.
Result<void> remove_promoted_wraps(io::FileSystem& files, const std::string& root, const MesonLayout& layout);

}  // namespace modtool::build
