#include "tests/process/sample_project.hpp"

#include <algorithm>
#include <filesystem>

#include "tests/support/files.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOldSums = "an old proof\n";
constexpr const char* kOldIndex = "# example.com/a v0.9.0\n## explicit\nexample.com/a\n";

ProxyModule dependency(int files) {
  ProxyModule module{.path = "example.com/a", .version = "v1.0.0"};
  module.files["go.mod"] = "module example.com/a\n\ngo 1.21\n";
  for (int i = 0; i < files; ++i) module.files["f" + std::to_string(i) + ".go"] = "package a\n";
  return module;
}

}  // namespace

SampleProject::SampleProject(int files) {
  const std::vector<ProxyModule> modules = {dependency(files)};
  write_proxy(modules, directory_ / "proxy");
  write_file(root() + "/go.mod", "module example.com/m\n\ngo 1.21\n\nrequire example.com/a v1.0.0\n");
  write_file(root() + "/go.sum", format_go_sum(modules));
  write_file(root() + "/m.go", "package m\n\nimport _ \"example.com/a\"\n");
  write_file(root() + "/modtool.sums", kOldSums);
  write_file(root() + "/vendor/modules.txt", kOldIndex);
  write_file(root() + "/vendor/example.com/a/old.go", "package a\n");
}

Start SampleProject::start(const std::vector<std::string>& words, const std::string& proxy) const {
  std::vector<std::string> command = {MODTOOL_PROGRAM};
  command.insert(command.end(), words.begin(), words.end());
  return {.command = std::move(command),
          .directory = root(),
          .environment = {{"GOPROXY", proxy}, {"GOMODCACHE", cache()}, {"GOFLAGS", "-modcacherw"}, {"GOENV", "off"}}};
}

std::string SampleProject::proxy_file(const std::string& path) const { return read_file(directory_ / "proxy" + path); }

std::vector<std::string> SampleProject::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root())) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

bool SampleProject::is_unchanged() const {
  return read_file(root() + "/modtool.sums") == kOldSums && read_file(root() + "/vendor/modules.txt") == kOldIndex &&
         fs::exists(root() + "/vendor/example.com/a/old.go") && !fs::exists(root() + "/vendor/example.com/a/f0.go");
}

std::vector<std::string> SampleProject::unfinished_in_cache() const {
  std::vector<std::string> names;
  if (!fs::exists(cache())) return names;
  for (const auto& entry : fs::recursive_directory_iterator(cache())) {
    const std::string name = entry.path().filename();
    if (name.contains(".tmp")) names.push_back(name);
  }
  return names;
}

}  // namespace modtool::test
