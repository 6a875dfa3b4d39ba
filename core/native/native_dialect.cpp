#include "core/native/native_dialect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/json.hpp"
#include "core/base/json_writer.hpp"
#include "core/module/semver.hpp"
#include "core/native/lock_file.hpp"
#include "core/native/lock_merge.hpp"
#include "core/native/manifest_document.hpp"
#include "core/native/manifest_file.hpp"
#include "core/native/manifest_merge.hpp"

namespace modtool::native {
namespace {

using manifest::Manifest;
using manifest::Roots;
using manifest::Summary;
using module::ModuleVersion;

// Before 1.0 every minor version may break what the one before promised.
std::string class_of(std::string_view version) {
  const auto major = module::version_major(version);
  return major == "v0" ? module::version_major_minor(version) : std::string(major);
}

class NativeDialect final : public manifest::Dialect {
 public:
  explicit NativeDialect(std::string version) : version_(std::move(version)) {}

  std::string_view name() const override { return "native"; }
  std::string_view manifest_name() const override { return "modtool.json"; }
  std::string_view lock_name() const override { return "modtool.lock"; }

  Result<Manifest> parse_manifest(std::string_view text, const manifest::FileName& file,
                                  const manifest::VersionFixer&) const override {
    return native::parse_manifest(text, file.shown, version_);
  }

  Result<Summary> summarise(std::string_view text, const manifest::FileName& file) const override {
    MODTOOL_TRY(Manifest manifest, parse_dependency(text, file.shown, version_));
    Summary summary{.path = std::move(manifest.path),
                    .retract = std::move(manifest.retract),
                    .deprecated = std::move(manifest.deprecated)};
    for (auto& requirement : manifest.require) summary.require.push_back(std::move(requirement.module));
    std::ranges::sort(summary.require, module::module_less);
    return summary;
  }

  Result<std::unique_ptr<manifest::ManifestDocument>> open_document(std::string text,
                                                                    const std::string& file) const override {
    return parse_manifest_document(std::move(text), file);
  }
  Result<std::optional<std::string>> with_roots(std::string_view, const Roots&) const override { return std::nullopt; }
  Result<std::string> new_manifest(const std::string& path) const override { return native::new_manifest(path); }

  bool claims_source(std::string_view) const override { return false; }  // sources of any kind
  std::string synthesise_manifest(const std::string& path) const override {
    return fmt::format("{{\"schema\":1,\"module\":{}}}\n", json::string_literal(path));
  }
  bool manifest_is_optional() const override { return true; }
  bool keeps_modes() const override { return true; }

  Result<manifest::Lock> parse_lock(std::string_view text, const std::string& file) const override {
    return native::parse_lock(text, file);
  }

  std::string format_lock(const manifest::Lock& lock) const override { return native::format_lock(lock); }

  Result<manifest::MergedFile> merge_manifest(const manifest::MergeInput& input) const override {
    return merge_manifests(input, version_);
  }
  Result<manifest::MergedFile> merge_lock(const manifest::MergeInput& input) const override {
    return merge_locks(input);
  }

  Roots roots_of(const Manifest& manifest) const override {
    const std::set<ModuleVersion> excluded(manifest.exclude.begin(), manifest.exclude.end());
    Roots roots;
    for (const auto& requirement : manifest.require) {
      const auto& module = requirement.module;
      (excluded.contains(module) ? roots.excluded : roots.modules).push_back(module);
      roots.direct.insert(module.path);
    }
    std::ranges::sort(roots.modules, module::module_less);
    return roots;
  }

  bool prunes(std::string_view) const override { return false; }
  Result<void> check_graph_language(const Manifest&, std::string_view) const override {
    return fail(Code::kUsage, "modtool.json knows no language version to read the graph as");
  }
  manifest::IndexRules index_rules(const Manifest&) const override {
    return {.marks_explicit = true, .names_languages = false, .selects_explicit = true};
  }
  std::optional<Summary> builtin(const ModuleVersion&) const override { return std::nullopt; }
  Result<void> check_language(std::string_view, const std::string&) const override { return {}; }

  std::optional<Summary> described(const Manifest& root, const ModuleVersion& module) const override {
    const auto found = root.describe.find(module.path);
    if (found == root.describe.end() || !found->second.require) return std::nullopt;
    Summary summary{.path = module.path, .require = *found->second.require};
    std::ranges::sort(summary.require, module::module_less);
    return summary;
  }

  std::string compatibility_class(const Manifest& root, std::string_view path,
                                  std::string_view version) const override {
    if (version.empty()) return {};  // the main module
    const auto described = root.describe.find(path);
    if (described != root.describe.end() && described->second.always_compatible) return {};
    const auto floor = root.majors.find(path);
    // The accepted class takes in all that is older than it.
    const bool is_raised = floor != root.majors.end() && compare(path, version, floor->second) < 0;
    return class_of(is_raised ? floor->second : version);
  }

  int compare(std::string_view, std::string_view a, std::string_view b) const override {
    return module::compare_versions(a, b);
  }

 private:
  std::string version_;
};

}  // namespace

std::shared_ptr<const manifest::Dialect> make_native_dialect(std::string version) {
  return std::make_shared<NativeDialect>(std::move(version));
}

}  // namespace modtool::native
