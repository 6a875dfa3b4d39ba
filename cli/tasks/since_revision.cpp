#include "cli/tasks/since_revision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/engine/reviewed_lock.hpp"
#include "core/git/git_file.hpp"
#include "vendor_tool/sums/sums_file.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::tasks {
namespace {

using manifest::LockedModule;
using module::ModuleVersion;
using vendor_tool::Finding;

// What is locked of a known path@version never changes: whoever changed it changed what is downloaded or built.
class SinceRevision {
 public:
  SinceRevision(const project::Project& project, const manifest::Lock& before, const std::string& revision, Fix fix)
      : project_(project), before_(before), revision_(revision), fix_(std::move(fix)) {}

  std::vector<Finding> compare() && {
    for (const auto& [key, lines] : before_.checksums.all()) compare_hash(key, lines.front());
    std::map<ModuleVersion, const LockedModule*> now;
    for (const auto& locked : project_.lock.modules) now.emplace(locked.module, &locked);
    for (const auto& old : before_.modules) {
      const auto found = now.find(old.module);
      if (found != now.end()) compare_records(old, *found->second);
    }
    return std::move(findings_);
  }

 private:
  void compare_hash(const ModuleVersion& key, const manifest::ChecksumLine& old) {
    const auto& now = project_.lock.checksums.lines(key);
    if (now.empty() || project_.lock.checksums.check(key, old.hash) == manifest::ChecksumVerdict::kMatch) return;
    report("hash", to_string(key), old.where, now.front().where, old.hash, now.front().hash);
  }

  // Of a module that is selected in only one of the two, the other one says less.
  void compare_records(const LockedModule& old, const LockedModule& now) {
    const auto compare = [&](std::string_view what, const std::string& before, const std::string& after) {
      if (before != after) report(what, to_string(old.module), old.where, now.where, before, after);
    };
    if (!old.sum.empty() && !now.sum.empty()) {
      compare("archive", old.archive, now.archive);
      compare("reference", old.git.ref, now.git.ref);
      compare("commit", old.git.commit, now.git.commit);
      compare("tree", old.git.tree, now.git.tree);
      compare("list of executable files", old.executables, now.executables);
      compare("list of submodules", submodules_of(old), submodules_of(now));
      compare("way of unpacking", old.is_unstripped ? "whole" : "", now.is_unstripped ? "whole" : "");
      compare("list of omitted files", join(old.omitted, ", "), join(now.omitted, ", "));
    }
    // The project's own word on what a module requires may change.
    if (old.from == "describe" || now.from == "describe") return;
    compare("list of requirements", requirements_of(old), requirements_of(now));
    if (!old.sum.empty() && !now.sum.empty()) compare("manifest's hash", old.manifest_sum, now.manifest_sum);
  }

  static std::string submodules_of(const LockedModule& locked) {
    std::string text = std::to_string(locked.submodules_left_out) + " left out";
    for (const auto& pin : locked.submodules) text += fmt::format(", {} {} {}", pin.path, pin.url, pin.commit);
    return text;
  }

  static std::string requirements_of(const LockedModule& locked) {
    std::vector<std::string> modules;
    modules.reserve(locked.require.size());
    for (const auto& module : locked.require) modules.push_back(to_string(module));
    return join(modules, ", ");
  }

  void report(std::string_view what, const std::string& module, const Where& before, const Where& now,
              const std::string& expected, const std::string& actual) {
    findings_.push_back({.code = Code::kChecksumConflict,
                         .path = std::string(project_.dialect->lock_name()),
                         .line = now.line,
                         .module = module,
                         .message = fmt::format("the {} of {} was changed since {}", what, module, revision_),
                         .expected = expected,
                         .actual = actual,
                         .anchor = before,
                         .fix = fix_});
  }

  const project::Project& project_;
  const manifest::Lock& before_;
  const std::string& revision_;
  const Fix fix_;
  std::vector<Finding> findings_;
};

// What brings a revision that is not here: in a shallow clone, say, or where a pipeline names a branch that is none.
Fix bring_revision(const std::string& revision) {
  const auto compare_with = [](const std::string& other) { return Fix::again("verify", {"--since", other}); };
  if (revision.ends_with('/')) return compare_with("HEAD");
  const auto slash = revision.find('/');
  const Fix fetch = Fix::command({"git", "fetch", "--depth=1"});
  if (slash == revision.npos) return fetch.with("origin").with(revision).then(compare_with("FETCH_HEAD"));
  const std::string branch = revision.substr(slash + 1);
  return fetch.with(revision.substr(0, slash)).with(fmt::format("{}:refs/remotes/{}", branch, revision));
}

// What the project did not have at that revision.
class NewSince {
 public:
  NewSince(const project::Project& project, const manifest::Lock& before, const manifest::Manifest& manifest_before)
      : project_(project), before_(before), manifest_before_(manifest_before) {}

