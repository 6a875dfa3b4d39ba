#include "core/source/described_source.hpp"

#include <utility>

namespace modtool::source {
namespace {

using module::ModuleVersion;

class DescribedSource final : public LockingSource {
 public:
  explicit DescribedSource(DescribedSources sources) : sources_(std::move(sources)) {}

  Result<std::vector<std::string>> versions(const std::string& path) override { return of(path).versions(path); }
  Result<VersionInfo> stat(const std::string& path, const std::string& query) override {
    return of(path).stat(path, query);
  }
  Result<std::string> manifest(const ModuleVersion& module) override { return of(module.path).manifest(module); }
  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion& module) override {
    return of(module.path).tree(module);
  }
  Result<FoundModule> find_module(const ModuleVersion& module) override { return of(module.path).find_module(module); }
  Result<void> check_upstream(const ModuleVersion& module) override { return of(module.path).check_upstream(module); }
  Result<std::string> identity(const std::string& path) override { return of(path).identity(path); }

 private:
  LockingSource& of(const std::string& path) { return sources_.is_archive(path) ? *sources_.archives : *sources_.git; }

  DescribedSources sources_;
};

}  // namespace

std::unique_ptr<LockingSource> make_described_source(DescribedSources sources) {
  return std::make_unique<DescribedSource>(std::move(sources));
}

}  // namespace modtool::source
