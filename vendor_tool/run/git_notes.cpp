#include "vendor_tool/run/git_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/first_few.hpp"
#include "core/git/git_checkout.hpp"
#include "core/git/git_keeping.hpp"
#include "vendor_tool/proof/vendor_walk.hpp"

namespace modtool::vendor_tool {
namespace {

// "vendor/a, vendor/b and 3 more".
std::string listed(const std::string& vendor, const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> paths;
  paths.reserve(names.size());
  for (const auto& name : names) paths.push_back(io::join_path(vendor, name));
  return first_few(paths, kMost);
}

}  // namespace

Result<std::vector<std::string>> git_notes(const engine::Context& context, const std::string& manifest_file,
                                           const engine::ProjectChoice& choice, const std::set<std::string>& recorded) {
  const auto checkout = git::find_git_checkout(context.files, context.settings.directory);
  if (!checkout && checkout.error().code == Code::kNoRepository) return std::vector<std::string>();
  MODTOOL_TRY(const auto opened, engine::OpenProject::open(context, {.command = "vendor",
                                                                     .manifest_file = manifest_file,
                                                                     .choice = choice,
                                                                     .offline = true,
                                                                     .use_index = false}));
  const auto& project = opened->project();
  std::vector<std::string> names;
  const auto walked = walk_vendor(context.files, project.vendor_directory(), "", [&](const VendorEntry& entry) {
    if (entry.kind == io::FileKind::kRegular && !recorded.contains(entry.path)) names.push_back(entry.path);
  });
  std::vector<std::string> notes;
  if (!walked) return notes;  // what is wrong there, the check says
  MODTOOL_TRY(const auto keeping, git::find_git_keeping(context.files, project.vendor_directory(), names));
  const std::string vendor = project.vendor_name();
  if (!keeping.left_out.empty()) {
    notes.push_back(fmt::format("Git leaves out of a commit: {}; `git add -f {}` adds them",
                                listed(vendor, keeping.left_out), vendor));
  }
  if (!keeping.changed.empty()) {
    // Rules of a vendored .gitattributes go before those of the project.
    const bool has_own =
        std::ranges::any_of(names, [](const std::string& name) { return io::base_name(name) == ".gitattributes"; });
    const std::string help = has_own ? ""
                                     : fmt::format(
                                           "; `echo '{0}/** -text -ident !filter' >> .gitattributes` keeps them (and "
                                           "`git add --renormalize {0}`, where they are added already)",
                                           vendor);
    notes.push_back(fmt::format("a clone would have other bytes, by .gitattributes, in: {}{}",
                                listed(vendor, keeping.changed), help));
  }
  return notes;
}

}  // namespace modtool::vendor_tool
