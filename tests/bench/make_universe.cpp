// make_universe COUNT DIRECTORY: a module graph of about COUNT module versions, as real ones are shaped: four versions
// a module, three requirements each, cycles among them. DIRECTORY gets `main/go.mod` and a filled module cache,
// `cache`, with the go.mod files that drawing the graph reads. The modules are of go 1.16, so that no part of the graph
// may be left out. The same COUNT always gives the same bytes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr int kVersions = 4;
constexpr int kFanOut = 8;  // modules that a module is the first to require
constexpr int kExtra = 2;   // further requirements of each version, of any module

using Requirements = std::map<int, int>;  // module → version

// A small generator with its numbers written down (Knuth's MMIX), so that universes are the same everywhere.
class Numbers {
 public:
  int below(int limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(limit));
  }

 private:
  std::uint64_t state_ = 1;
};

std::string module_path(int module) {
  return "example.com/group" + std::to_string(module % 97) + "/module" + std::to_string(module);
}

std::string version_text(int version) { return "v1." + std::to_string(version) + ".0"; }

std::string go_mod(const std::string& path, const Requirements& requirements) {
  std::string text = "module " + path + "\n\ngo 1.16\n\nrequire (\n";
  for (const auto& [module, version] : requirements) {
    text += "\t" + module_path(module) + " " + version_text(version) + "\n";
  }
  return text + ")\n";
}

void write_file(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

// Modules 0 to 3 are the main module's own requirements, root r at its version r. Root r requires version r of the
// first kFanOut others, and from there on version v of a module requires version v of kFanOut more: so every version
// but three of each root can be reached.
class Universe {
 public:
  Universe(int count, fs::path directory) : modules_(count / kVersions), directory_(std::move(directory)) {}

  void write() {
    Requirements roots;
    for (int module = 0; module < kVersions; ++module) roots[module] = module;
    fs::create_directories(directory_ / "main");
    write_file(directory_ / "main" / "go.mod", go_mod("example.com/main", roots));
    for (int module = 0; module < modules_; ++module) write_module(module);
  }

 private:
  void write_module(int module) {
    const auto versions = directory_ / "cache" / "cache" / "download" / module_path(module) / "@v";
    fs::create_directories(versions);
    std::string list;
    for (int version = 0; version < kVersions; ++version) {
      list += version_text(version) + "\n";
      write_file(versions / (version_text(version) + ".mod"),
                 go_mod(module_path(module), required_by(module, version)));
    }
    write_file(versions / "list", list);
  }

  Requirements required_by(int module, int version) {
    Requirements required;
    if (module < kVersions) {
      for (int child = kVersions; child < kVersions + kFanOut && child < modules_; ++child) required[child] = module;
      return required;
    }
    const int first = kVersions + (module - kVersions + 1) * kFanOut;
    for (int child = first; child < first + kFanOut && child < modules_; ++child) required[child] = version;
    for (int extra = 0; extra < kExtra; ++extra) {
      const int other = kVersions + numbers_.below(modules_ - kVersions);
      if (other != module) required.try_emplace(other, numbers_.below(kVersions));
    }
    return required;
  }

  int modules_;
  fs::path directory_;
  Numbers numbers_;
};

}  // namespace

int main(int argc, char** argv) {
  const int count = argc == 3 ? std::atoi(argv[1]) : 0;
  if (count < 100) {
    std::fputs("usage: make_universe COUNT DIRECTORY, with a COUNT of at least 100\n", stderr);
    return 2;
  }
  Universe(count, argv[2]).write();
}
