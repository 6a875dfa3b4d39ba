#include "core/native/lock_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "core/native/lock_file.hpp"
#include "core/native/lock_graph.hpp"
#include "tests/support/check.hpp"

namespace modtool::native {
namespace {

using manifest::Lock;
using manifest::LockedModule;
using module::ModuleVersion;

// A small world: what each module version requires. Its lock for some roots is what a resolution would write.
using World = std::map<ModuleVersion, std::vector<ModuleVersion>>;

std::string path_of(std::string_view name) { return fmt::format("example.com/{}", name); }

ModuleVersion at(std::string_view name, int version) { return {path_of(name), fmt::format("v1.{}.0", version)}; }

std::string fake_sum(const ModuleVersion& module) {
  std::string letters = module.path.substr(12) + module.version.substr(1);
  std::ranges::replace(letters, '.', 'x');
  letters.resize(43, 'A');
  return "h1:" + letters + "=";
}

Lock lock_of(const World& world, const std::vector<manifest::LockedRoot>& roots) {
  Lock lock{.roots = roots};
  for (const auto& [module, require] : world) {
    LockedModule locked{.module = module, .sum = fake_sum(module), .require = require};
    if (!require.empty()) locked.from = "manifest";
    lock.modules.push_back(std::move(locked));
  }
  settle(lock);
  return lock;
}

std::string text_of(const World& world, const std::vector<manifest::LockedRoot>& roots) {
  return format_lock(lock_of(world, roots));
}

manifest::LockedRoot root(std::string_view name, int version, std::string group = {}) {
  return {.module = at(name, version), .group = std::move(group)};
}

manifest::MergedFile merged(const std::string& base, const std::string& ours, const std::string& theirs) {
  return REQUIRE_OK(merge_locks({.base = base, .ours = ours, .theirs = theirs, .name = "modtool.lock"}));
}

const World kWorld = {
    {at("a", 1), {}},           {at("a", 2), {}},           {at("a", 3), {}},
    {at("b", 1), {at("a", 1)}}, {at("b", 2), {at("a", 2)}}, {at("c", 1), {at("a", 3), at("d", 1)}},
    {at("d", 1), {}},
};

TEST_CASE("merged locks are the lock of the merged roots") {
  using Roots = std::vector<manifest::LockedRoot>;
  const struct {
    std::string_view name;
    Roots base;
    Roots ours;
    Roots theirs;
    Roots wanted;
  } cases[] = {
      {"both add", {}, {root("a", 1)}, {root("d", 1)}, {root("a", 1), root("d", 1)}},
      {"both add the same", {}, {root("a", 1)}, {root("a", 1)}, {root("a", 1)}},
      {"both raise", {root("a", 1)}, {root("a", 2)}, {root("a", 3)}, {root("a", 3)}},
      {"one raises what the other needs",
       {root("a", 1)},
       {root("a", 2)},
       {root("a", 1), root("c", 1)},
       {root("a", 2), root("c", 1)}},
      {"one drops",
       {root("a", 1), root("b", 1)},
       {root("b", 1)},
       {root("a", 1), root("b", 1), root("d", 1)},
       {root("b", 1), root("d", 1)}},
      {"one drops what the other comes to need", {root("d", 1)}, {}, {root("c", 1), root("d", 1)}, {root("c", 1)}},
      {"a group on one side",
       {root("a", 1)},
       {root("a", 1), root("c", 1, "test")},
       {root("a", 1), root("d", 1)},
       {root("a", 1), root("c", 1, "test"), root("d", 1)}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto base = text_of(kWorld, c.base);
    const auto ours = text_of(kWorld, c.ours);
    const auto theirs = text_of(kWorld, c.theirs);
    const auto result = merged(base, ours, theirs);
    CHECK(result.conflicts.empty());
    CHECK(result.gaps.empty());
    CHECK(result.text == text_of(kWorld, c.wanted));
    CHECK(merged(base, theirs, ours).text == result.text);
  }
}

TEST_CASE("a lock that both sides made is merged without a base") {
  const auto result = merged("", text_of(kWorld, {root("a", 1)}), text_of(kWorld, {root("b", 2)}));
  CHECK(result.text == text_of(kWorld, {root("a", 1), root("b", 2)}));
}

TEST_CASE("a version that neither side had selected is told") {
  // Both had a v1.3.0 by way of c; without c and with d alone it is b that decides, and a v1.2.0 has no hash anywhere.
  const auto base = text_of(kWorld, {root("b", 2), root("c", 1), root("a", 3)});
  const auto ours = text_of(kWorld, {root("b", 2), root("a", 3)});
  const auto theirs = text_of(kWorld, {root("b", 2), root("c", 1)});
  const auto result = merged(base, ours, theirs);
  CHECK(result.conflicts.empty());
  REQUIRE(result.gaps.size() == 1);
  CHECK(result.gaps.front() == "example.com/a@v1.2.0 is selected now and was on neither side");
  CHECK(REQUIRE_OK(parse_lock(result.text, "l")).roots.size() == 1);
}

TEST_CASE("two contents of one version are a conflict around that record alone") {
  const auto base = text_of(kWorld, {root("d", 1)});
  auto ours = lock_of(kWorld, {root("a", 1), root("d", 1)});
  auto theirs = ours;
  theirs.modules.front().sum = fake_sum(at("b", 9));
  const auto result = merged(base, format_lock(ours), format_lock(theirs));
  CHECK(result.conflicts ==
        std::vector<std::string>{"example.com/a@v1.1.0 was locked with another commit or other files on either side"});
  CHECK(result.text ==
        "[\n {\"lock\":1}\n,{\"root\":\"example.com/a\",\"version\":\"v1.1.0\"}\n"
        ",{\"root\":\"example.com/d\",\"version\":\"v1.1.0\"}\n<<<<<<< ours\n," +
            format_locked_module(ours.modules.front()) + "\n=======\n," + format_locked_module(theirs.modules.front()) +
            "\n>>>>>>> theirs\n," + format_locked_module(ours.modules.back()) + "\n]\n");
  CHECK_ERROR(parse_lock(result.text, "modtool.lock"), Code::kConflictMarker, "modtool.lock:5");
}

TEST_CASE("requirements that a module itself has never differ") {
  auto ours = lock_of(kWorld, {root("b", 1)});
  auto theirs = ours;
  theirs.modules.back().require = {at("d", 1)};
  const auto result = merged("", format_lock(ours), format_lock(theirs));
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts.front().ends_with("was locked with other requirements on either side"));
}

TEST_CASE("requirements that are described are merged as the description is") {
  World world = kWorld;
  auto lock_with = [&](std::vector<ModuleVersion> require, const std::string& description) {
    world[at("d", 1)] = require;
    auto described = root("d", 1);
    described.description = description;
    auto lock = lock_of(world, {described});
    lock.modules.back().from = require.empty() ? "" : "describe";
    return format_lock(lock);
  };
  const auto result = merged(lock_with({}, "sha256:0"), lock_with({at("a", 1)}, "sha256:1"),
                             lock_with({at("a", 2), at("b", 1)}, "sha256:2"));
  CHECK(result.conflicts.empty());
  CHECK(result.gaps == std::vector<std::string>{"the description of example.com/d was changed on both sides"});
  const auto lock = REQUIRE_OK(parse_lock(result.text, "l"));
  CHECK(lock.roots.front().description.empty());
  CHECK(lock.modules.back().require == std::vector{at("a", 2), at("b", 1)});
}

TEST_CASE("where modules are replaced every record stays, and that is told") {
  auto replaced = lock_of(kWorld, {root("a", 1)});
  replaced.modules.front().module.path = "example.com/fork";
  const auto result = merged("", format_lock(replaced), text_of(kWorld, {root("a", 1), root("d", 1)}));
  CHECK(REQUIRE_OK(parse_lock(result.text, "l")).modules.size() == 3);
  REQUIRE(result.gaps.size() == 1);
  CHECK(result.gaps.front().starts_with("modules are replaced"));
}

TEST_CASE("a side that is no lock is named") {
  const auto lock = text_of(kWorld, {root("a", 1)});
  CHECK_ERROR(merge_locks({.base = "[]", .ours = lock, .theirs = "{", .name = "modtool.lock"}), Code::kLockSyntax,
              "modtool.lock (base)");
  CHECK_ERROR(merge_locks({.base = lock, .ours = "", .theirs = "[]", .name = "modtool.lock"}), Code::kJsonSyntax,
              "modtool.lock (ours)");
  CHECK_ERROR(merge_locks({.base = "", .ours = lock, .theirs = "{", .name = "modtool.lock"}), Code::kJsonSyntax,
              "modtool.lock (theirs):1:2");
}

// --- properties, on random worlds

class RandomWorld {
 public:
  explicit RandomWorld(unsigned seed) : random_(seed) {
    for (int module = 0; module < kModules; ++module) {
      for (int version = 1; version <= 3; ++version) {
        auto& require = world_[at(name(module), version)];
        for (int other = module + 1; other < kModules; ++other) {
          if (pick(4) == 0) require.push_back(at(name(other), 1 + pick(3)));
        }
      }
    }
  }

