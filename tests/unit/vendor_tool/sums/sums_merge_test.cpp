#include "vendor_tool/sums/sums_merge.hpp"

#include <fmt/format.h>

#include "core/base/sha256.hpp"
#include "tests/support/check.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {
namespace {

SumsBlock block(std::string_view name, std::string_view bytes = "", std::vector<KeptFile> kept = {}) {
  return {.module = {fmt::format("example.com/{}", name), "v1.0.0"},
          .manifest = "module m\n",
          .files = module::Preimage{{"a.go", sha256(bytes)}},
          .kept = std::move(kept)};
}

manifest::MergedFile merged(const std::vector<SumsBlock>& base, const std::vector<SumsBlock>& ours,
                            const std::vector<SumsBlock>& theirs) {
  return REQUIRE_OK(merge_sums({.base = format_sums({base}),
                                .ours = format_sums({ours}),
                                .theirs = format_sums({theirs}),
                                .name = "modtool.sums"}));
}

TEST_CASE("blocks are merged by module, and the parts of a block by their names") {
  auto listed = block("a");
  listed.files.reset();
  auto executable = block("a");
  executable.executables = {"a.go"};
  const struct {
    std::string_view name;
    std::vector<SumsBlock> base;
    std::vector<SumsBlock> ours;
    std::vector<SumsBlock> theirs;
    std::vector<SumsBlock> wanted;
  } cases[] = {
      {"both add",
       {block("b")},
       {block("a"), block("b")},
       {block("b"), block("c")},
       {block("a"), block("b"), block("c")}},
      {"both add the same", {}, {block("a")}, {block("a")}, {block("a")}},
      {"one drops",
       {block("a"), block("b")},
       {block("b")},
       {block("a"), block("b"), block("c")},
       {block("b"), block("c")}},
      {"one comes to need the files",
       {listed},
       {block("a"), block("b")},
       {listed, block("c")},
       {block("a"), block("b"), block("c")}},
      {"one keeps modes", {block("a")}, {executable}, {block("a"), block("b")}, {executable, block("b")}},
      {"one needs a file no more",
       {block("a", "", {{"x.go", "x"}, {"y.go", "y"}})},
       {block("a", "", {{"y.go", "y"}})},
       {block("a", "", {{"x.go", "x"}, {"y.go", "y"}}), block("b")},
       {block("a", "", {{"y.go", "y"}}), block("b")}},
      {"both drop",
       {block("a"), block("b")},
       {block("b"), block("c")},
       {block("b"), block("d")},
       {block("b"), block("c"), block("d")}},
      {"nobody needs the files",
       {listed},
       {listed, block("b")},
       {listed, block("c")},
       {listed, block("b"), block("c")}},
      {"each keeps a file",
       {block("a")},
       {block("a", "", {{"x.go", "x"}})},
       {block("a", "", {{"y.go", "y"}})},
       {block("a", "", {{"x.go", "x"}, {"y.go", "y"}})}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto result = merged(c.base, c.ours, c.theirs);
    CHECK(result.conflicts.empty());
    CHECK(result.text == format_sums({c.wanted}));
    CHECK(merged(c.base, c.theirs, c.ours).text == result.text);
    CHECK(parse_sums(result.text, "modtool.sums").has_value());
  }
}

TEST_CASE("other bytes of one version are a conflict around that block alone") {
  const auto ours = block("b", "ours");
  const auto theirs = block("b", "theirs");
  const auto result = merged({}, {block("a"), ours}, {theirs, block("c")});
  CHECK(result.conflicts ==
        std::vector<std::string>{"the block of example.com/b@v1.0.0 holds other bytes on either side"});
  CHECK(result.text == format_sums({{block("a")}}) + "<<<<<<< ours\n" + format_block(ours) + "=======\n" +
                           format_block(theirs) + ">>>>>>> theirs\n" + format_block(block("c")));
  CHECK_ERROR(parse_sums(result.text, "modtool.sums"), Code::kConflictMarker, "modtool.sums:");
}

TEST_CASE("each part of a block that differs on both sides is a conflict") {
  auto other_manifest = block("a");
  other_manifest.manifest = "module other\n";
  auto executable = block("a");
  executable.executables = {"a.go"};
  const struct {
    std::string_view name;
    SumsBlock ours;
    SumsBlock theirs;
  } cases[] = {
      {"the manifest", block("a"), other_manifest},
      {"the files", block("a", "ours"), block("a", "theirs")},
      {"the modes", block("a"), executable},
      {"a kept file", block("a", "", {{"x.go", "ours"}}), block("a", "", {{"x.go", "theirs"}})},
  };
  for (const auto& [name, ours, theirs] : cases) {
    CAPTURE(name);
    const auto result = merged({}, {ours}, {theirs});
    CHECK(result.conflicts ==
          std::vector<std::string>{"the block of example.com/a@v1.0.0 holds other bytes on either side"});
    CHECK(result.text.contains("<<<<<<< ours\n" + format_block(ours) + "=======\n" + format_block(theirs) + ">>>>>>>"));
  }
}

TEST_CASE("a block that one side dropped and the other changed is a conflict") {
  const auto result = merged({block("a")}, {}, {block("a", "", {{"x.go", "x"}})});
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts.front().ends_with("was changed on one side and dropped on the other"));
}

TEST_CASE("sums that both sides made, and sides that are none") {
  const auto text = format_sums({{block("a")}});
  CHECK(REQUIRE_OK(merge_sums({.base = "", .ours = text, .theirs = format_sums({{block("b")}}), .name = "s"})).text ==
        format_sums({{block("a"), block("b")}}));
  CHECK_ERROR(merge_sums({.base = "", .ours = text, .theirs = "x\n", .name = "s"}), Code::kSumsSyntax, "s (theirs)");
  CHECK_ERROR(merge_sums({.base = "", .ours = "x\n", .theirs = text, .name = "s"}), Code::kSumsSyntax, "s (ours)");
  CHECK_ERROR(merge_sums({.base = "x\n", .ours = "y\n", .theirs = text, .name = "s"}), Code::kSumsSyntax, "s (base)");
}

TEST_CASE("files that are left out on one side are so after the merge, unless that side only kept them") {
  const auto text_with = [](const std::vector<std::string>& left_out) {
    module::Preimage files;
    for (const auto* name : {"a", "b", "c", "d"}) files.push_back({name, sha256("")});
    return format_sums({.blocks = {{.module = {"a.org/x", "v1.0.0"}, .files = files, .left_out = left_out}}});
  };
  const std::string base = text_with({"a", "b"});
  const std::string ours = text_with({"a", "c"});
  const std::string theirs = text_with({"a", "b", "d"});
  const auto merged = REQUIRE_OK(merge_sums({.base = base, .ours = ours, .theirs = theirs, .name = "modtool.sums"}));
  CHECK(merged.conflicts.empty());
  CHECK(merged.text == text_with({"a", "c", "d"}));
  const std::string gone = text_with({});
  const std::string one = text_with({"a"});
  CHECK(REQUIRE_OK(merge_sums({.base = base, .ours = gone, .theirs = one, .name = "modtool.sums"})).text == gone);
}

TEST_CASE("globs are merged one by one, and stand with the blocks of either side") {
  using Globs = std::vector<std::string>;
  const auto text_with = [](const Globs& with, std::vector<SumsBlock> blocks) {
    return format_sums({.blocks = std::move(blocks), .with = with});
  };
  const struct {
    std::string_view name;
    Globs base;
    Globs ours;
    Globs theirs;
    Globs wanted;
  } cases[] = {
      {"both add", {}, {"a", "c"}, {"b", "c"}, {"a", "b", "c"}},
      {"one forgets, one adds", {"a", "b"}, {"b"}, {"a", "b", "c"}, {"b", "c"}},
      {"each forgets one", {"a", "b"}, {"a"}, {"b"}, {}},
      {"none has any", {}, {}, {}, {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto base = text_with(c.base, {block("a")});
    const auto ours = text_with(c.ours, {block("a"), block("b")});
    const auto theirs = text_with(c.theirs, {block("a"), block("c")});
    const auto merged = REQUIRE_OK(merge_sums({.base = base, .ours = ours, .theirs = theirs, .name = "modtool.sums"}));
    CHECK(merged.conflicts.empty());
    CHECK(merged.text == text_with(c.wanted, {block("a"), block("b"), block("c")}));
  }
}

}  // namespace
}  // namespace modtool::vendor_tool
