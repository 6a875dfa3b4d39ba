#include "core/gomod/go_dialect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/gomod/go_mod.hpp"
#include "core/gomod/go_mod_merge.hpp"
#include "core/gomod/go_mod_update.hpp"
#include "core/gomod/go_sum.hpp"
#include "core/gomod/go_sum_merge.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::gomod {
namespace {

using manifest::FileName;
using manifest::Manifest;
using manifest::Roots;
using manifest::Summary;
using module::ModuleVersion;

constexpr std::string_view kPruningSince = "1.17";         // go.dev/ref/mod#graph-pruning
constexpr std::string_view kStrictSince = "1.21";          // go.dev/doc/toolchain: the go line is a requirement
constexpr std::string_view kExplicitSince = "1.14";        // go.dev/doc/go1.14#vendor
constexpr std::string_view kLanguagesSince = "1.17";       // go.dev/doc/go1.17#vendor
constexpr std::string_view kLanguageWithoutLine = "1.16";  // go.dev/ref/mod#go-mod-file-go

class GoDialect final : public manifest::Dialect {
 public:
  GoDialect(std::string go_version, NewerGo newer) : go_version_(std::move(go_version)), newer_(newer) {}

  std::string_view name() const override { return "go"; }
  std::string_view manifest_name() const override { return "go.mod"; }
  std::string_view lock_name() const override { return "go.sum"; }

  Result<Manifest> parse_manifest(std::string_view text, const FileName& file,
                                  const manifest::VersionFixer& fix_version) const override {
    auto parsed = parse_go_mod(text, file, {.fix_version = fix_version});
    if (!parsed) return fail(explain(std::move(parsed).error(), text, file.shown));
    MODTOOL_CHECK(check_language(parsed->manifest.go, file.shown));
    MODTOOL_CHECK(check_main_module(parsed->manifest, file.shown));
    return std::move(parsed->manifest);
  }

  Result<Summary> summarise(std::string_view text, const FileName& file) const override {
    MODTOOL_TRY(GoMod parsed, parse_go_mod(text, file, {.strictness = Strictness::kLax}));
    Manifest& manifest = parsed.manifest;
    Summary summary{.path = std::move(manifest.path),
                    .language = std::move(manifest.go),
                    .require = {},
                    .retract = std::move(manifest.retract),
                    .deprecated = std::move(manifest.deprecated)};
    summary.prunes = prunes(summary.language);
    summary.require.reserve(manifest.require.size() + 1);
    for (auto& requirement : manifest.require) summary.require.push_back(std::move(requirement.module));
    if (is_strict(summary.language)) summary.require.push_back({"go", summary.language});
    return summary;
  }

  Result<std::unique_ptr<manifest::ManifestDocument>> open_document(std::string /*text*/,
                                                                    const std::string& /*file*/) const override {
    return fail(Code::kNotSupported, "editing go.mod is not supported yet");
  }
  Result<std::optional<std::string>> with_roots(std::string_view text, const Roots& roots) const override {
    MODTOOL_TRY(auto mod, parse_go_mod(text, {.shown = std::string(manifest_name())}));
    return update_go_mod(std::move(mod), roots);
  }
  Result<std::string> new_manifest(const std::string& path) const override {
    return fail(Error{.code = Code::kNotSupported, .message = "starting a go.mod is not supported yet"}.with(
        Fix::command({"go", "mod", "init", path})));
  }

  bool claims_source(std::string_view name) const override { return name.ends_with(".go"); }
  std::string synthesise_manifest(const std::string& path) const override { return "module " + path + "\n"; }

  bool manifest_is_optional() const override { return false; }
  bool keeps_modes() const override { return false; }

  Result<manifest::Lock> parse_lock(std::string_view text, const std::string& file) const override {
    MODTOOL_TRY(auto checksums, parse_go_sum(text, file));
    return manifest::Lock{.checksums = std::move(checksums)};
  }

  std::string format_lock(const manifest::Lock& lock) const override { return format_go_sum(lock.checksums); }

