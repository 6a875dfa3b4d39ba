#include "core/native/lock_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "core/native/lock_file.hpp"
#include "core/native/lock_lines.hpp"
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

using Modules = std::set<ModuleVersion>;

// All that some modules lead to; where the selected versions are given, by way of them too.
Modules reached(const World& world, Modules from, const std::map<std::string, ModuleVersion>& selected = {}) {
  for (std::size_t before = 0; before != from.size();) {
    before = from.size();
    for (const auto& module : Modules(from)) {
      from.insert(world.at(module).begin(), world.at(module).end());
      if (const auto found = selected.find(module.path); found != selected.end()) from.insert(found->second);
    }
  }
  return from;
}

Modules modules_of(const std::vector<manifest::LockedRoot>& roots, const std::optional<std::string>& group = {}) {
  Modules modules;
  for (const auto& root : roots) {
    if (!group || root.group == *group) modules.insert(root.module);
  }
  return modules;
}

Lock lock_of(const World& world, const std::vector<manifest::LockedRoot>& roots) {
  Lock lock{.roots = roots};
  const auto all = reached(world, modules_of(roots));
  std::map<std::string, ModuleVersion> selected;
  for (const auto& module : all) {
    auto& newest = selected.try_emplace(module.path, module).first->second;
    if (module_less(newest, module)) newest = module;
  }
  const auto needed = reached(world, modules_of(roots, ""), selected);
  const auto tested = reached(world, modules_of(roots, "test"), selected);
  for (const auto& module : all) {
    LockedModule locked{.module = module, .require = world.at(module)};
    if (selected.at(module.path) == module) {
      locked.sum = fake_sum(module);
      if (tested.contains(module) && !needed.contains(module)) locked.groups = {"test"};
    }
    if (!locked.require.empty()) locked.from = "manifest";
    lock.modules.push_back(std::move(locked));
  }
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

// --- what is read line by line

const World kPair = {{at("a", 1), {}}, {at("a", 2), {}}, {at("b", 1), {}}, {at("c", 1), {}}};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto found = text.find(what);
  REQUIRE(found != text.npos);
  return text.replace(found, what.size(), with);
}

TEST_CASE("a lock is cut into lines where it is laid out as locks are written") {
  const auto text = text_of(kPair, {root("a", 1), root("b", 1)});
  const auto lines = cut_lock(text);
  REQUIRE(lines);
  REQUIRE(lines->roots.size() == 2);
  CHECK(lines->roots.back() == R"({"root":"example.com/b","version":"v1.1.0"})");
  REQUIRE(lines->modules.size() == 2);
  CHECK(lines->modules.front().starts_with(R"({"path":"example.com/a")"));
  CHECK(lines->modules.back().ends_with("}"));
  const auto none = cut_lock("");
  REQUIRE(none);
  CHECK((none->roots.empty() && none->modules.empty()));
  const std::string others[] = {
      text + "x",
      text + "\n",
      text.substr(0, text.size() - 1),
      text.substr(0, text.size() - 3),
      "[",
      "[\n {\"lock\":1}\n",
      replaced(text, "\n,", "\n ,"),
      replaced(text, "[\n", "[\r\n"),
      replaced(text, "}\n]", "}\n\n]"),
      replaced(text, "\n]", "\n,{\"root\":\"example.com/c\",\"version\":\"v1.0.0\"}\n]"),
  };
  for (const auto& other : others) {
    INFO(other);
    CHECK(!cut_lock(other));
  }
}

TEST_CASE("the bytes that a lock is written in do not matter to a merge") {
  const auto base = text_of(kPair, {root("a", 1)});
  const auto ours = text_of(kPair, {root("a", 1), root("b", 1)});
  const auto theirs = text_of(kPair, {root("a", 1), root("c", 1)});
  const auto wanted = text_of(kPair, {root("a", 1), root("b", 1), root("c", 1)});
  const auto crlf = [](std::string text) {
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
    return text;
  };
  const auto spaced = [](const std::string& text) { return replaced(text, "\"path\":", "\"path\" : "); };
  const auto noted = [](const std::string& text) { return replaced(text, "\"}\n]", "\"} // b\n]"); };
  const auto turned = [](const std::string& text) {
    const auto first = text.find(",{\"path\"");
    const auto second = text.find(",{\"path\"", first + 1);
    const auto end = text.size() - 2;
    if (second == text.npos) return text;
    return text.substr(0, first) + text.substr(second, end - second) + text.substr(first, second - first) + "]\n";
  };
  const std::function<std::string(const std::string&)> ways[] = {crlf, spaced, noted, turned};
  for (const auto& way : ways) {
    CHECK(merged(way(base), way(ours), way(theirs)).text == wanted);
    CHECK(merged(way(base), ours, theirs).text == wanted);
    CHECK(merged(base, way(ours), theirs).text == wanted);
    CHECK(merged(base, ours, way(theirs)).text == wanted);
  }
}

