// random_graphs MODTOOL [COUNT [SEED]]: `modtool mod graph` and `go mod graph` on COUNT made-up projects must print the
// same. The modules come in versions of every kind: releases, pre-releases, pseudo-versions, incompatible ones, with
// and without a go line; the projects replace and exclude some of them. Exits 77 where there is no go to compare with.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "core/base/text.hpp"
#include "tests/scripts/harness/proxy.hpp"
#include "tests/scripts/harness/run_program.hpp"
#include "tests/scripts/harness/tree.hpp"
#include "tests/support/files.hpp"

namespace {

using namespace modtool::test;
namespace fs = std::filesystem;

using Words = std::vector<std::string>;

constexpr int kPass = 0;
constexpr int kFail = 1;
constexpr int kSkip = 77;
// Projects that share a proxy and a module cache.
constexpr int kUniverse = 25;

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool once_in(std::size_t times) { return below(times) == 0; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 random_;
};

const Words kGoLines = {"",          "go 1.11\n",    "go 1.16\n",
                        "go 1.17\n", "go 1.17\n",    "go 1.20.3\n",
                        "go 1.21\n", "go 1.22rc1\n", "go 1.23.4\n\ntoolchain go1.24.1\n"};

// Versions by the major suffix of the path.
const std::map<std::string, Words> kVersions = {
    {"",
     {"v0.0.0-20190101000000-abcdefabcdef", "v0.0.0-20200101000000-abcdefabcdef", "v0.1.0", "v0.9.0", "v0.10.0",
      "v1.0.0-alpha", "v1.0.0-rc.1", "v1.0.0-rc.2", "v1.0.0-rc.10", "v1.0.0", "v1.0.1-0.20200101000000-abcdefabcdef",
      "v1.2.0", "v1.10.0", "v2.0.0-pre+incompatible", "v2.0.0+incompatible", "v10.0.0+incompatible"}},
    {"/v2", {"v2.0.0-beta.2", "v2.0.0-beta.11", "v2.0.0", "v2.0.1-0.20200101000000-abcdefabcdef"}},
};

struct Universe {
  std::vector<ProxyModule> modules;

