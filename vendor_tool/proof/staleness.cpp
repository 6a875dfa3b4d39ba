#include "vendor_tool/proof/staleness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "core/base/text.hpp"

namespace modtool::vendor_tool {
namespace {

std::string target_text(const module::ModuleVersion& replacement) {
  return replacement.path.empty() ? "nothing" : module::to_string(replacement);
}

// A list of findings about one index.
class Report {
 public:
  explicit Report(const std::string& path) : path_(path) {}

  void add(int line, const module::ModuleVersion& module, std::string message) {
    findings_.push_back({.code = Code::kVendorStale,
                         .path = path_,
                         .line = line,
                         .module = module::to_string(module),
                         .message = std::move(message),
                         .fix = Fix::modtool("vendor")});
  }
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  const std::string& path_;
  std::vector<Finding> findings_;
};

class ManifestComparison {
 public:
  ManifestComparison(const manifest::ModulesTxt& index, const ManifestFacts& manifest, const std::string& path)
      : index_(index), manifest_(manifest), replacements_(manifest.replace), report_(path) {
    for (const auto& entry : index.modules) {
      by_path_.emplace(entry.module.path, &entry);
      marks_explicit_ = marks_explicit_ || entry.is_explicit;
    }
  }

  std::vector<Finding> run() {
    std::set<module::ModuleVersion> required;
    for (const auto& requirement : manifest_.require) {
      required.insert(requirement.module);
      check_requirement(requirement.module);
    }
    for (const auto& entry : index_.modules) {
      if (entry.is_explicit && !required.contains(entry.module)) {
        report_.add(entry.line, entry.module, "is marked explicit, but the manifest does not require it");
      }
      check_replacement(entry);
    }
    check_unused();
    return report_.take();
  }

 private:
  void check_requirement(const module::ModuleVersion& required) {
    const auto found = by_path_.find(required.path);
    if (found == by_path_.end()) {
      if (marks_explicit_) report_.add(0, required, "is required by the manifest and not in the index");
      return;
    }
    const auto& entry = *found->second;
    if (entry.module.version != required.version) {
      report_.add(entry.line, entry.module, fmt::format("the manifest requires {}", required.version));
    } else if (marks_explicit_ && !entry.is_explicit) {
      report_.add(entry.line, entry.module, "is required by the manifest, but not marked explicit");
    }
  }

  void check_replacement(const manifest::VendoredModule& entry) {
    const auto* replacement = replacements_.find(entry.module);
    const auto wanted = replacement == nullptr ? module::ModuleVersion{} : replacement->to;
    if (entry.replacement == wanted) return;
    report_.add(entry.line, entry.module,
                fmt::format("is replaced by {} in the index and by {} in the manifest", target_text(entry.replacement),
                            target_text(wanted)));
  }

  // Replacements that no module of the index uses stand at its end.
  void check_unused() {
    for (const auto& entry : index_.unused_replacements) {
      const auto same = [&](const auto& r) { return r.from == entry.module && r.to == entry.replacement; };
      if (std::ranges::any_of(manifest_.replace, same)) continue;
      report_.add(entry.line, entry.module, "is replaced in the index, but not so in the manifest");
    }
    if (!marks_explicit_) return;  // such an index does not list them
    for (const auto& replacement : manifest_.replace) {
      const auto is_it = [&](const auto& entry) { return entry.module == replacement.from; };
      if (std::ranges::any_of(index_.modules, is_it) || std::ranges::any_of(index_.unused_replacements, is_it))
        continue;
      report_.add(0, replacement.from, "is replaced in the manifest, but not in the index");
    }
  }

  const manifest::ModulesTxt& index_;
  const ManifestFacts& manifest_;
  manifest::ReplacementTable replacements_;
  Report report_;
  std::map<std::string, const manifest::VendoredModule*> by_path_;
  bool marks_explicit_ = false;
};

using Entries = std::map<std::string, const manifest::VendoredModule*>;

Entries entries_by_path(const manifest::ModulesTxt& index) {
  Entries entries;
  for (const auto& entry : index.modules) entries.emplace(entry.module.path, &entry);
  return entries;
}

void compare_packages(Report& report, const manifest::VendoredModule& planned, const manifest::VendoredModule& entry) {
  std::vector<std::string> wanted;
  std::vector<std::string> left_over;
  std::ranges::set_difference(planned.packages, entry.packages, std::back_inserter(wanted));
  std::ranges::set_difference(entry.packages, planned.packages, std::back_inserter(left_over));
  for (const auto& package : wanted)
    report.add(entry.line, entry.module, fmt::format("{} is used and not vendored", quote(package)));
  for (const auto& package : left_over) {
    report.add(entry.line, entry.module, fmt::format("{} is vendored and no longer used", quote(package)));
  }
}

void compare_entry(Report& report, const manifest::VendoredModule& planned, const manifest::VendoredModule& entry) {
  if (planned.module != entry.module) {
    report.add(entry.line, entry.module, fmt::format("{} is asked for", planned.module.version));
  } else if (planned.replacement != entry.replacement) {
    report.add(entry.line, entry.module, fmt::format("is replaced by {} now", target_text(planned.replacement)));
  } else if (planned.is_explicit != entry.is_explicit) {
    report.add(entry.line, entry.module,
               planned.is_explicit ? "is required directly now" : "is no longer required directly");
  } else if (planned.go != entry.go) {
    report.add(entry.line, entry.module, "its go version is written otherwise now");
  }
  compare_packages(report, planned, entry);
}

// What an index says of modules, without their packages: of those it marks explicit, and of those in the other as well.
auto module_facts(const manifest::ModulesTxt& index, const Entries& other) {
  using Fact = std::tuple<module::ModuleVersion, module::ModuleVersion, bool, std::string>;
  std::set<Fact> facts;
  for (const auto& entry : index.modules) {
    if (entry.is_explicit || other.contains(entry.module.path))
      facts.emplace(entry.module, entry.replacement, entry.is_explicit, entry.go);
  }
  for (const auto& entry : index.unused_replacements) facts.emplace(entry.module, entry.replacement, false, "");
  return facts;
}

}  // namespace

std::vector<Finding> compare_with_manifest(const manifest::ModulesTxt& index, const ManifestFacts& manifest,
                                           const std::string& path) {
  return ManifestComparison(index, manifest, path).run();
}

std::vector<Finding> compare_indexes(const manifest::ModulesTxt& planned, const manifest::ModulesTxt& index,
                                     const std::string& path) {
  Report report(path);
  const Entries wanted = entries_by_path(planned);
  const Entries present = entries_by_path(index);
  for (const auto& [module_path, entry] : present) {
    const auto other = wanted.find(module_path);
    if (other == wanted.end()) {
      report.add(entry->line, entry->module, "is vendored and no longer asked for");
    } else {
      compare_entry(report, *other->second, *entry);
    }
  }
  for (const auto& [module_path, entry] : wanted) {
    if (!present.contains(module_path)) report.add(0, entry->module, "is asked for and not vendored");
  }
  return report.take();
}

bool same_modules(const manifest::ModulesTxt& a, const manifest::ModulesTxt& b) {
  return a.workspace == b.workspace && module_facts(a, entries_by_path(b)) == module_facts(b, entries_by_path(a));
}

}  // namespace modtool::vendor_tool
