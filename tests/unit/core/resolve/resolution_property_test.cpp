// Resolution with compatibility classes on random graphs, against the plainest way to work it out.
#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using module::ModuleVersion;
using test::ToyWorld;

using Number = std::pair<int, int>;  // major, minor

Number number_of(std::string_view version) {
  const auto parts = split(version.substr(1), '.');
  return {std::stoi(std::string(parts[0])), std::stoi(std::string(parts[1]))};
}

struct RandomProject {
  ToyWorld world{""};
  manifest::Manifest manifest;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  RandomProject project() {
    RandomProject project{.manifest = ToyWorld::root("")};
    majors_ = below(3) == 0 ? 3 : 1;
    for (char path = 'a'; path <= 'f'; ++path) {
      for (int major = 0; major < 3; ++major) {
        for (int minor = 0; minor < 3; ++minor) {
          auto& list = project.world.of(make(path, major, minor));
          while (below(5) < 2) add(list, module());
        }
      }
    }
    for (std::size_t i = 0, size = 1 + below(4); i < size; ++i)
      project.manifest.require.push_back({.module = module()});
    if (below(2) == 0) project.manifest.exclude.push_back(module());
    while (below(3) == 0) {
      const auto floor = module();
      project.manifest.majors[floor.path] = floor.version;
    }
    return project;
  }

  ModuleVersion module() {
    // Mostly of one class, so that graphs without a contradiction are common.
    const int major = below(6) == 0 ? static_cast<int>(below(3)) : majors_ == 1 ? 1 : static_cast<int>(below(2)) + 1;
    return make(static_cast<char>('a' + below(6)), major, static_cast<int>(below(3)));
  }
  std::size_t below(std::size_t n) { return random_() % n; }
  std::mt19937& random() { return random_; }

 private:
  static ModuleVersion make(char path, int major, int minor) {
    return {"example.com/" + std::string(1, path), "v" + std::to_string(major) + "." + std::to_string(minor) + ".0"};
  }
  // A manifest requires a path once.
  static void add(std::vector<ModuleVersion>& list, const ModuleVersion& module) {
    if (std::ranges::find(list, module.path, &ModuleVersion::path) == list.end()) list.push_back(module);
  }

  std::mt19937 random_;
  int majors_ = 1;
};

using Selection = std::map<std::string, std::string>;  // path → version

// Everything that is required by anything required; of each path the newest. Nothing where two classes of one path are.
std::optional<Selection> brute_force(RandomProject& project) {
  const auto& [world, manifest] = project;
  const auto is_excluded = [&](const ModuleVersion& m) {
    return std::ranges::find(manifest.exclude, m) != manifest.exclude.end();
  };
  std::set<ModuleVersion> required;
  for (const auto& requirement : manifest.require) {
    if (!is_excluded(requirement.module)) required.insert(requirement.module);
  }
  const auto newest = [&](const std::string& path) {
    std::string version;
    for (const auto& module : required) {
      if (module.path == path && (version.empty() || number_of(version) < number_of(module.version))) {
        version = module.version;
      }
    }
    return version;
  };
  for (std::size_t before = 0; before != required.size();) {
    before = required.size();
    for (const auto& module : std::set(required)) {
      for (const auto& needed : project.world.of(module)) {
        if (!is_excluded(needed)) required.insert(needed);
      }
    }
    if (before != required.size()) continue;
    for (const auto& [path, floor] : manifest.majors) {
      const auto version = newest(path);
      if (!version.empty() && number_of(version) < number_of(floor) && !is_excluded({path, floor})) {
        required.insert({path, floor});
      }
    }
  }
  Selection selection;
  std::map<std::string, Number> classes;
  for (const auto& [path, version] : required) {
    Number number = number_of(version);
    const auto floor = manifest.majors.find(path);
    if (floor != manifest.majors.end()) number = std::max(number, number_of(floor->second));
    const Number own = number.first == 0 ? number : Number{number.first, -1};
    if (classes.emplace(path, own).first->second != own) return std::nullopt;
    selection[path] = newest(path);
  }
  return selection;
}

std::optional<Selection> resolve(const RandomProject& project) {
  const auto graph = project.world.load(project.manifest);
  if (!graph) {
    INFO(modtool::test::whole_text(graph.error()));
    REQUIRE(graph.error().code == Code::kTwoClasses);
    return std::nullopt;
  }
  Selection selection;
  for (const auto& module : graph->build_list()) {
    if (!module.version.empty()) selection[module.path] = module.version;
  }
  return selection;
}

TEST_CASE("resolution is what the plainest way gives") {
  int resolved = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    auto project = Generator(seed).project();
    const auto expected = brute_force(project);
    INFO("seed " << seed);
    REQUIRE(resolve(project) == expected);
    resolved += expected.has_value() ? 1 : 0;
  }
  CHECK(resolved > 300);
  CHECK(resolved < 1400);
}

TEST_CASE("another requirement never lowers a version") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    Generator generator(seed);
    auto project = generator.project();
    const auto before = resolve(project);
    project.manifest.require.push_back({.module = generator.module()});
    const auto after = resolve(project);
    INFO("seed " << seed);
    if (!before) {
      CHECK(!after);
    } else if (after) {
      for (const auto& [path, version] : *before) CHECK(number_of(after->at(path)) >= number_of(version));
    }
  }
}

TEST_CASE("the order of keys never matters") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Generator generator(seed);
    auto project = generator.project();
    const auto before = resolve(project);
    std::ranges::shuffle(project.manifest.require, generator.random());
    for (const auto* name : {"a1.0", "a1.1", "b1.0", "c1.2", "d1.0", "e1.1", "f1.0"}) {
      std::ranges::shuffle(project.world.of(test::toy(name)), generator.random());
    }
    INFO("seed " << seed);
    CHECK(resolve(project) == before);
  }
}

}  // namespace
}  // namespace modtool::resolve