TEST_CASE("a merged lock is of the format that what is in it needs") {
  const auto omitting = [](const std::string& text) {
    const auto at = text.find("\"sum\":");
    const auto end = text.find('}', at);
    const std::string with = text.substr(0, end) + R"(,"omit":["a"])" + text.substr(end);
    return replaced(with, "{\"lock\":1}", "{\"lock\":2}");
  };
  const auto base = text_of(kPair, {root("a", 1)});
  const auto other = text_of(kPair, {root("a", 1), root("b", 1)});
  const auto both = merged(base, omitting(base), other).text;
  CHECK(both.starts_with("[\n {\"lock\":2}\n"));
  CHECK(both.contains(R"("omit":["a"])"));
  CHECK(merged(omitting(base), base, omitting(other)).text == other);
}

TEST_CASE("what is wrong in a record of one side, or of all three alike, is told where it stands") {
  const auto base = text_of(kPair, {root("a", 1), root("c", 1)});
  const auto ours = text_of(kPair, {root("a", 1), root("b", 1), root("c", 1)});
  const auto theirs = text_of(kPair, {root("a", 1)});
  const struct {
    std::string_view what;
    std::string_view with;
    Code code;
    std::string_view says;
  } cases[] = {
      {R"("sum":"h1:)", R"("sum":"h1)", Code::kLockSyntax, "must be a hash"},
      {R"("path":)", R"("pat":)", Code::kManifestField, "unknown key"},
      {R"("root":"example.com/a","version":"v1.1.0")", R"("root":"example.com/a","version":"1.1.0")", Code::kBadVersion,
       "did you mean"},
      {R"(,{"path":"example.com/a")", R"(,,{"path":"example.com/a")", Code::kJsonSyntax, ""},
      {"\n,{\"path\"", "\n<<<<<<< ours\n,{\"path\"", Code::kConflictMarker, "merge conflict"},
  };
  for (const auto& [what, with, code, says] : cases) {
    INFO(with);
    const auto bad = [&](const std::string& text) { return replaced(text, what, with); };
    const auto merge = [](const std::string& b, const std::string& o, const std::string& t) {
      return merge_locks({.base = b, .ours = o, .theirs = t, .name = "modtool.lock"});
    };
    CHECK_ERROR(merge(bad(base), bad(ours), bad(theirs)), code, std::string(says));
    CHECK_ERROR(merge(bad(base), bad(ours), bad(theirs)), code, "modtool.lock (base)");
    CHECK_ERROR(merge(base, bad(ours), bad(theirs)), code, "modtool.lock (ours)");
    CHECK_ERROR(merge(base, ours, bad(theirs)), code, "modtool.lock (theirs)");
  }
}

TEST_CASE("a record or a root that stands twice in one side, or in all, is refused") {
  const auto twice = [](const std::string& text, const std::string& begin) {
    const auto at_line = text.find(begin);
    const auto line = text.substr(at_line, text.find('\n', at_line) + 1 - at_line);
    return text.substr(0, at_line) + line + text.substr(at_line);
  };
  const auto base = text_of(kPair, {root("a", 1)});
  const auto ours = text_of(kPair, {root("a", 1), root("b", 1)});
  const auto theirs = text_of(kPair, {root("a", 1), root("c", 1)});
  for (const std::string begin : {",{\"root\"", ",{\"path\""}) {
    const auto both = [&](const std::string& text) { return twice(text, begin); };
    const auto merge = [](const std::string& b, const std::string& o, const std::string& t) {
      return merge_locks({.base = b, .ours = o, .theirs = t, .name = "modtool.lock"});
    };
    CHECK_ERROR(merge(both(base), both(ours), both(theirs)), Code::kLockSyntax, "modtool.lock (base)");
    CHECK_ERROR(merge(base, both(ours), both(theirs)), Code::kLockSyntax, "modtool.lock (ours)");
    CHECK_ERROR(merge(base, ours, both(theirs)), Code::kLockSyntax, "stands there twice");
  }
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
