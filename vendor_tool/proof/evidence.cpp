#include "vendor_tool/proof/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/vendored_tree.hpp"

namespace modtool::vendor_tool {
namespace {

// The module paths that the vendor directory's own index names, other than `path`.
Result<std::vector<std::string>> other_modules(const io::FileReader& files, const std::string& vendor,
                                               const std::string& path) {
  std::vector<std::string> others;
  MODTOOL_TRY(const auto text, files.read_beneath(vendor, std::string(kModulesTxt)).if_such());
  if (!text) return others;
  const auto index = manifest::parse_modules_txt(*text, std::string(kModulesTxt));
  if (!index) return others;
  for (const auto& entry : index->modules) {
    if (entry.module.path != path) others.push_back(entry.module.path);
  }
  return others;
}

}  // namespace

Evidence::Evidence(EvidenceInput input) : input_(std::move(input)) {}

Result<std::string> Evidence::manifest(const module::ModuleVersion& stand_in) {
  MODTOOL_TRY(const Proven proven, prove(stand_in, Part::kManifest));
  if (proven.block->manifest) return *proven.block->manifest;
  return lack({.stand_in = stand_in, .destination = {}},
              fmt::format("{} has no manifest of {}", name(), to_string(stand_in)));
}

Result<std::string> Evidence::directory_manifest(const module::ModuleVersion& module, const std::string& directory) {
  const auto opened = input_.open_directory(directory);
  if (!opened && !io::is_absence(opened.error())) return fail(opened.error());
  if (opened) {
    auto manifest = (*opened)->read(input_.rule.manifest_name);
    const bool needs_none = !manifest && !input_.rule.directories_need_manifest && input_.rule.synthesise;
    if (needs_none && manifest.error().code == Code::kFileNotFound) manifest = input_.rule.synthesise(module.path);
    if (manifest) check_copy(directory, *manifest);
    return manifest;
  }
  note_unproven(module, directory);
  if (auto copy = copy_of_manifest(directory)) return std::move(*copy);
  return fail(Code::kUnproven, fmt::format("`{}` is not there, and {} has no copy of its {}", directory, name(),
                                           input_.rule.manifest_name));
}

void Evidence::check_copy(const std::string& directory, const std::string& manifest) {
  const auto copy = copy_of_manifest(directory);
  if (!copy || *copy == manifest) return;
  add_findings({{.code = Code::kVendorStale,
                 .path = name(),
                 .module = directory,
                 .message = fmt::format("the copy of the directory's {} is out of date", input_.rule.manifest_name),
                 .fix = Fix::modtool("vendor")}});
}

Result<std::shared_ptr<const module::ProvenTree>> Evidence::tree(const module::ModuleVersion& module,
                                                                 const module::ModuleVersion& stand_in, OnLack on_lack,
                                                                 LackListener listener) {
  if (stand_in.version.empty()) return directory_tree(module, stand_in.path);
  MODTOOL_TRY(Proven proven, prove(stand_in, Part::kFiles));
  if (proven.bytes) return module::make_backed_tree(*proven.block->files, std::move(proven.bytes));
  const auto note = [this, stand_in, path = module.path, listener = std::move(listener)](std::string_view name) {
    if (listener) return listener(name);
    (void)lack({.stand_in = stand_in, .destination = destination_of(path, name)}, "");
  };
  return make_listed_tree(*proven.block, input_.rule.manifest_name,
                          {.files = input_.files,
                           .vendor = input_.vendor.path,
                           .module_path = module.path,
                           .otherwise = [this, stand_in](std::string_view name) { return bytes_of(stand_in, name); }},
                          on_lack, note);
}

Result<std::string> Evidence::bytes_of(const module::ModuleVersion&, std::string_view) {
  return fail(Code::kUnproven, "there is nothing else to look into");
}

Result<std::shared_ptr<const module::ProvenTree>> Evidence::directory_tree(const module::ModuleVersion& module,
                                                                           const std::string& directory) {
  auto opened = input_.open_directory(directory);
  if (opened) {
    const std::lock_guard lock(mutex_);
    copied_.emplace(module.path, directory);
    return module::make_trusted_tree(std::move(*opened));
  }
  if (!io::is_absence(opened.error())) return fail(std::move(opened).error());
  note_unproven(module, directory);
  MODTOOL_TRY(const auto others, other_modules(*input_.files, input_.vendor.path, module.path));
  MODTOOL_TRY(auto tree, open_vendored_tree(*input_.files, input_.vendor.path, module.path, others));
  return module::make_trusted_tree(std::move(tree));
}

std::vector<Finding> Evidence::findings() const {
  const std::lock_guard lock(mutex_);
  std::vector<Finding> all = findings_;
  for (const auto& [path, directory] : unproven_) {
    if (std::ranges::find(input_.allow_unproven, path) != input_.allow_unproven.end()) continue;
    all.push_back(
        {.code = Code::kUnproven,
         .path = input_.vendor.show(path),
         .module = path,
         .message = fmt::format("nothing vouches for this module: `{}`, which replaces it, is not there", directory),
         .fix = Fix::modtool("vendor", {"--check", "--allow-unproven", path})});
  }
  std::ranges::sort(all, finding_less);
  all.erase(std::ranges::unique(all).begin(), all.end());
  return all;
}

std::vector<std::string> Evidence::unproven_allowed() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> paths;
  for (const auto& [path, directory] : unproven_) {
    if (std::ranges::find(input_.allow_unproven, path) != input_.allow_unproven.end()) paths.push_back(path);
  }
  return paths;
}

std::vector<std::string> Evidence::directories() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> copies;
  copies.reserve(copied_.size());
  for (const auto& [path, directory] : copied_) copies.push_back(fmt::format("{} => {}", path, directory));
  return copies;
}

std::vector<Lack> Evidence::lacks() const {
  const std::lock_guard lock(mutex_);
  return {lacks_.begin(), lacks_.end()};
}

std::vector<module::ModuleVersion> Evidence::absent() const {
  const std::lock_guard lock(mutex_);
  return {absent_.begin(), absent_.end()};
}

bool Evidence::tells_of(const module::ModuleVersion& stand_in) const {
  const std::lock_guard lock(mutex_);
  if (absent_.contains(stand_in)) return true;
  const std::string module = to_string(stand_in);
  return std::ranges::any_of(findings_, [&](const Finding& finding) {
    return finding.module == module && finding.code != Code::kUnproven && !finding.is_stale();
  });
}

Where Evidence::anchor_line(const module::ModuleVersion& stand_in) const {
  return anchor_of(*input_.checksums, stand_in);
}

void Evidence::add_findings(std::vector<Finding> findings) {
  const std::lock_guard lock(mutex_);
  std::ranges::move(findings, std::back_inserter(findings_));
}

void Evidence::note_absent(const module::ModuleVersion& stand_in) {
  const std::lock_guard lock(mutex_);
  absent_.insert(stand_in);
}

std::unexpected<Error> Evidence::lack(Lack lack, std::string message) {
  const std::lock_guard lock(mutex_);
  lacks_.insert(std::move(lack));
  return fail(Code::kUnproven, std::move(message));
}

void Evidence::note_unproven(const module::ModuleVersion& module, const std::string& directory) {
  const std::lock_guard lock(mutex_);
  unproven_.emplace(module.path, directory);
}

}  // namespace modtool::vendor_tool
