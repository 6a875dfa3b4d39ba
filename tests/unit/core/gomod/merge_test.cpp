#include "core/gomod/go_mod_merge.hpp"
#include "core/gomod/go_sum_merge.hpp"
#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

struct Case {
  std::string_view name;
  std::string_view base;
  std::string_view ours;
  std::string_view theirs;
  std::string_view wanted;
  std::string_view conflict = {};
};

using Merge = Result<manifest::MergedFile> (*)(const manifest::MergeInput&);

void check_merge(Merge merge, const Case& c, const std::string& file) {
  CAPTURE(c.name);
  const auto result = REQUIRE_OK(merge({.base = c.base, .ours = c.ours, .theirs = c.theirs, .name = file}));
  CHECK(result.text == c.wanted);
  const std::vector<std::string> conflicts(c.conflict.empty() ? 0 : 1, std::string(c.conflict));
  CHECK(result.conflicts == conflicts);
}

TEST_CASE("lines of go.sum are put together, in the order in which Go writes them") {
  const Case cases[] = {
      {"both add", "b v1 h1:b=\n", "a v1 h1:a=\nb v1 h1:b=\n", "b v1 h1:b=\nc v1 h1:c=\n",
       "a v1 h1:a=\nb v1 h1:b=\nc v1 h1:c=\n"},
      {"a line that one side dropped stays", "a v1 h1:a=\n", "b v1 h1:b=\n", "a v1 h1:a=\nc v1 h1:c=\n",
       "a v1 h1:a=\nb v1 h1:b=\nc v1 h1:c=\n"},
      {"one that both dropped goes", "a v1 h1:a=\n", "b v1 h1:b=\n", "c v1 h1:c=\n", "b v1 h1:b=\nc v1 h1:c=\n"},
      {"the module before its go.mod", "", "a v1.10.0/go.mod h1:x=\n", "a v1.10.0 h1:y=\na v1.9.0 h1:z=\n",
       "a v1.9.0 h1:z=\na v1.10.0 h1:y=\na v1.10.0/go.mod h1:x=\n"},
      {"another algorithm", "", "a v1 h1:a=\n", "a v1 h9:a=\n", "a v1 h1:a=\na v1 h9:a=\n"},
      {"two hashes of one thing", "", "a v1 h1:a=\nb v1 h1:b=\n", "a v1 h1:x=\n",
       "<<<<<<< ours\na v1 h1:a=\n=======\na v1 h1:x=\n>>>>>>> theirs\nb v1 h1:b=\n",
       "a v1 has another hash on either side"},
  };
  for (const auto& c : cases) check_merge(merge_go_sums, c, "go.sum");
}

TEST_CASE("requirements of go.mod are merged by path, and the rest is taken from the side that changed it") {
  const Case cases[] = {
      {"both add", "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/d v1.0.0\n)\n",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/b v1.0.0\n\ta.com/d v1.0.0\n)\n",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/c v1.0.0 // why\n\ta.com/d v1.0.0\n)\n",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/b v1.0.0\n\ta.com/c v1.0.0 // why\n\ta.com/d v1.0.0\n)\n"},
      {"the higher version, and a directive of theirs", "module m\n\nrequire a.com/a v1.9.0\n",
       "module m\n\nrequire a.com/a v1.10.0 // ours\n", "module m\n\ngo 1.21\n\nrequire a.com/a v1.9.1\n",
       "module m\n\ngo 1.21\n\nrequire a.com/a v1.10.0 // ours\n"},
      {"indirect ones among their like",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n)\n\nrequire (\n\ta.com/b v1.0.0 // indirect\n)\n",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/z v1.0.0\n)\n\nrequire (\n\ta.com/b v1.0.0 // indirect\n)\n",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n)\n\nrequire (\n\ta.com/b v1.0.0 // indirect\n\ta.com/c v1.0.0 // "
       "indirect\n)\n",
       "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/z v1.0.0\n)\n\nrequire (\n\ta.com/b v1.0.0 // "
       "indirect\n\ta.com/c v1.0.0 // indirect\n)\n"},
      {"the first of its kind", "module m\n", "module m\n\ngo 1.21\n", "module m\n\nrequire a.com/a v1.0.0\n",
       "module m\n\ngo 1.21\n\nrequire (\n\ta.com/a v1.0.0\n)\n"},
      {"dropped on one side", "module m\n\nrequire a.com/a v1.0.0\nrequire a.com/b v1.0.0\n",
       "module m\n\nrequire a.com/b v1.0.0\n", "module m\n\nrequire a.com/a v1.0.0\nrequire a.com/b v1.1.0\n",
       "module m\n\nrequire a.com/b v1.1.0\n"},
      {"dropped and raised", "module m\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/b v1.0.0\n)\n",
       "module m\n\nrequire (\n\ta.com/b v1.0.0\n)\n", "module m\n\nrequire (\n\ta.com/a v1.1.0\n\ta.com/b v1.0.0\n)\n",
       "module m\n\nrequire (\n<<<<<<< ours\n=======\n\ta.com/a v1.1.0\n>>>>>>> theirs\n\ta.com/b v1.0.0\n)\n",
       "a.com/a was changed on one side and dropped on the other"},
  };
  for (const auto& c : cases) check_merge(merge_go_mods, c, "go.mod");
}

