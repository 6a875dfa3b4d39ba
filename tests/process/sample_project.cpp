#include "tests/process/sample_project.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOldSums = "an old proof\n";
constexpr const char* kOldIndex = "# example.com/a v0.9.0\n## explicit\nexample.com/a\n";

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

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
  write(root() + "/go.mod", "module example.com/m\n\ngo 1.21\n\nrequire example.com/a v1.0.0\n");
  write(root() + "/go.sum", format_go_sum(modules));
  write(root() + "/m.go", "package m\n\nimport _ \"example.com/a\"\n");
  write(root() + "/modtool.sums", kOldSums);
  write(root() + "/vendor/modules.txt", kOldIndex);
  write(root() + "/vendor/example.com/a/old.go", "package a\n");
}

Start SampleProject::start(const std::vector<std::string>& words, const std::string& proxy) const {
  std::vector<std::string> command = {MODTOOL_PROGRAM};
  command.insert(command.end(), words.begin(), words.end());
  return {.command = std::move(command),
          .directory = root(),
          .environment = {{"GOPROXY", proxy}, {"GOMODCACHE", cache()}, {"GOFLAGS", "-modcacherw"}, {"GOENV", "off"}}};
}

std::string SampleProject::proxy_file(const std::string& path) const { return read(directory_ / "proxy" + path); }

std::vector<std::string> SampleProject::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root())) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

bool SampleProject::is_unchanged() const {
  return read(root() + "/modtool.sums") == kOldSums && read(root() + "/vendor/modules.txt") == kOldIndex &&
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