  std::vector<manifest::LockedRoot> roots() {
    std::vector<manifest::LockedRoot> roots;
    for (int module = 0; module < kModules; ++module) {
      if (pick(3) == 0) roots.push_back(root(name(module), 1 + pick(3), pick(4) == 0 ? "test" : ""));
    }
    return roots;
  }

  // The same with a few changes.
  std::vector<manifest::LockedRoot> changed(std::vector<manifest::LockedRoot> roots) {
    std::erase_if(roots, [&](const auto&) { return pick(6) == 0; });
    for (auto& root : roots) {
      if (pick(4) == 0) root.module.version = fmt::format("v1.{}.0", 1 + pick(3));
    }
    for (int module = 0; module < kModules; ++module) {
      const bool is_there =
          std::ranges::any_of(roots, [&](const auto& r) { return r.module.path == path_of(name(module)); });
      if (!is_there && pick(5) == 0) roots.push_back(root(name(module), 1 + pick(3)));
    }
    return roots;
  }

  const World& world() const { return world_; }

 private:
  static constexpr int kModules = 6;
  static std::string name(int module) { return std::string(1, static_cast<char>('a' + module)); }
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  std::mt19937 random_;
  World world_;
};

TEST_CASE("whatever two branches did, the merge parses, does not mind the order, and lacks no more than hashes") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    RandomWorld random(seed);
    const auto start = random.roots();
    const auto base = text_of(random.world(), start);
    const auto ours = text_of(random.world(), random.changed(start));
    const auto theirs = text_of(random.world(), random.changed(start));
    const auto result = merged(base, ours, theirs);
    CHECK(result.conflicts.empty());
    CHECK(merged(base, theirs, ours).text == result.text);
    const auto lock = REQUIRE_OK(parse_lock(result.text, "modtool.lock"));
    auto wanted = lock_of(random.world(), lock.roots);
    for (auto& locked : wanted.modules) {
      const bool is_gap = std::ranges::any_of(
          result.gaps, [&](const auto& gap) { return gap.starts_with(to_string(locked.module) + " "); });
      if (is_gap) locked.sum.clear();
    }
    CHECK(format_lock(wanted) == result.text);
  }
}

TEST_CASE("a change that one side alone made, or both alike, is the result") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    RandomWorld random(seed);
    const auto base = text_of(random.world(), random.roots());
    const auto changed = text_of(random.world(), random.roots());
    CHECK(merged(base, changed, base).text == changed);
    CHECK(merged(base, base, changed).text == changed);
    CHECK(merged(base, changed, changed).text == changed);
  }
}

}  // namespace
}  // namespace modtool::native