TEST_CASE("directives of different kinds are merged each for itself") {
  const Case cases[] = {
      {"the higher language", "module m\n", "module m\n\ngo 1.20\n", "module m\n\ngo 1.21\n", "module m\n\ngo 1.21\n"},
      {"a language and a tool, with requirements", "module m\n\ngo 1.22\n\nrequire (\n\ta.com/a v1.0.0\n)\n",
       "module m\n\ngo 1.24\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/b v1.0.0\n)\n",
       "module m\n\ngo 1.22\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/c v1.0.0\n)\n\ntool a.com/c/cmd\n",
       "module m\n\ngo 1.24\n\nrequire (\n\ta.com/a v1.0.0\n\ta.com/b v1.0.0\n\ta.com/c v1.0.0\n)\n\ntool "
       "a.com/c/cmd\n"},
      {"two toolchains", "module m\n\ngo 1.22\n", "module m\n\ngo 1.22\n\ntoolchain go1.22.9\n",
       "module m\n\ngo 1.23\n\ntoolchain go1.23.10\n", "module m\n\ngo 1.23\n\ntoolchain go1.23.10\n"},
      {"a toolchain behind the language, which is raised", "module m\n\ngo 1.22\n\ntool a.com/a\n",
       "module m\n\ngo 1.23\n\ntool a.com/a\n", "module m\n\ngo 1.22\n\ntoolchain go1.22.9\n\ntool a.com/a\n",
       "module m\n\ngo 1.23\n\ntoolchain go1.22.9\n\ntool a.com/a\n"},
      {"lines of a block, one of them dropped, with their comments",
       "module m\n\nreplace (\n\ta.com/a => ../a\n\ta.com/b v1.0.0 => ../b // why\n)\n",
       "module m\n\nreplace (\n\ta.com/a => ../a\n)\n",
       "module m\n\nreplace (\n\ta.com/a => ../other\n\ta.com/b v1.0.0 => ../b // why\n\ta.com/c => ../c // new\n)\n",
       "module m\n\nreplace (\n\ta.com/a => ../other\n\ta.com/c => ../c // new\n)\n"},
      {"a comment of theirs", "module m\n\ngo 1.20\n\ntool a.com/a\n", "module m\n\ngo 1.21\n\ntool a.com/a\n",
       "module m\n\ngo 1.20\n\n// tools\ntool a.com/a\ntool a.com/b\n",
       "module m\n\ngo 1.21\n\n// tools\ntool a.com/a\ntool a.com/b\n"},
      {"raised and lowered", "module m\n\nrequire a.com/a v1.2.0\n", "module m\n\nrequire a.com/a v1.3.0\n",
       "module m\n\nrequire a.com/a v1.1.0\n",
       "module m\n\n<<<<<<< ours\nrequire a.com/a v1.3.0\n=======\nrequire a.com/a v1.1.0\n>>>>>>> theirs\n",
       "a.com/a was raised on one side and lowered on the other: v1.3.0 and v1.1.0"},
      {"lowered on both", "module m\n\nrequire a.com/a v1.2.0\n", "module m\n\nrequire a.com/a v1.0.0\n",
       "module m\n\nrequire a.com/a v1.1.0\n", "module m\n\nrequire a.com/a v1.1.0\n"},
  };
  for (const auto& c : cases) check_merge(merge_go_mods, c, "go.mod");
}

TEST_CASE("a go.mod in which both sides changed one thing, or comments, is left to others") {
  const auto merge = [](std::string_view ours, std::string_view theirs) {
    return merge_go_mods({.base = "module m\n", .ours = ours, .theirs = theirs, .name = "go.mod"});
  };
  CHECK_ERROR(merge("module m\n\nreplace a.com/a => ../x\n", "module m\n\nreplace a.com/a => ../y\n"),
              Code::kNotSupported, "both sides changed `replace a.com/a`");
  CHECK_ERROR(merge("module n\n", "module o\n"), Code::kNotSupported, "both sides changed `module`");
  CHECK_ERROR(merge("// a\nmodule m\n\ngo 1.20\n", "// b\nmodule m\n\ngo 1.21\n"), Code::kNotSupported,
              "both sides changed comments");
}

}  // namespace
}  // namespace modtool::gomod
