// Go's module cache as a source of modules: what is there is read, what is not is fetched, checked and kept.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/goproxy/cache_layout.hpp"
#include "core/goproxy/module_parts.hpp"
#include "core/goproxy/module_store.hpp"
#include "core/source/module_source.hpp"
#include "core/source/once_per_key.hpp"

namespace modtool::goproxy {

// By Go's checksum rules (checksum_verifier.hpp) a module is read from its extracted directory, which is trusted as far
// as the go command trusts it; by our own from its zip, whose contents are hashed first, and again as they are read.
class ModuleCache final : public source::ModuleSource {
 public:
  ModuleCache(const CacheLayout& layout, const CacheInputs& inputs);

  // Not cached, as in Go: what is new should be seen.
  Result<std::vector<std::string>> versions(const std::string& path) override;
  Result<source::VersionInfo> stat(const std::string& path, const std::string& query) override;
  Result<std::string> manifest(const module::ModuleVersion& module) override;
  Result<std::shared_ptr<const module::ModuleTree>> tree(const module::ModuleVersion& module) override;
  // The directory that the module is extracted to, after it was fetched, extracted and checked where need be.
  Result<std::string> directory(const module::ModuleVersion& module);
  // Everything that `go mod download` brings, each part made where it is absent. Errors name the module where the go
  // command's do.
  ModuleParts bring(const module::ModuleVersion& module);

 private:
  using Tree = std::shared_ptr<const module::ModuleTree>;

  Result<std::string> fetch_manifest(const module::ModuleVersion& module, const std::string& file);
  Result<Tree> load_tree(const module::ModuleVersion& module);
  Result<void> bring_into(const module::ModuleVersion& module, ModuleParts& parts);
  // Brings the list of versions up to date with the .mod files beside this one.
  Result<void> list_version(const std::string& file);
  Result<void> kept(const Result<void>& outcome, const std::string& doing);

  CacheLayout layout_;
  CacheInputs inputs_;
  ModuleStore store_;
  source::OncePerKey<module::ModuleVersion, Tree> trees_;
};

}  // namespace modtool::goproxy