  const ProxyModule& any(Chance& chance) const { return chance.one_of(modules); }
};

// Requirement lines, each path once.
std::string make_requirements(Chance& chance, const Universe& universe, std::size_t most, const std::string& but_not) {
  std::map<std::string, std::string> required;
  for (auto count = chance.below(most + 1); count > 0; --count) {
    const auto& module = universe.any(chance);
    if (module.path != but_not) required[module.path] = module.version;
  }
  std::string lines;
  for (const auto& [path, version] : required) {
    lines += "require " + path + " " + version + (chance.once_in(3) ? " // indirect\n" : "\n");
  }
  return lines;
}

Universe make_universe(Chance& chance) {
  Universe universe;
  for (const std::string name : {"a", "b", "c", "d", "e", "f", "g", "h", "Upper", "b/nested"}) {
    for (const auto& [suffix, versions] : kVersions) {
      for (const auto& version : versions) {
        if (chance.once_in(3)) universe.modules.push_back({"example.com/" + name + suffix, version, {}});
      }
    }
  }
  for (auto& module : universe.modules) {
    module.files["x.go"] = "package x\n";
    if (module.version.ends_with("+incompatible")) continue;
    module.files["go.mod"] = "module " + module.path + "\n\n" + chance.one_of(kGoLines) +
                             make_requirements(chance, universe, 4, module.path);
  }
  return universe;
}

std::string make_replacement(Chance& chance, const Universe& universe) {
  const auto& from = universe.any(chance);
  const auto left = chance.once_in(2) ? from.path : from.path + " " + from.version;
  if (chance.once_in(3)) return "replace " + left + " => ./local\n";
  const auto& to = universe.any(chance);
  return "replace " + left + " => " + to.path + " " + to.version + "\n";
}

// A go.mod for a main module, and the directory that replacements name.
void write_project(Chance& chance, const Universe& universe, const fs::path& directory) {
  std::string text = "module example.com/main\n\n" + chance.one_of(kGoLines) +
                     make_requirements(chance, universe, 7, "example.com/main");
  std::set<std::string> replaced;
  for (auto count = chance.below(3); count > 0; --count) {
    const auto line = make_replacement(chance, universe);
    if (replaced.insert(line.substr(0, line.find(" =>"))).second) text += line;
  }
  for (auto count = chance.below(3); count > 0; --count) {
    const auto& module = universe.any(chance);
    text += "exclude " + module.path + " " + module.version + "\n";
  }
  fs::create_directories(directory / "local");
  std::ofstream(directory / "go.mod") << text;
  std::ofstream(directory / "local" / "go.mod")
      << "module example.com/local\n\n" + chance.one_of(kGoLines) + make_requirements(chance, universe, 3, "");
}

std::string printed(const Outcome& outcome) {
  std::string text = outcome.out;
  for (const auto line : modtool::split_lines(outcome.err)) {
    if (!line.starts_with("go: downloading ")) (text += line) += '\n';
  }
  return text + "exit status " + std::to_string(outcome.status) + "\n";
}

// Compares the two on one project; says what differs.
bool agree(const std::string& modtool, const fs::path& project, const Environment& environment, const Words& words) {
  const auto run = [&](const std::string& program) {
    Words command = {program};
    command.insert(command.end(), words.begin(), words.end());
    return printed(run_program(command, project.string(), environment, ""));
  };
  const auto of_go = run("go");
  const auto ours = run(modtool);
  if (of_go == ours) return true;
  std::printf("%s of\n%s-- local/go.mod --\n%sdiffers (-go +modtool):\n%s", modtool::join(words, " ").c_str(),
              read_file(project / "go.mod").c_str(), read_file(project / "local" / "go.mod").c_str(),
              line_difference(of_go, ours).c_str());
  return false;
}

Environment environment_in(const fs::path& scratch) {
  return {{"PATH", std::getenv("PATH")},
          {"HOME", scratch / "home"},
          {"GOPATH", scratch / "gopath"},
          {"GOPROXY", "file://" + (scratch / "proxy").string()},
          {"GOSUMDB", "off"},
          {"GOENV", "off"},
          {"GOTOOLCHAIN", "local"},
          {"GOTELEMETRY", "off"}};
}

// How many of the projects of one universe are not read alike.
int compare_universe(const std::string& modtool, unsigned seed, int projects) {
  Chance chance(seed);
  auto pattern = (fs::temp_directory_path() / "modtool-random-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return 1;
  const fs::path scratch = pattern;
  const auto universe = make_universe(chance);
  write_proxy(universe.modules, scratch / "proxy");
  int different = 0;
  for (int i = 0; i < projects; ++i) {
    const auto project = scratch / ("project" + std::to_string(i));
    write_project(chance, universe, project);
    Words words = {"mod", "graph"};
    if (chance.once_in(5)) words.push_back(chance.once_in(2) ? "-go=1.16" : "-go=1.21");
    if (agree(modtool, project, environment_in(scratch), words)) continue;
    std::printf("(seed %u, project %d)\n\n", seed, i);
    ++different;
  }
  remove_tree(scratch);
  return different;
}

int without_go() {
  const char* required = std::getenv("MODTOOL_REQUIRE_ORACLE");
  std::puts("there is no go to compare with");
  return required != nullptr && std::string_view(required) == "1" ? kFail : kSkip;
}

int compare_projects(const std::string& modtool, int count, unsigned seed) {
  if (run_program({"go", "version"}, "/", {{"PATH", std::getenv("PATH")}, {"HOME", "/"}}, "").status != 0) {
    return without_go();
  }
  int different = 0;
  for (int done = 0; done < count; done += kUniverse) {
    different += compare_universe(modtool, seed++, std::min(kUniverse, count - done));
  }
  std::printf("%d of %d graphs differ\n", different, count);
  return different == 0 ? kPass : kFail;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: random_graphs MODTOOL [COUNT [SEED]]\n", stderr);
    return 2;
  }
  return compare_projects(fs::absolute(argv[1]), argc > 2 ? std::atoi(argv[2]) : 50,
                          argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1);
}
