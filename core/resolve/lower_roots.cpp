#include "core/resolve/lower_roots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace modtool::resolve {
namespace {

using module::ModuleVersion;

class RootLowering {
 public:
  RootLowering(const std::vector<ModuleVersion>& wanted, const LoweringInputs& inputs)
      : wanted_(wanted), inputs_(inputs) {}

  Result<std::optional<LoweredRoot>> lower(const ModuleVersion& root) const {
    MODTOOL_TRY(const auto asked, excess(root));
    if (!asked) return std::nullopt;
    if (is_wanted(root)) return conflict(root, *asked);
    MODTOOL_TRY(auto versions, inputs_.versions(root.path));
    std::erase_if(versions, [&](const std::string& v) { return inputs_.compare(root.path, v, root.version) >= 0; });
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
      MODTOOL_TRY(const auto still, excess({root.path, *version}));
      if (!still) return LoweredRoot{root, *version, *asked};
    }
    return LoweredRoot{root, "", *asked};
  }

 private:
  // What a root leads to that is more than wanted.
  Result<std::optional<ModuleVersion>> excess(const ModuleVersion& root) const {
    MODTOOL_TRY(const ModuleGraph graph, inputs_.load({root}));
    for (const auto& module : wanted_) {
      const auto* selected = graph.selected(module.path);
      if (selected == nullptr) continue;
      const bool is_more =
          module.version.empty() || inputs_.compare(module.path, selected->version, module.version) > 0;
      if (is_more) return *selected;
    }
    return std::nullopt;
  }

  bool is_wanted(const ModuleVersion& root) const {
    return std::ranges::find(wanted_, root.path, &ModuleVersion::path) != wanted_.end();
  }

  std::unexpected<Error> conflict(const ModuleVersion& root, const ModuleVersion& asked) const {
    const auto& module = *std::ranges::find(wanted_, asked.path, &ModuleVersion::path);
    if (root == asked) {
      return fail(Code::kRequestConflict,
                  fmt::format("{} is required, too, so {} cannot be selected", to_string(root), to_string(module)));
    }
    return fail(Code::kRequestConflict, fmt::format("{} requires {}, not {}@{}", to_string(root), to_string(asked),
                                                    module.path, module.version.empty() ? "none" : module.version));
  }

  const std::vector<ModuleVersion>& wanted_;
  const LoweringInputs& inputs_;
};

}  // namespace

Result<std::vector<LoweredRoot>> lower_roots(const std::vector<ModuleVersion>& roots,
                                             const std::vector<ModuleVersion>& wanted, const LoweringInputs& inputs) {
  const RootLowering lowering(wanted, inputs);
  std::vector<LoweredRoot> lowered;
  for (const auto& root : roots) {
    MODTOOL_TRY(auto changed, lowering.lower(root));
    if (changed) lowered.push_back(std::move(*changed));
  }
  return lowered;
}

}  // namespace modtool::resolve
