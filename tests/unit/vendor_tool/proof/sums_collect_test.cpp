#include "vendor_tool/proof/sums_collect.hpp"

#include "core/base/sha256.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/vendor_tool/toy_project.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;

const ModuleVersion kA{"a.org/a", "v1.0.0"};
const ModuleVersion kB{"b.org/b", "v1.0.0"};
const ModuleVersion kC{"c.org/c", "v1.0.0"};

SumsNeed need(const ModuleVersion& module, std::vector<std::string> kept = {}) {
  return {.stand_in = module, .manifest = true, .files = true, .kept = std::move(kept)};
}

SumsBlock block(const ModuleVersion& module, int line, const std::vector<std::string>& kept = {}) {
  SumsBlock made{.module = module, .manifest = "module m\n", .files = module::Preimage{}, .line = line};
  for (const auto& name : kept) made.kept.push_back({name, "bytes"});
  return made;
}

TEST_CASE("each part that a plan needs and the proof lacks, or has too much, is named with its block") {
  auto without_manifest = block(kA, 3);
  without_manifest.manifest.reset();
  auto without_files = block(kA, 3);
  without_files.files.reset();
  auto manifest_alone = need(kA);
  manifest_alone.files = false;
  auto files_alone = need(kA);
  files_alone.manifest = false;
  struct Case {
    std::string name;
    std::vector<SumsNeed> needs;
    std::vector<SumsBlock> blocks;
    std::vector<std::string> said;
  };
  const Case cases[] = {
      {"just what is needed", {need(kA, {"x"}), need(kB)}, {block(kA, 3, {"x"}), block(kB, 9)}, {}},
      {"nothing", {}, {}, {}},
      {"no block",
       {need(kA), need(kB), need(kC)},
       {block(kB, 3)},
       {"0 a.org/a@v1.0.0 no block of this module", "0 c.org/c@v1.0.0 no block of this module"}},
      {"blocks too many",
       {need(kB)},
       {block(kA, 3), block(kB, 6), block(kC, 9)},
       {"3 a.org/a@v1.0.0 surplus block: nothing of this module was needed",
        "9 c.org/c@v1.0.0 surplus block: nothing of this module was needed"}},
      {"no manifest", {need(kA)}, {without_manifest}, {"3 a.org/a@v1.0.0 the block has no manifest"}},
      {"no files", {need(kA)}, {without_files}, {"3 a.org/a@v1.0.0 the block has no list of files"}},
      {"files for nothing",
       {manifest_alone},
       {block(kA, 3)},
       {"3 a.org/a@v1.0.0 the block has a list of files that is not needed"}},
      {"a manifest for nothing",
       {files_alone},
       {block(kA, 3)},
       {"3 a.org/a@v1.0.0 the block has a manifest that is not needed"}},
      {"other bytes are kept",
       {need(kA, {"b", "c", "d"})},
       {block(kA, 3, {"a", "c", "e"})},
       {"3 a.org/a@v1.0.0 the bytes of \"b\" are not kept", "3 a.org/a@v1.0.0 the bytes of \"d\" are not kept",
        "3 a.org/a@v1.0.0 the bytes of \"a\" need not be kept",
        "3 a.org/a@v1.0.0 the bytes of \"e\" need not be kept"}},
  };
  for (const auto& [name, needs, blocks, wanted] : cases) {
    CAPTURE(name);
    std::vector<std::string> said;
    for (const auto& finding : compare_needs(needs, {.blocks = blocks}, "go/modtool.sums")) {
      CHECK(finding.code == Code::kSumsStale);
      CHECK(finding.path == "go/modtool.sums");
      said.push_back(std::to_string(finding.line) + " " + finding.module + " " + finding.message);
    }
    CHECK(said == wanted);
  }
}

// An account of a plan that vendors `vendored` of a.org/a and read `read`.
struct Accounted {
  Accounted(const std::vector<std::string>& vendored, std::vector<std::string> read)
      : plan(REQUIRE_OK(plan_vendor(request(vendored)))),
        account{.plan = &plan,
                .recorded = {.manifests = {{kA, kA}}, .trees = {{.module = kA, .tree = tree, .read = std::move(read)}}},
                .replacements = &replacements} {}

  static VendorRequest request(const std::vector<std::string>& vendored) {
    VendorRequest request;
    request.modules.push_back({.index = {.module = kA, .packages = {"a.org/a"}}, .files = vendored});
    return request;
  }

  std::shared_ptr<const module::ModuleTree> tree =
      module::make_memory_tree({{"a.go", "a"}, {"b.go", "b"}, {"go.mod", "module a.org/a\n"}});
  VendorPlan plan;
  manifest::ReplacementTable replacements;
  PlanAccount account;
};

TEST_CASE("bytes are kept of files that were read, are there, are not vendored and are not the manifest") {
  const auto needs = needs_of(Accounted({"a.go"}, {"a.go", "absent.go", "b.go", "b.go", "go.mod"}).account);
  REQUIRE(needs.size() == 1);
  CHECK(needs[0] == need(kA, {"b.go"}));
}

TEST_CASE("a manifest that nobody needed as such is kept as a file is") {
  Accounted accounted({"a.go"}, {"go.mod"});
  accounted.account.recorded.manifests.clear();
  auto wanted = need(kA, {"go.mod"});
  wanted.manifest = false;
  CHECK(needs_of(accounted.account) == std::vector{wanted});
}

TEST_CASE("a proof of a module that cannot be read is none, and says of which") {
  test::ToyProject project;
  project.publish("-- a.org/a@v1.0.0/go.mod --\nmodule a.org/a\n");
  const Accounted accounted({"a.go"}, {"b.go"});
  Result<module::Preimage> preimage = module::Preimage{{"b.go", sha256("b")}};
  const auto collect = [&] {
    return collect_sums(accounted.account,
                        {.modules = project.modules, .preimage = [&](const auto&, const auto&) { return preimage; }});
  };
  const auto sums = REQUIRE_OK(collect());
  REQUIRE(sums.blocks.size() == 1);
  CHECK(sums.blocks[0].manifest == "module a.org/a\n");
  REQUIRE(sums.blocks[0].kept.size() == 1);
  CHECK(sums.blocks[0].kept[0].bytes == "b");
  preimage = fail(Code::kIo, "disk failure");
  CHECK_ERROR(collect(), Code::kIo, "proving a.org/a@v1.0.0: disk failure");
  preimage = module::Preimage{};
  project.modules.texts.clear();
  CHECK_ERROR(collect(), Code::kNotFound, "proving a.org/a@v1.0.0: ");
}

}  // namespace
}  // namespace modtool::vendor_tool
