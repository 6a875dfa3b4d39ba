#include "vendor_tool/proof/absences.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool::vendor_tool {
namespace {

using Names = std::set<std::string>;

class Finder {
 public:
  explicit Finder(const AbsenceQuestion& question) : in_(question), planned_(question.plan.modules.size()) {
    for (const auto& file : in_.plan.files) planned_[file.module].push_back(file.name);
  }

  Result<Absences> run() {
    for (std::size_t i = 0; i < planned_.size(); ++i) MODTOOL_CHECK(look_at(i));
    if (in_.records != nullptr && !in_.carries_over) report_unplanned();
    return std::move(absences_);
  }

 private:
  // The records that count for a module of the plan.
  Names recorded_of(const module::ModuleVersion& stand_in) const {
    Names names;
    if (in_.records == nullptr || stand_in.version.empty()) return names;
    for (const auto& block : in_.records->blocks) {
      const bool counts = block.module == stand_in || (in_.carries_over && block.module.path == stand_in.path);
      if (counts) names.insert(block.left_out.begin(), block.left_out.end());
    }
    return names;
  }

  Result<void> look_at(std::size_t position) {
    const auto& entry = in_.plan.modules[position];
    const Names recorded = recorded_of(entry.stand_in());
    Names concerned;
    for (const auto& name : planned_[position]) {
      const bool is_ignored = in_.ignored.contains(destination_of(entry.module.path, name));
      if (is_ignored || recorded.contains(name)) concerned.insert(name);
    }
    if (concerned.empty() || in_.trees[position] == nullptr) return {};
    MODTOOL_TRY(const auto inputs, in_.analysis.read_by_builds(*in_.trees[position], planned_[position]));
    for (const auto& name : concerned) {
      const bool is_input = std::ranges::binary_search(inputs, name) || entry.stand_in().is_directory() ||
                            find_planned(in_.plan, destination_of(entry.module.path, name))->is_added;
      judge(entry, name, recorded.contains(name), is_input);
    }
    return {};
  }

  void judge(const manifest::VendoredModule& entry, const std::string& name, bool is_recorded, bool is_input) {
    auto destination = destination_of(entry.module.path, name);
    if (is_recorded) known_.insert({entry.stand_in(), name});
    if (is_recorded && !is_input) {
      absences_.recorded.insert(std::move(destination));
    } else if (is_recorded && !in_.carries_over) {
      report(entry.stand_in(), fmt::format("{} is left out, and a build may read it", quote(name)));
    } else if (in_.ignored.contains(destination)) {
      (is_input ? absences_.needed : absences_.ignored).insert(std::move(destination));
    }
  }

  void report_unplanned() {
    for (const auto& block : in_.records->blocks) {
      for (const auto& name : block.left_out) {
        if (known_.contains({block.module, name})) continue;
        report(block.module, fmt::format("{} is left out, and vendoring takes no such file", quote(name)));
      }
    }
  }

  void report(const module::ModuleVersion& module, std::string message) {
    const auto* block = find_block(*in_.records, module);
    absences_.findings.push_back({.code = Code::kSumsStale,
                                  .path = in_.sums_name,
                                  .line = block == nullptr ? 0 : block->line,
                                  .module = to_string(module),
                                  .message = std::move(message),
                                  .fix = Fix::modtool("vendor")});
  }

  const AbsenceQuestion& in_;
  std::vector<std::vector<std::string>> planned_;                  // by module, the names in its tree
  std::set<std::pair<module::ModuleVersion, std::string>> known_;  // records that are of files of the plan
  Absences absences_;
};

}  // namespace

Result<Absences> find_absences(const AbsenceQuestion& question) { return Finder(question).run(); }

}  // namespace modtool::vendor_tool
