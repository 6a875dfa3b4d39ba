#include "core/source/tree_entries.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::source;

namespace {

TreeEntry link(std::string target) { return {.kind = EntryKind::kSymlink, .target = std::move(target)}; }
TreeEntry file() { return {.kind = EntryKind::kFile}; }
TreeEntry directory() { return {.kind = EntryKind::kDirectory}; }

}  // namespace

TEST_CASE("a link leads where the system would take it, and not out of the tree") {
  TreeEntries entries = {{"a", directory()},
                         {"a/x", file()},
                         {"a/up", link("..")},
                         {"to-x", link("a/x")},
                         {"again", link("to-x")},
                         {"to-a", link("./a/")},
                         {"through", link("to-a/up/to-x")},
                         {"out", link("../y")},
                         {"loop", link("loop")},
                         {"nothing", link("b")},
                         {"root", link("/etc")},
                         {"file-as-directory", link("a/x/y")}};
  LinkFollower links(entries);
  const auto end = [&](const std::string& name) { return REQUIRE_OK(links.follow(name)).value_or("nothing"); };
  CHECK(end("to-x") == "a/x");
  CHECK(end("again") == "a/x");
  CHECK(end("to-a") == "a");
  CHECK(end("a/up").empty());
  CHECK(end("through") == "a/x");
  for (const std::string name : {"out", "loop", "nothing", "root", "file-as-directory"}) {
    CAPTURE(name);
    CHECK(end(name) == "nothing");
  }
}

TEST_CASE("links that make one another long are not followed for ever") {
  TreeEntries entries = {{"d", directory()}, {"x", file()}};
  const auto name = [](int i) { return "l" + std::to_string(100 + i); };
  std::string detour;
  for (int i = 0; i < 600; ++i) detour += "d/../";
  for (int i = 0; i < 38; ++i) entries[name(i)] = link(detour + (i == 37 ? "x" : name(i + 1)));
  for (int i = 0; i < 3000; ++i) entries["m" + std::to_string(i)] = link(detour + name(0));
  LinkFollower links(entries);
  Result<std::optional<std::string>> last = std::nullopt;
  for (const auto& [path, entry] : entries) {
    if (entry.kind == EntryKind::kSymlink && last) last = links.follow(path);
  }
  CHECK_ERROR(last, Code::kTooLarge, "lead on and on");
}
