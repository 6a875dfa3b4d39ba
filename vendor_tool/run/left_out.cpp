#include "vendor_tool/run/left_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "vendor_tool/proof/absences.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::vendor_tool {
namespace {

using Ignored = std::vector<git::IgnoredFile>;

class LeavingOut {
 public:
  LeavingOut(const engine::Context& context, const project::Project& project, const LeftOutRequest& request)
      : context_(context), project_(project), in_(request) {}

  Result<Ignored> run(SumsFile& sums) {
    Ignored ignored;
    if (in_.as_git_keeps) {
      MODTOOL_TRY(ignored, find_ignored());
    }
    if (ignored.empty() && in_.before == nullptr) return ignored;
    MODTOOL_TRY(const auto trees, open_planned_trees(in_.plan, in_.modules));
    AbsenceQuestion question{
        .plan = in_.plan, .trees = trees, .analysis = in_.analysis, .records = in_.before, .carries_over = true};
    for (const auto& file : ignored) question.ignored.insert(file.name);
    MODTOOL_TRY(const auto absences, find_absences(question));
    MODTOOL_CHECK(refuse(absences.needed, ignored));
    record(absences.recorded, sums);
    record(absences.ignored, sums);
    std::erase_if(ignored, [&](const auto& file) { return !absences.ignored.contains(file.name); });
    return ignored;
  }

 private:
  Result<Ignored> find_ignored() {
    std::vector<std::string> names;
    names.reserve(in_.plan.files.size());
    for (const auto& file : in_.plan.files) names.push_back(file.destination);
    const auto read_planned = [this](const std::string& name) -> Result<std::optional<std::string>> {
      const auto* file = find_planned(in_.plan, name);
      if (file == nullptr) return std::nullopt;
      MODTOOL_TRY(const auto tree, in_.modules.tree(in_.plan.modules[file->module].module));
      MODTOOL_TRY(auto text, tree->read(file->name));
      return text;
    };
    auto ignored = git::find_ignored(
        context_.files,
        {.directory = project_.vendor_directory(), .names = std::move(names), .rules_below = read_planned});
    if (!ignored && ignored.error().code == Code::kNoRepository) return fail(needs_git(ignored.error()));
    return ignored;
  }

  // The line that takes a file back stands behind the rule, and names it from there.
  Error needed(const git::IgnoredFile& file) const {
    const std::string shown = io::join_path(project_.vendor_name(), file.name);
    return {
        .code = Code::kVendorMissing,
        .message = fmt::format("a rule keeps `{}` out of Git, and a build may read it: `{}`; a line `!{}` behind it "
                               "keeps the file",
                               shown, file.rule.text, io::base_name(file.name)),
        .where = {.file = file.rule.file, .line = file.rule.line}};
  }

  Result<void> refuse(const std::set<std::string>& names, const Ignored& ignored) const {
    std::vector<Error> problems;
    for (const auto& file : ignored) {
      if (names.contains(file.name)) problems.push_back(needed(file));
    }
    if (problems.empty()) return {};
    if (problems.size() == 1) return fail(std::move(problems.front()));
    return fail(Error{.code = Code::kVendorMissing, .problems = std::move(problems)});
  }

  void record(const std::set<std::string>& destinations, SumsFile& sums) const {
    for (const auto& destination : destinations) {
      const auto& file = *find_planned(in_.plan, destination);
      const auto stand_in = in_.plan.modules[file.module].stand_in();
      const auto block = std::ranges::find(sums.blocks, stand_in, &SumsBlock::module);
      if (block == sums.blocks.end()) continue;
      auto& names = block->left_out;
      const auto at = std::ranges::lower_bound(names, file.name);
      if (at == names.end() || *at != file.name) names.insert(at, file.name);
    }
  }

  const engine::Context& context_;
  const project::Project& project_;
  const LeftOutRequest& in_;
};

}  // namespace

Result<std::optional<SumsFile>> choices_of_before(const engine::Context& context, const project::Project& project) {
  MODTOOL_CHECK(check_sums_place(context.files, project.sums_path()));
  MODTOOL_TRY(const auto text, context.files.read(project.sums_path()).if_there());
  if (!text || !has_choices(*text)) return std::nullopt;
  auto parsed = parse_sums(*text, project.sums_name());
  if (parsed) return std::move(*parsed);
  context.reporter.note(
      fmt::format("warning: {} cannot be read, so what it has by `--with` and `--as-git-keeps` is forgotten: {}",
                  project.sums_name(), to_line(parsed.error())));
  return std::nullopt;
}

Result<std::vector<git::IgnoredFile>> leave_out(const engine::Context& context, const project::Project& project,
                                                const LeftOutRequest& request, SumsFile& sums) {
  return LeavingOut(context, project, request).run(sums);
}

Error needs_git(const Error& none) {
  return Error{.code = Code::kUsage, .message = "`--as-git-keeps` is about a Git repository: " + none.message}.with(
      none.fix);
}

}  // namespace modtool::vendor_tool
