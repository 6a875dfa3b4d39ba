#include "core/manifest/modules_txt_merge.hpp"

#include "core/manifest/modules_txt.hpp"
#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::manifest;

namespace {

MergedFile merge(std::string_view base, std::string_view ours, std::string_view theirs) {
  return REQUIRE_OK(merge_modules_txts({.base = base, .ours = ours, .theirs = theirs, .name = "modules.txt"}));
}

}  // namespace

TEST_CASE("the index of both sides has the modules and packages of both") {
  const std::string base = "# a.com/a v1.0.0\n## explicit; go 1.20\na.com/a\na.com/a/gone\n# a.com/z v1.0.0\na.com/z\n";
  const std::string ours =
      "# a.com/a v1.0.0\n## explicit; go 1.20\na.com/a\na.com/a/gone\na.com/a/ours\n# a.com/b v1.0.0\n## "
      "explicit\na.com/b\n# a.com/z v1.0.0\na.com/z\n";
  const std::string theirs =
      "# a.com/a v1.0.0\n## explicit; go 1.20\na.com/a\na.com/a/theirs\n# a.com/c v1.0.0\na.com/c\n";
  const std::string both =
      "# a.com/a v1.0.0\n## explicit; go 1.20\na.com/a\na.com/a/ours\na.com/a/theirs\n# a.com/b v1.0.0\n## "
      "explicit\na.com/b\n# a.com/c v1.0.0\na.com/c\n";
  for (const auto& merged : {merge(base, ours, theirs), merge(base, theirs, ours)}) {
    CHECK(merged.text == both);
    CHECK(merged.conflicts.empty());
    CHECK(merged.gaps.size() == 1);
  }
}

TEST_CASE("of two versions the higher one stays, with what both need of it") {
  const std::string base = "# a.com/a v1.0.0\na.com/a\n";
  const std::string ours = "# a.com/a v1.9.0\n## explicit\na.com/a\na.com/a/x\n";
  const std::string theirs = "# a.com/a v1.10.0\na.com/a\na.com/a/y\n";
  CHECK(merge(base, ours, theirs).text == "# a.com/a v1.10.0\n## explicit\na.com/a\na.com/a/x\na.com/a/y\n");
}

TEST_CASE("what one side dropped and the other changed stays, as do replacements that nothing uses") {
  const std::string base = "# a.com/a v1.0.0\na.com/a\n";
  CHECK(merge(base, "# a.com/a v1.1.0\na.com/a\n", "# a.com/b v1.0.0\na.com/b\n").text ==
        "# a.com/a v1.1.0\na.com/a\n# a.com/b v1.0.0\na.com/b\n");
  const std::string unused = "# a.com/x => ../x\n";
  CHECK(merge(base, base + unused, base + "# a.com/b v1.0.0\na.com/b\n").text ==
        base + "# a.com/b v1.0.0\na.com/b\n" + unused);
}

TEST_CASE("what one side alone changed is taken as it is, and what cannot be read is named") {
  const std::string base = "# a.com/a v1.0.0\na.com/a\n";
  CHECK(merge(base, base, "").text.empty());
  CHECK(merge(base, base, "").gaps.empty());
  const auto bad = merge_modules_txts({.base = base, .ours = "a.com/x\n", .theirs = "", .name = "modules.txt"});
  CHECK_ERROR(bad, Code::kModulesTxtSyntax, "");
}
