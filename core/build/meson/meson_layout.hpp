// The files and links in a project's subprojects/ that lead Meson to the modules of a build plan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/meson/meson_plan.hpp"
#include "core/build/meson/open_wrap.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// A subproject with its place.
struct PlacedSubproject {
  Subproject subproject;
  std::string directory;      // below subprojects/; empty for one that has none (kCMake, kNone)
  bool has_own_wrap = false;  // the project's own wrap leads there
  std::string other_source;   // what that wrap would fetch, where that is not what the lock has: "revision = v2"
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
  std::vector<OpenWrap> open_wraps;  // of the project's own, where neither a module nor a directory is
};

// Where everything will be. A wrap of the project's own that is called by one of the names or provides it stays, and
// tells the directory. Code::kNameClash where something of the project's own is in a place that is needed,
// Code::kBuildFailed where meson.build has subprojects outside the project, or where the modules are.
Result<MesonLayout> plan_layout(const io::FileReader& files, const std::string& root, const BuildPlan& plan);

// Makes what is not there as it should be, and removes what an earlier layout had and this one has not. Gives the names
// of what was made, from the project's root. `.modtool/subprojects` remembers what is modtool's own.
Result<std::vector<std::string>> save_layout(io::FileSystem& files, const std::string& root, const MesonLayout& layout);

// Removes the wraps that Meson has put into subprojects/ for those of modules: with another version they would lead
// nowhere. Where the project's own wrap names the directory they may be the project's, too, and stay.
Result<void> remove_promoted_wraps(io::FileSystem& files, const std::string& root, const MesonLayout& layout);

inline constexpr std::string_view kWrapEnding = ".wrap";

// The element of a name below subprojects/ that is in that directory itself.
std::string_view first_element(std::string_view name);

}  // namespace modtool::build