  // A line each, those first that decide what is built in another's place.
  std::vector<std::string> describe() const {
    std::vector<std::string> lines;
    const auto tell = [&](std::string_view what, const std::vector<std::string>& named) {
      if (named.empty()) return;
      lines.push_back(
          fmt::format("  new {}, vouched for by nobody here ({}): {}", what, named.size(), join(named, ", ")));
    };
    tell("replacements", replacements());
    tell("modules that stand in for another", modules(true));
    tell("modules", modules(false));
    return lines;
  }

 private:
  static std::string written(const manifest::Replacement& replacement) {
    return to_string(replacement.from) + " => " + to_string(replacement.to);
  }

  std::vector<std::string> replacements() const {
    std::set<std::string> before;
    for (const auto& replacement : manifest_before_.replace) before.insert(written(replacement));
    std::vector<std::string> added;
    for (const auto& replacement : project_.manifest.replace) {
      if (!before.contains(written(replacement))) added.push_back(written(replacement));
    }
    return added;
  }

  bool stands_in(const ModuleVersion& module) const {
    return std::ranges::find(project_.manifest.replace, module, &manifest::Replacement::to) !=
           project_.manifest.replace.end();
  }

  // Those with a hash that the lock did not have.
  std::vector<std::string> modules(bool as_stand_in) const {
    std::set<ModuleVersion> added;
    for (const auto& [key, lines] : project_.lock.checksums.all()) {
      const ModuleVersion module = manifest::module_of(key);
      if (before_.checksums.lines(key).empty() && stands_in(module) == as_stand_in) added.insert(module);
    }
    std::vector<std::string> names;
    names.reserve(added.size());
    for (const auto& module : added) names.push_back(to_string(module));
    return names;
  }

  const project::Project& project_;
  const manifest::Lock& before_;
  const manifest::Manifest& manifest_before_;
};

// The manifest of that revision; an empty one where there was none, or none that can be read.
manifest::Manifest manifest_at(const project::Project& project, const std::string& revision) {
  const auto text = git::read_git_file(project.manifest_path, revision);
  if (!text) return {};
  auto manifest = project.dialect->parse_manifest(*text, {.shown = std::string(project.dialect->manifest_name())}, {});
  return manifest ? std::move(*manifest) : manifest::Manifest{};
}

using Names = std::set<std::string>;

// "path@version name" of each file that a modtool.sums has as left out.
Names left_out_files(const vendor_tool::SumsFile& sums) {
  Names names;
  for (const auto& block : sums.blocks) {
    for (const auto& name : block.left_out) names.insert(to_string(block.module) + " " + name);
  }
  return names;
}

Names globs_of(const vendor_tool::SumsFile& sums) { return {sums.with.begin(), sums.with.end()}; }

// Choices of the project's that came with the change. A modtool.sums of now that cannot be read is the proof's to tell.
Result<void> tell_choices(const engine::Context& context, const project::Project& project, const std::string& revision,
                          ChecksReport& report) {
  MODTOOL_TRY(const auto text, vendor_tool::load_sums(context.files, project.sums_path(), project.sums_name()));
  if (!text || !vendor_tool::has_choices(*text)) return {};
  const auto sums = vendor_tool::parse_sums(*text, project.sums_name());
  if (!sums) return {};
  const auto before = git::read_git_file(project.sums_path(), revision);
  const auto known =
      vendor_tool::parse_sums(before.value_or(""), project.sums_name()).value_or(vendor_tool::SumsFile());
  const auto tell = [&](std::string_view what, Names added, const Names& old) {
    for (const auto& name : old) added.erase(name);
    if (added.empty()) return;
    const std::vector<std::string> names(added.begin(), added.end());
    report.parts.push_back(fmt::format("  {} since {} ({}): {}", what, revision, names.size(), join(names, ", ")));
  };
  tell("left out", left_out_files(*sums), left_out_files(known));
  tell("kept by --with", globs_of(*sums), globs_of(known));
  return {};
}

}  // namespace

Result<void> check_since(const engine::Context& context, const project::Project& project, const std::string& revision,
                         ChecksReport& report) {
  const std::string name = io::base_name(project.lock_path);
  const auto before = git::read_git_file(project.lock_path, revision);
  if (!before && before.error().code == Code::kFileNotFound) {
    report.parts.push_back(fmt::format("{} since {}: it was not there, 0 entries compared", name, revision));
    return {};
  }
  if (!before && before.error().code == Code::kUnknownVersion) {
    return fail(Error(before.error()).with(bring_revision(revision)));
  }
  if (!before) return fail(before.error());
  MODTOOL_TRY(const auto old, project.dialect->parse_lock(*before, revision + ":" + name));
  auto findings = SinceRevision(project, old, revision, engine::restore_lock(context, project, revision)).compare();
  const auto entries = old.checksums.all().size();
  auto line = fmt::format("{} since {}: {} entries compared, {} changed", name, revision, entries, findings.size());
  report.add(std::move(line), std::move(findings));
  for (auto& added : NewSince(project, old, manifest_at(project, revision)).describe()) {
    report.parts.push_back(std::move(added));
  }
  report.checked += entries;
  return tell_choices(context, project, revision, report);
}

}  // namespace modtool::tasks
