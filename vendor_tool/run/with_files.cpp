#include "vendor_tool/run/with_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/first_few.hpp"
#include "core/base/text.hpp"
#include "vendor_tool/plan/added_files.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {
namespace {

using Names = std::vector<std::string>;

Error usage(std::string message) { return {.code = Code::kUsage, .message = std::move(message)}; }

Names without_directory(const Names& globs, const std::string& vendor) {
  Names bare;
  for (const auto& glob : globs) {
    bare.push_back(glob.starts_with(vendor + "/") ? glob.substr(vendor.size() + 1) : glob);
  }
  return bare;
}

std::string in_backquotes(const Names& globs) {
  std::string text;
  for (const auto& glob : globs) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", glob);
  return text;
}

Error not_recorded(const std::string& glob, const Names& recorded) {
  const std::string those = recorded.empty() ? "nothing is" : "these are: " + in_backquotes(recorded);
  Error error = usage(fmt::format("`--without {}`: no such glob is recorded; {}", glob, those));
  return recorded.size() == 1 ? std::move(error).with(Fix::modtool("vendor", {"--without", recorded.front()})) : error;
}

// Why a glob takes nothing.
class Explanation {
 public:
  Explanation(const WithQuestion& question, const std::string& glob) : in_(question), glob_(glob) {}

  Result<Error> run() {
    MODTOOL_TRY(const auto trees, open_planned_trees(in_.plan, in_.modules));
    const DestinationGlob named(glob_);
    const DestinationGlob inside(glob_ + "/**");
    for (std::size_t i = 0; i < trees.size(); ++i) {
      if (trees[i] == nullptr) continue;
      for (const auto& file : trees[i]->list()) {
        const auto destination = destination_of(in_.plan.modules[i].module.path, file.name);
        const bool is_planned = find_planned(in_.plan, destination) != nullptr;
        if (named.matches(destination)) (is_planned ? vendored_ : refused_).push_back(destination);
        has_inside_ = has_inside_ || inside.matches(destination);
        if (!is_planned && in_.analysis.may_add(file.name)) others_.push_back(destination);
      }
    }
    return word();
  }

 private:
  Error word() const {
    const std::string start = fmt::format("`--with {}` takes no file", glob_);
    if (!refused_.empty()) {
      return usage(
          fmt::format("{}: Go files, .syso files, go.mod and its like, and what lies in the directory of a "
                      "vendored package are never taken; it names {}",
                      start, first_few(refused_)));
    }
    if (!vendored_.empty()) return usage(fmt::format("{}: all are vendored anyway: {}", start, first_few(vendored_)));
    if (has_inside_) return usage(start + ": it is a directory").with(retry(glob_ + "/**"));
    const std::string near = nearest_name(glob_, others_);
    if (near.empty()) return usage(start + " of a module that is vendored; names begin with the module's path");
    return usage(fmt::format("{} of a module that is vendored; did you mean `{}`?", start, near)).with(retry(near));
  }

  Fix retry(std::string glob) const { return Fix::again("vendor", {"--with", std::move(glob)}, glob_); }

  const WithQuestion& in_;
  const std::string& glob_;
  Names refused_;   // what it names and may not take
  Names vendored_;  // what it names and the dialect takes
  Names others_;    // what another glob might take
  bool has_inside_ = false;
};

}  // namespace

Result<Names> choose_globs(const project::Project& project, Names recorded, const GlobChange& change) {
  const bool is_asked = !change.with.empty() || !change.without.empty();
  if (is_asked && !project.can.vendors_parts) {
    if (!project.beside.empty()) return recorded;
    return fail(usage("modules are vendored whole here: `--with` and `--without` have nothing to choose from"));
  }
  Names globs = recorded;
  for (const auto& glob : without_directory(change.without, project.vendor_name())) {
    if (std::erase(globs, glob) == 0) return fail(not_recorded(glob, recorded));
  }
  for (auto& glob : without_directory(change.with, project.vendor_name())) {
    MODTOOL_CHECK(check_with_glob(glob));
    globs.push_back(std::move(glob));
  }
  std::ranges::sort(globs);
  globs.erase(std::ranges::unique(globs).begin(), globs.end());
  if (globs.size() > kMaxWithGlobs) return fail(usage(fmt::format("more than {} globs", kMaxWithGlobs)));
  return globs;
}

Result<std::vector<TakenGlob>> taken_globs(const WithQuestion& question, const Names& globs, const Names& recorded) {
  std::vector<TakenGlob> taken;
  for (const auto& glob : globs) {
    const DestinationGlob named(glob);
    const auto files = std::ranges::count_if(
        question.plan.files, [&](const PlannedFile& file) { return file.is_added && named.matches(file.destination); });
    const bool is_new = !std::ranges::binary_search(recorded, glob);
    if (is_new && files == 0) {
      MODTOOL_TRY(auto error, Explanation(question, glob).run());
      return fail(std::move(error));
    }
    taken.push_back({.glob = glob, .files = static_cast<std::size_t>(files), .is_new = is_new});
  }
  return taken;
}

Result<std::vector<LostFiles>> find_lost_files(const WithQuestion& question) {
  const auto& plan = question.plan;
  MODTOOL_TRY(const auto trees, open_planned_trees(plan, question.modules));
  std::vector<Names> vendored(trees.size());
  for (const auto& file : plan.files) vendored[file.module].push_back(file.name);
  std::vector<LostFiles> found;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    if (trees[i] == nullptr) continue;
    const auto& entry = plan.modules[i];
    const std::string& path = entry.module.path;
    Names directories;
    for (const auto& package : entry.packages) {
      directories.push_back(package == path ? "" : package.substr(path.size() + 1));
    }
    MODTOOL_TRY(const auto lost, question.analysis.find_lost_inputs(*trees[i], directories, vendored[i]));
    for (const auto& inputs : lost) {
      LostFiles files{.package = inputs.directory.empty() ? path : destination_of(path, inputs.directory)};
      for (const auto& name : inputs.files) files.files.push_back(destination_of(path, name));
      for (const auto& glob : inputs.globs) files.globs.push_back(destination_of(path, glob));
      found.push_back(std::move(files));
    }
  }
  return found;
}

}  // namespace modtool::vendor_tool
