#include "vendor_tool/run/locked_requirements.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/hash.hpp"
#include "core/project/module_graph.hpp"
#include "core/resolve/lock_index.hpp"

namespace modtool::vendor_tool {
namespace {

using manifest::LockedModule;
using module::ModuleVersion;
using Requirements = std::vector<ModuleVersion>;

// What a module's own manifest says, as a lock records it.
struct OwnWord {
  Requirements require;
  std::string sum;  // of the manifest; empty: it has none
};

std::string describe(const Requirements& require) {
  std::vector<std::string> words;
  for (const auto& module : require) words.push_back(to_string(module));
  return words.empty() ? "nothing" : join(words, ", ");
}

Result<OwnWord> own_word(const project::Project& project, const module::ModuleTree& tree) {
  const std::string name(project.dialect->manifest_name());
  if (module::find_file(tree, name) == nullptr) return OwnWord{};
  MODTOOL_TRY(const std::string text, tree.read(name));
  MODTOOL_TRY(auto summary, project.dialect->summarise(text, {.shown = name}));
  const auto& excluded = project.manifest.exclude;
  std::erase_if(summary.require, [&](const auto& r) { return std::ranges::find(excluded, r) != excluded.end(); });
  std::ranges::sort(summary.require, module::module_less);
  return OwnWord{std::move(summary.require), module::h1_of_go_mod(text)};
}

Finding finding_about(const project::Project& project, const LockedModule& locked, const Requirements& own) {
  return {.code = Code::kChecksumMismatch,
          .path = std::string(project.dialect->lock_name()),
          .line = locked.where.line,
          .module = to_string(locked.module),
          .message = "the requirements in the lock are not those of the module's own manifest",
          .expected = describe(own),
          .actual = describe(locked.require),
          .anchor = locked.where,
          .fix = project::relocking()};
}

}  // namespace

Result<std::vector<Finding>> check_locked_requirements(const project::Project& project, const VendorPlan& plan,
                                                       Evidence& evidence) {
  std::vector<Finding> findings;
  if (!project.can.locks_graph) return findings;
  const resolve::LockIndex lock(project.lock);
  for (const auto& entry : plan.modules) {
    const manifest::StandIn stand_in = entry.stand_in();
    const auto* locked = lock.find(stand_in);
    if (locked == nullptr || project.dialect->described(project.manifest, stand_in)) continue;
    const auto tree = evidence.tree(entry.module, stand_in);
    if (!tree) continue;  // then that is a finding already
    const auto own = own_word(project, **tree);
    if (!own && own.error().code == Code::kUnproven) continue;  // likewise
    if (!own) return fail(Error(own.error()).in("reading the manifest of " + to_string(stand_in)));
    const std::string sum = own->require.empty() ? "" : own->sum;
    if (own->require != locked->require || sum != locked->manifest_sum)
      findings.push_back(finding_about(project, *locked, own->require));
  }
  return findings;
}

}  // namespace modtool::vendor_tool