  Result<manifest::MergedFile> merge_manifest(const manifest::MergeInput& input) const override {
    return merge_go_mods(input);
  }
  Result<manifest::MergedFile> merge_lock(const manifest::MergeInput& input) const override {
    return merge_go_sums(input);
  }

  Roots roots_of(const Manifest& manifest) const override {
    const std::set<ModuleVersion> excluded(manifest.exclude.begin(), manifest.exclude.end());
    Roots roots{.prunes = prunes(language_of(manifest)), .are_raised = true};
    for (const auto& requirement : manifest.require) {
      const auto& module = requirement.module;
      (excluded.contains(module) ? roots.excluded : roots.modules).push_back(module);
      if (!requirement.indirect && !excluded.contains(module)) roots.direct.insert(module.path);
    }
    roots.modules.push_back({"go", language_of(manifest)});
    roots.direct.insert("go");
    if (!manifest.toolchain.empty()) roots.modules.push_back({"toolchain", manifest.toolchain});
    std::ranges::sort(roots.modules, module::module_less);
    // What is required twice is one requirement, as for the go command.
    roots.modules.erase(std::ranges::unique(roots.modules).begin(), roots.modules.end());
    return roots;
  }

  bool prunes(std::string_view language) const override {
    return !language.empty() && module::compare_go_versions(language, kPruningSince) >= 0;
  }

  Result<void> check_graph_language(const Manifest& manifest, std::string_view language) const override {
    const std::string least = language_of(manifest);
    if (!is_strict(least) || module::compare_go_versions(language, least) >= 0) return {};
    return fail(Code::kTooNewGo,
                fmt::format("requested Go version {} cannot load module graph (requires Go >= {})", language, least));
  }

  manifest::IndexRules index_rules(const Manifest& manifest) const override {
    const auto since = [&](std::string_view version) {
      return !manifest.go.empty() && module::compare_go_versions(manifest.go, version) >= 0;
    };
    return {.marks_explicit = since(kExplicitSince), .names_languages = since(kLanguagesSince)};
  }

  std::optional<Summary> builtin(const ModuleVersion& module) const override {
    if (module.path != "go" && module.path != "toolchain") return std::nullopt;
    Summary summary{.path = module.path};
    if (module.path == "go" && is_strict(module.version))
      summary.require.push_back({"toolchain", "go" + module.version});
    return summary;
  }

  Result<void> check_language(std::string_view language, const std::string& what) const override {
    const bool is_known = !is_strict(language) || module::compare_go_versions(language, go_version_) <= 0;
    if (is_known || newer_ == NewerGo::kTake) return {};
    return fail(Code::kTooNewGo,
                fmt::format("{} requires go >= {} (running go {}; GOTOOLCHAIN=local)", what, language, go_version_));
  }

  std::optional<Summary> described(const Manifest&, const ModuleVersion&) const override { return std::nullopt; }

  // Another major version is another path.
  std::string compatibility_class(const Manifest&, std::string_view, std::string_view) const override { return {}; }

  int compare(std::string_view path, std::string_view a, std::string_view b) const override {
    return module::compare_module_versions(path, a, b);
  }

 private:
  static bool is_strict(std::string_view language) {
    return !language.empty() && module::compare_go_versions(language, kStrictSince) >= 0;
  }

  static std::string language_of(const Manifest& manifest) {
    return manifest.go.empty() ? std::string(kLanguageWithoutLine) : manifest.go;
  }

  // What a newer Go may understand is no mistake of the file's: then that is the error.
  Error explain(Error error, std::string_view text, const std::string& file) const {
    const auto lax = parse_go_mod(text, {.shown = file}, {.strictness = Strictness::kLax});
    if (!lax) return error;
    auto known = check_language(lax->manifest.go, file);
    return known ? error : std::move(known).error();
  }

  std::string go_version_;
  NewerGo newer_;
};

}  // namespace

std::shared_ptr<const manifest::Dialect> make_go_dialect(std::string go_version, NewerGo newer) {
  return std::make_shared<GoDialect>(std::move(go_version), newer);
}

}  // namespace modtool::gomod
