#include "core/resolve/lock_index.hpp"

#include <algorithm>

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using manifest::Lock;
using manifest::LockedRoot;
using manifest::Manifest;
using test::ToyWorld;

TEST_CASE("a lock says what a module requires without its manifest") {
  const Lock lock{.modules = {{.module = test::toy("b1.0"), .require = test::toys("c1.0 d1.2")},
                              {.module = test::toy("b1.1")},
                              {.module = test::toy("c1.0"), .sum = "h1:x"}}};
  const LockIndex index(lock);
  const auto summary = index.summary(test::toy("b1.0"));
  REQUIRE(summary);
  CHECK(summary->path == "example.com/b");
  CHECK(test::names_of(summary->require) == "c1.0 d1.2");
  CHECK_FALSE(summary->prunes);
  CHECK(summary->language.empty());
  CHECK(index.summary(test::toy("b1.1"))->require.empty());
  CHECK_FALSE(index.summary(test::toy("b1.2")));
  CHECK_FALSE(index.summary(test::toy("b")));
}

TEST_CASE("a lock gives the record of a module") {
  const Lock lock{.modules = {{.module = test::toy("b1.0"), .sum = "h1:x"}, {.module = test::toy("c1.0")}}};
  const LockIndex index(lock);
  CHECK(index.find(test::toy("b1.0")) == &lock.modules[0]);
  CHECK(index.find(test::toy("c1.0")) == &lock.modules[1]);
  CHECK(index.find(test::toy("c1.1")) == nullptr);
  CHECK(LockIndex(Lock{}).find(test::toy("b1.0")) == nullptr);
}

TEST_CASE("of two records for one module the first counts") {
  const Lock lock{.modules = {{.module = test::toy("b1.0"), .require = test::toys("c1.0")},
                              {.module = test::toy("b1.0"), .require = test::toys("c1.1")}}};
  const LockIndex index(lock);
  CHECK(index.find(test::toy("b1.0")) == &lock.modules[0]);
  CHECK(test::names_of(index.summary(test::toy("b1.0"))->require) == "c1.0");
}

// "b1.0 test:c1.0 d=sha256:1": requirements, of a group too, and what is described. The n-th word stands in line n.
Manifest root(std::string_view words) {
  Manifest manifest{.path = "example.com/main"};
  int line = 0;
  for (const auto word : split_fields(words)) {
    const Where where{.file = "modtool.json", .line = ++line};
    if (const auto equals = word.find('='); equals != word.npos) {
      manifest.describe[test::toy(word.substr(0, equals)).path] = {.fingerprint = std::string(word.substr(equals + 1)),
                                                                   .where = where};
      continue;
    }
    for (auto requirement : ToyWorld::root(word).require) {
      requirement.where = where;
      manifest.require.push_back(requirement);
    }
  }
  return manifest;
}

// "b1.0 test:c1.0 d1.0=sha256:1 e=sha256:2".
std::string text_of(const std::vector<LockedRoot>& roots) {
  std::vector<std::string> words;
  for (const auto& root : roots) {
    words.push_back((root.group.empty() ? "" : root.group + ":") + test::name_of(root.module) +
                    (root.description.empty() ? "" : "=" + root.description));
  }
  return join(words, " ");
}

TEST_CASE("the roots of a lock are what is required and what is described, by path and group") {
  struct Case {
    std::string_view manifest;
    std::string_view roots;
  };
  const Case cases[] = {
      {"", ""},
      {"c1.0 b1.0", "b1.0 c1.0"},
      {"tool:b1.0 test:b1.1 b1.2 a9.0", "a9.0 b1.2 test:b1.1 tool:b1.0"},
      {"b1.0 b=x", "b1.0=x"},
      {"b1.0 test:b1.0 b=x", "b1.0=x test:b1.0=x"},
      {"c1.0 b=x", "b=x c1.0"},
      {"test:b1.0 a=y b=x", "a=y test:b1.0=x"},
  };
  for (const auto& [manifest, roots] : cases) {
    INFO(manifest);
    CHECK(text_of(roots_to_lock(root(manifest))) == roots);
  }
  const auto roots = roots_to_lock(root("c1.0 b=x"));
  CHECK(roots[0].where.line == 2);
  CHECK(roots[1].where.line == 1);
}

// A lock that was made for such a manifest; the n-th root stands in line n.
Lock locked(std::string_view words) {
  Lock lock{.roots = roots_to_lock(root(words))};
  int line = 0;
  for (auto& entry : lock.roots) entry.where = {.file = "modtool.lock", .line = ++line};
  return lock;
}

TEST_CASE("a lock that was made for the manifest is fresh") {
  for (const std::string_view words : {"", "b1.0", "b1.0 test:b1.1 c=x", "tool:b1.0 c1.0 b=x d=y"}) {
    INFO(words);
    REQUIRE_OK(check_lock_is_fresh(root(words), locked(words), "modtool.lock", Fix::modtool("lock")));
  }
  // Not the order of either.
  Lock lock = locked("b1.0 c1.0");
  std::ranges::reverse(lock.roots);
  REQUIRE_OK(check_lock_is_fresh(root("c1.0 b1.0"), lock, "modtool.lock", Fix::modtool("lock")));
}

TEST_CASE("what a lock was not made for is told with its place and the command that mends it") {
  struct Case {
    std::string_view manifest;
    std::string_view lock;
    std::string_view error;
    std::string_view place;
  };
  const Case cases[] = {
      {"b1.0 c1.0", "b1.0", "example.com/c is required and not locked", "modtool.json:2"},
      {"b1.0 c=x", "b1.0", "example.com/c is described and not locked", "modtool.json:2"},
      {"b1.1", "b1.0", "example.com/b is required at v1.1.0 and was locked at v1.0.0", "modtool.json:1"},
      {"b1.0 b=x", "b1.0", "the description of example.com/b has changed", "modtool.json:1"},
      {"b1.0", "b1.0 b=x", "the description of example.com/b has changed", "modtool.json:1"},
      {"b=x", "b=y", "the description of example.com/b has changed", "modtool.json:1"},
      {"c1.0", "c1.0 b1.0", "example.com/b is locked and no longer required", "modtool.lock:1"},
      {"c1.0", "c1.0 d=x", "example.com/d is locked and no longer required", "modtool.lock:2"},
      {"", "b1.0", "example.com/b is locked and no longer required", "modtool.lock:1"},
      {"test:b1.0", "b1.0", "example.com/b is required and not locked", "modtool.json:1"},
      {"b1.0", "b1.0 test:b1.0", "example.com/b is locked and no longer required", "modtool.lock:2"},
      {"b1.0 test:b1.1", "b1.0 test:b1.0", "example.com/b is required at v1.1.0 and was locked", "modtool.json:2"},
      // The first of several by path, and what the manifest asks for before what it no longer does.
      {"d1.1 c1.1", "c1.0 d1.0", "example.com/c is required at v1.1.0", "modtool.json:2"},
      {"c1.1", "b1.0 c1.0", "example.com/c is required at v1.1.0", "modtool.json:1"},
  };
  for (const auto& [manifest, lock, error, place] : cases) {
    INFO(manifest << " against " << lock);
    const auto result = check_lock_is_fresh(root(manifest), locked(lock), "modtool.lock", Fix::modtool("lock"));
    CHECK_ERROR(result, Code::kLockStale, "modtool.lock is out of date: " + std::string(error));
    if (result) continue;
    CHECK(to_string(result.error().where) == place);
    CHECK(to_command(result.error().fix) == "modtool lock");
  }
}

}  // namespace
}  // namespace modtool::resolve
