#include "core/packages/vendor_files.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/module/path.hpp"
#include "core/module/semver.hpp"
#include "core/packages/embed_patterns.hpp"

namespace modtool::packages {
namespace {

constexpr std::array<std::string_view, 9> kMetadataPrefixes = {
    "AUTHORS", "CONTRIBUTORS", "COPYLEFT", "COPYING", "COPYRIGHT", "LEGAL", "LICENSE", "NOTICE", "PATENTS",
};

// A package clause that go/build takes for a comment in the form of a file.
constexpr std::string_view kDocumentation = "documentation";

class FileSelection {
 public:
  FileSelection(const IndexedTree& module, const std::string& label, std::string_view go)
      : module_(module),
        label_(label),
        strips_go_mod_(module::compare_go_versions(go, "1.17") >= 0),
        counts_test_embeds_(module::compare_go_versions(go, "1.22") < 0) {}

  Result<VendoredFiles> select(const std::vector<VendoredPackage>& packages) {
    for (const auto& package : packages) directories_.insert(package.directory);
    for (const auto& package : packages) {
      MODTOOL_CHECK(add_package_files(package));
      add_metadata(package);
      MODTOOL_CHECK(add_embeds(package));
    }
    return VendoredFiles{.names = {names_.begin(), names_.end()}, .problems = std::move(problems_)};
  }

 private:
  Result<void> add_package_files(const VendoredPackage& package) {
    for (const auto name : module_.directories().files_in(package.directory)) {
      MODTOOL_TRY(const bool counts, counts_for_build(package, name));
      if (counts) add(join_name(package.directory, name));
    }
    return {};
  }

  // The go command reads sources through links, and copies none.
  void add(std::string name) {
    if (!module::find_file(module_.tree(), name)->is_link) names_.insert(std::move(name));
  }

  Result<bool> counts_for_build(const VendoredPackage& package, std::string_view name) const {
    if (is_test_name(name)) return false;
    if (name == "go.mod" || name == "go.sum") return !strips_go_mod_;
    if (!name.ends_with(".go")) return true;
    const auto known = std::ranges::find(*package.files, name, &SourceFile::name);
    if (known != package.files->end()) return known->may_build;
    MODTOOL_TRY(const std::string source, module_.tree().read(join_name(package.directory, name)));
    const auto file = scan_source(std::string(name), source);
    return !file || file->may_build;
  }

  // The metadata of the directories above a package; one that is a package too has all its files already.
  void add_metadata(const VendoredPackage& package) {
    for (std::string_view at = package.directory; !at.empty();) {
      at = parent_of(at);
      if (directories_.contains(at) || !with_metadata_.emplace(at).second) return;
      for (const auto name : module_.directories().files_in(at)) {
        if (is_metadata_name(name)) add(join_name(at, name));
      }
    }
  }

  Result<void> add_embeds(const VendoredPackage& package) {
    MODTOOL_CHECK(check_sources(package));
    std::vector<std::string> patterns = patterns_of(*package.files);
    if (counts_test_embeds_) {
      MODTOOL_TRY(const auto tests, test_files(package));
      std::ranges::move(patterns_of(tests), std::back_inserter(patterns));
    }
    auto embeds = resolve_embeds(module_, package.directory, patterns);
    if (embeds) {
      names_.insert(embeds->begin(), embeds->end());
    } else {
      problems_.push_back(std::move(embeds).error().in("resolving embeds in " + package.import_path));
    }
    return {};
  }

  // Go reads a package whole for its embeds and gives up at the first file it cannot read, unless a file of another
  // package came before: then it leaves the rest unchecked.
  Result<void> check_sources(const VendoredPackage& package) const {
    const auto* dangling = first_dangling(package);
    std::string_view package_name;
    for (const SourceFile& file : *package.files) {
      if (dangling != nullptr && base_of(dangling->name) < file.name) break;
      if (file.problem) return fail(unreadable(package, file));
      if (file.package_name == kDocumentation) continue;
      if (package_name.empty()) package_name = file.package_name;
      if (file.package_name != package_name) return {};
    }
    if (dangling == nullptr) return {};
    auto bytes = module_.tree().read(dangling->name);
    return bytes ? Result<void>() : fail_in(std::move(bytes), embeds_not_found(package));
  }

  // Of all that go reads there, tests too.
  const module::DanglingSource* first_dangling(const VendoredPackage& package) const {
    for (const auto& source : module_.tree().dangling_sources()) {
      if (parent_of(source.name) == package.directory && is_source_name(base_of(source.name))) return &source;
    }
    return nullptr;
  }

  Error unreadable(const VendoredPackage& package, const SourceFile& file) const {
    Error error = *file.problem;
    if (error.where.line > 0) {
      error.where.file = label_ + "/" + join_name(package.directory, file.name);
    } else {
      error.context.push_back(file.name);
    }
    return std::move(error).in(embeds_not_found(package));
  }

  static std::string embeds_not_found(const VendoredPackage& package) {
    return "internal error: failed to find embedded files of " + package.import_path;
  }

  static std::vector<std::string> patterns_of(const std::vector<SourceFile>& files) {
    std::set<std::string> patterns;
    for (const SourceFile& file : files) {
      if (!file.problem && file.package_name != kDocumentation) patterns.insert(file.embeds.begin(), file.embeds.end());
    }
    return {patterns.begin(), patterns.end()};
  }

  Result<std::vector<SourceFile>> test_files(const VendoredPackage& package) const {
    std::vector<SourceFile> files;
    for (const auto name : module_.directories().files_in(package.directory)) {
      if (!is_source_name(name) || !is_test_name(name)) continue;
      MODTOOL_TRY(const std::string source, module_.tree().read(join_name(package.directory, name)));
      auto file = scan_source(std::string(name), source);
      if (file) files.push_back(std::move(*file));
    }
    return files;
  }

  const IndexedTree& module_;
  const std::string& label_;
  bool strips_go_mod_;
  bool counts_test_embeds_;
  std::set<std::string, std::less<>> directories_;  // of the packages
  std::set<std::string, std::less<>> with_metadata_;
  std::set<std::string> names_;
  std::vector<Error> problems_;
};

}  // namespace

bool is_metadata_name(std::string_view base_name) {
  return std::ranges::any_of(kMetadataPrefixes, [&](const auto prefix) { return base_name.starts_with(prefix); });
}

bool may_add(std::string_view name) {
  constexpr std::array<std::string_view, 5> kOfModules = {"go.mod", "go.sum", "go.work", "go.work.sum", "modules.txt"};
  const std::string folded = module::fold_case(base_of(name));
  return !folded.ends_with(".go") && !folded.ends_with(".syso") &&
         std::ranges::find(kOfModules, folded) == kOfModules.end();
}

Result<VendoredFiles> select_vendored_files(const IndexedTree& module, const std::string& label,
                                            const std::vector<VendoredPackage>& packages, std::string_view go) {
  return FileSelection(module, label, go).select(packages);
}

}  // namespace modtool::packages
