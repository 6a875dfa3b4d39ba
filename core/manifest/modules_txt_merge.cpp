#include "core/manifest/modules_txt_merge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/base/three_way.hpp"
#include "core/manifest/modules_txt.hpp"
#include "core/module/semver.hpp"

namespace modtool::manifest {
namespace {

// A module of one side, to be compared: wherever it stands.
struct Entry {
  VendoredModule vendored;
  bool operator==(const Entry& other) const {
    const auto content = [](const VendoredModule& m) {
      return std::tie(m.module, m.replacement, m.is_explicit, m.go, m.packages);
    };
    return content(vendored) == content(other.vendored);
  }
};

using Entries = std::map<std::string, Three<Entry>>;

// What both have, or one of them came to have.
std::vector<std::string> merge_packages(const Three<Entry>& three) {
  const auto packages = [](const std::optional<Entry>& entry) {
    return entry ? std::set(entry->vendored.packages.begin(), entry->vendored.packages.end()) : std::set<std::string>();
  };
  const auto base = packages(three.base);
  const auto ours = packages(three.ours);
  const auto theirs = packages(three.theirs);
  std::set<std::string> all = ours;
  all.insert(theirs.begin(), theirs.end());
  std::erase_if(all, [&](const std::string& package) {
    return base.contains(package) && !(ours.contains(package) && theirs.contains(package));
  });
  return {all.begin(), all.end()};
}

std::optional<Entry> merge_entry(const Three<Entry>& three) {
  if (const auto* merged = merge_value(three)) return *merged;
  if (!three.ours || !three.theirs) return three.either();  // the manifest has the say: it is vendored anew
  const auto& ours = three.ours->vendored;
  const auto& theirs = three.theirs->vendored;
  Entry merged =
      module::compare_versions(ours.module.version, theirs.module.version) >= 0 ? *three.ours : *three.theirs;
  merged.vendored.packages = merge_packages(three);
  merged.vendored.is_explicit = ours.is_explicit || theirs.is_explicit;
  return merged;
}

void collect(const std::vector<VendoredModule>& modules, std::optional<Entry> Three<Entry>::* side, Entries& entries) {
  for (const auto& vendored : modules) entries[vendored.module.path].*side = Entry{vendored};
}

std::vector<VendoredModule> merge_modules(const std::vector<VendoredModule>& base,
                                          const std::vector<VendoredModule>& ours,
                                          const std::vector<VendoredModule>& theirs) {
  Entries entries;
  collect(base, &Three<Entry>::base, entries);
  collect(ours, &Three<Entry>::ours, entries);
  collect(theirs, &Three<Entry>::theirs, entries);
  std::vector<VendoredModule> merged;
  for (const auto& [path, three] : entries) {
    if (auto entry = merge_entry(three)) merged.push_back(std::move(entry->vendored));
  }
  return merged;
}

}  // namespace

Result<MergedFile> merge_modules_txts(const MergeInput& input) {
  if (const auto* text = trivial_merge(input)) return MergedFile{.text = std::string(*text)};
  MODTOOL_TRY(const auto base, parse_modules_txt(input.base, side_name(input, "base")));
  MODTOOL_TRY(const auto ours, parse_modules_txt(input.ours, side_name(input, "ours")));
  MODTOOL_TRY(const auto theirs, parse_modules_txt(input.theirs, side_name(input, "theirs")));
  const bool* const workspace = merge_value(base.workspace, ours.workspace, theirs.workspace);
  const ModulesTxt merged{.workspace = workspace != nullptr ? *workspace : ours.workspace,
                          .modules = merge_modules(base.modules, ours.modules, theirs.modules),
                          .unused_replacements = merge_modules(base.unused_replacements, ours.unused_replacements,
                                                               theirs.unused_replacements)};
  return MergedFile{.text = format_modules_txt(merged), .gaps = {"has the modules of both sides"}};
}

}  // namespace modtool::manifest
