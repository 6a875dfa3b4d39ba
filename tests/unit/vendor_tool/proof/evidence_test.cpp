#include "vendor_tool/proof/evidence.hpp"

#include "core/base/cancellation.hpp"
#include "core/base/worker_pool.hpp"
#include "core/module/executables.hpp"
#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::vendor_tool {
namespace {

using modtool::test::MemoryFileSystem;
using module::ModuleVersion;

const ModuleVersion kModule{"a.org/x", "v1.0.0"};

SumsBlock sample_block() {
  return {.module = kModule,
          .manifest = "module a.org/x\n",
          .files = module::Preimage{{"gen.go", sha256("ignore\n")}, {"x.go", sha256("package x\n")}},
          .kept = {{"gen.go", "ignore\n"}}};
}

manifest::ChecksumTable checksums_of(const SumsBlock& block) {
  manifest::ChecksumTable table;
  table.add(block.module, module::h1_of(*block.files, to_string(block.module)), {.file = "go.sum", .line = 1});
  table.add(manifest::go_mod_key(block.module), module::h1_of_go_mod(*block.manifest), {.file = "go.sum", .line = 2});
  return table;
}

ModuleRule go_rule() {
  return {.synthesise = [](const std::string& path) { return "module " + path + "\n"; }};
}

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const auto& finding : findings) codes.push_back(to_string(finding.code));
  return codes;
}

TEST_CASE("a block is proven by the checksum lines of its module alone") {
  const SumsBlock block = sample_block();
  CHECK(check_block(block, checksums_of(block), go_rule(), "modtool.sums").empty());

  SumsBlock renamed = block;
  renamed.module.path = "a.org/y";
  auto both = checksums_of(block);
  both.add(renamed.module, std::string(both.h1(kModule)), {.file = "go.sum", .line = 3});
  both.add(manifest::go_mod_key(renamed.module), module::h1_of_go_mod(*renamed.manifest), {});
  // The path is part of what is hashed, so the same list under another name has another hash.
  CHECK(codes_of(check_block(renamed, both, go_rule(), "modtool.sums")) ==
        std::vector<std::string>{"MT4001", "MT4001"});
}

TEST_CASE("a module without a manifest has the one that is made up for it, and no other") {
  SumsBlock block = sample_block();
  block.manifest = "module a.org/x\nrequire evil.org/e v1.0.0\n";
  const auto findings = check_block(block, checksums_of(block), go_rule(), "modtool.sums");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message.find("says more than its path") != std::string::npos);
}

TEST_CASE("a listed manifest is the one of the list, even where its own checksum line agrees") {
  SumsBlock block = sample_block();
  block.files->insert(block.files->begin() + 1, {"go.mod", sha256("another\n")});
  CHECK(codes_of(check_block(block, checksums_of(block), go_rule(), "modtool.sums")) ==
        std::vector<std::string>{"MT4001"});
}

TEST_CASE("each finding about a block has the hashes and the line of its own key") {
  SumsBlock block = sample_block();
  const auto checksums = checksums_of(block);
  block.files->pop_back();
  block.manifest = "module evil.org/x\n";
  ModuleRule rule = go_rule();
  rule.synthesise = nullptr;
  const auto findings = check_block(block, checksums, rule, "modtool.sums");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].expected == checksums.h1(kModule));
  CHECK(findings[0].actual == module::h1_of(*block.files, to_string(kModule)));
  CHECK(findings[0].anchor.line == 1);
  CHECK(findings[1].expected == checksums.h1(manifest::go_mod_key(kModule)));
  CHECK(findings[1].actual == module::h1_of_go_mod(*block.manifest));
  CHECK(findings[1].anchor.line == 2);
}

TEST_CASE("a block that says nothing proves nothing") {
  CHECK(codes_of(check_block({.module = kModule}, {}, go_rule(), "modtool.sums")) ==
        std::vector<std::string>{"MT4108"});
}

TEST_CASE("files are executable where the lock says so, and nowhere else") {
  SumsBlock block = sample_block();
  auto rule = go_rule();
  std::string locked;
  rule.executables = [&](const ModuleVersion&) { return locked; };
  CHECK(check_block(block, checksums_of(block), rule, "modtool.sums").empty());
  const auto says_otherwise = [&] {
    const auto findings = check_block(block, checksums_of(block), rule, "modtool.sums");
    return findings.size() == 1 && findings[0].message == "other files are executable than the lock says";
  };
  block.executables = {"x.go"};
  CHECK(says_otherwise());  // of a module of which the lock says nothing
  locked = module::hash_of_executables({"x.go"});
  CHECK(check_block(block, checksums_of(block), rule, "modtool.sums").empty());
  block.executables = {"gen.go"};
  CHECK(says_otherwise());
  block.executables = {};
  CHECK(says_otherwise());
  rule.executables = nullptr;
  block.executables = {"x.go"};
  CHECK(says_otherwise());  // a dialect that keeps no modes
}

TEST_CASE("contradicting lines are found whatever stands between them") {
  manifest::ChecksumTable table;
  table.add(kModule, "h1:a", {.file = "go.sum", .line = 1});
  table.add(kModule, "h2:b", {.file = "go.sum", .line = 2});
  table.add(kModule, "h1:c", {.file = "go.sum", .line = 3});
  const auto findings = find_conflicts(table);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].line == 3);
  CHECK(findings[0].expected == "h1:a");
  CHECK(findings[0].actual == "h1:c");
}

struct Fixture {
  MemoryFileSystem disk;
  SumsBlock block = sample_block();
  manifest::ChecksumTable checksums = checksums_of(block);

  std::unique_ptr<Evidence> make() {
    EvidenceInput input{.files = &disk, .vendor = std::string("/p/vendor"), .checksums = &checksums, .rule = go_rule()};
    input.open_directory = [](const std::string&) { return fail(Code::kFileNotFound, "absent"); };
    return REQUIRE_OK(make_sums_evidence(std::move(input), format_sums({.blocks = {block}})));
  }
};

TEST_CASE("a proven tree lists all names and gives only bytes that have their hash") {
  Fixture fixture;
  fixture.disk.add("/p/vendor/a.org/x/x.go", "package x\n");
  const auto evidence = fixture.make();
  const auto tree = REQUIRE_OK(evidence->tree(kModule, kModule));
  CHECK(tree->list().size() == 2);
  CHECK(REQUIRE_OK(tree->read("x.go")) == "package x\n");
  CHECK(REQUIRE_OK(tree->read("gen.go")) == "ignore\n");
  CHECK(REQUIRE_OK(tree->hash("x.go")) == sha256("package x\n"));
  CHECK_ERROR(tree->read("evil.go"), Code::kFileNotFound, "evil.go");
  CHECK(evidence->lacks().empty());

  fixture.disk.add("/p/vendor/a.org/x/x.go", "package evil\n");
  CHECK_ERROR(tree->read("x.go"), Code::kUnproven, "a.org/x/x.go");
  REQUIRE(evidence->lacks().size() == 1);
  CHECK(evidence->lacks()[0].destination == "a.org/x/x.go");
}

TEST_CASE("bytes behind a link are not read, genuine or not") {
  Fixture fixture;
  fixture.disk.add("/q/x.go", "package x\n");
  SUBCASE("the file") { fixture.disk.add_link("/p/vendor/a.org/x/x.go", "/q/x.go"); }
  SUBCASE("its directory") { fixture.disk.add_link("/p/vendor/a.org/x", "/q"); }
  const auto evidence = fixture.make();
  CHECK_ERROR(REQUIRE_OK(evidence->tree(kModule, kModule))->read("x.go"), Code::kUnproven, "");
}

TEST_CASE("the bytes of a replacement are looked for where the replaced module is vendored") {
  Fixture fixture;
  fixture.disk.add("/p/vendor/original.org/o/x.go", "package x\n");
  const auto evidence = fixture.make();
  const auto tree = REQUIRE_OK(evidence->tree({"original.org/o", "v9.0.0"}, kModule));
  CHECK(REQUIRE_OK(tree->read("x.go")) == "package x\n");
}

TEST_CASE("a block that its checksum lines contradict gives nothing") {
  Fixture fixture;
  fixture.block.files->pop_back();
  const auto evidence = fixture.make();
  CHECK(codes_of(evidence->findings()) == std::vector<std::string>{"MT4001"});
  CHECK_ERROR(evidence->tree(kModule, kModule), Code::kUnproven, "not proven");
  CHECK_ERROR(evidence->manifest(kModule), Code::kUnproven, "not proven");
}

TEST_CASE("bytes of a module that change after they were hashed are not given") {
  const SumsBlock block = sample_block();
  const auto checksums = checksums_of(block);
  auto disk = std::make_shared<MemoryFileSystem>();
  for (const auto& [name, text] : {std::pair{"gen.go", "ignore\n"}, {"x.go", "package x\n"}}) {
    disk->add(std::string("/cache/") + name, text);
  }
  // A tree whose bytes are read when they are asked for, as those of a cache are.
  struct CachedTree final : module::ModuleTree {
    explicit CachedTree(std::shared_ptr<MemoryFileSystem> from) : disk(std::move(from)) {}
    const std::vector<module::TreeFile>& list() const override { return files; }
    Result<std::string> read(std::string_view name) const override {
      return disk->read("/cache/" + std::string(name)).required();
    }
    std::shared_ptr<MemoryFileSystem> disk;
    std::vector<module::TreeFile> files = {{.name = "gen.go"}, {.name = "x.go"}};
  };
  Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  const auto evidence =
      make_module_evidence({.files = disk.get(), .checksums = &checksums, .rule = go_rule()},
                           {.name = "module cache",
                            .manifest = [](const ModuleVersion&) -> Result<std::string> { return "module a.org/x\n"; },
                            .tree = [&](const ModuleVersion&) -> Result<std::shared_ptr<const module::ModuleTree>> {
                              return std::make_shared<CachedTree>(disk);
                            },
                            .preimage = [&](const auto&, const auto& tree) { return module::hash_tree(tree, pool); }});
  const auto tree = REQUIRE_OK(evidence->tree(kModule, kModule));
  CHECK(REQUIRE_OK(tree->read("x.go")) == "package x\n");
  disk->add("/cache/x.go", "package evil\n");
  CHECK(!tree->read("x.go").has_value());
  CHECK(REQUIRE_OK(tree->read("gen.go")) == "ignore\n");
}

TEST_CASE("a module whose files cannot be hashed is vouched for by nothing") {
  MemoryFileSystem disk;
  const SumsBlock block = sample_block();
  const auto checksums = checksums_of(block);
  const auto tree = std::shared_ptr<const module::ModuleTree>(module::make_memory_tree({{"x.go", "package x\n"}}));
  const auto evidence = make_module_evidence(
      {.files = &disk, .checksums = &checksums, .rule = go_rule()},
      {.name = "module cache",
       .manifest = [](const ModuleVersion&) -> Result<std::string> { return "module a.org/x\n"; },
       .tree = [&](const ModuleVersion&) -> Result<std::shared_ptr<const module::ModuleTree>> { return tree; },
       .preimage = [](const auto&, const auto&) -> Result<module::Preimage> {
         return fail(Code::kIo, "disk failure");
       }});
  for (int i = 0; i < 2; ++i) CHECK_ERROR(evidence->tree(kModule, kModule), Code::kIo, "disk failure");
  CHECK(REQUIRE_OK(evidence->manifest(kModule)) == "module a.org/x\n");
}

// Evidence that completes a modtool.sums from a source, which counts how often it is asked.
struct CompletedFixture {
  MemoryFileSystem disk;
  SumsBlock block = sample_block();
  manifest::ChecksumTable checksums = checksums_of(block);
  std::shared_ptr<const module::ModuleTree> tree =
      module::make_memory_tree({{"gen.go", "ignore\n"}, {"x.go", "package x\n"}});
  std::optional<Error> failure;
  bool fetches = true;
  int asked = 0;
  Cancellation cancellation;
  WorkerPool pool{1, cancellation};

  std::unique_ptr<Evidence> make(std::optional<SumsFile> sums) {
    return make_module_evidence(
        {.files = &disk, .vendor = std::string("/vendor"), .checksums = &checksums, .rule = go_rule()},
        {.name = "module cache",
         .manifest = [this](const ModuleVersion&) -> Result<std::string> {
           ++asked;
           if (failure) return fail(*failure);
           return "module a.org/x\n";
         },
         .tree = [this](const ModuleVersion&) -> Result<std::shared_ptr<const module::ModuleTree>> {
           ++asked;
           if (failure) return fail(*failure);
           return tree;
         },
         .preimage = [this](const auto&, const auto& of) { return module::hash_tree(of, pool); },
         .fetches = fetches},
        std::move(sums));
  }
};

TEST_CASE("a good block of modtool.sums spares the source, and its bytes too where vendor/ has them") {
  CompletedFixture fixture;
  fixture.disk.add("/vendor/a.org/x/x.go", "package x\n");
  const auto evidence = fixture.make(SumsFile{.blocks = {fixture.block}});
  CHECK(REQUIRE_OK(evidence->manifest(kModule)) == "module a.org/x\n");
  const auto tree = REQUIRE_OK(evidence->tree(kModule, kModule));
  CHECK(REQUIRE_OK(tree->read("x.go")) == "package x\n");
  CHECK(fixture.asked == 0);
  CHECK(evidence->asked_sources().empty());
  CHECK(evidence->name() == "modtool.sums and the module cache");
}

TEST_CASE("bytes that a block lists and vendor/ does not have come from the source, if they are the listed ones") {
  CompletedFixture fixture;
  fixture.block.kept.clear();
  const auto tree = REQUIRE_OK(fixture.make(SumsFile{.blocks = {fixture.block}})->tree(kModule, kModule));
  const auto evidence = fixture.make(SumsFile{.blocks = {fixture.block}});
  CHECK(REQUIRE_OK(REQUIRE_OK(evidence->tree(kModule, kModule))->read("gen.go")) == "ignore\n");
  CHECK(evidence->asked_sources() == std::vector<std::string>{"a.org/x@v1.0.0"});
  fixture.tree = module::make_memory_tree({{"gen.go", "evil\n"}, {"x.go", "package x\n"}});
  const auto other = fixture.make(SumsFile{.blocks = {fixture.block}});
  CHECK(!REQUIRE_OK(other->tree(kModule, kModule))->read("gen.go").has_value());
}

TEST_CASE("a block that is missing or lacks what is asked for is made from the source") {
  CompletedFixture fixture;
  CHECK(REQUIRE_OK(fixture.make(SumsFile{})->manifest(kModule)) == "module a.org/x\n");
  fixture.block.files.reset();
  fixture.block.kept.clear();
  const auto evidence = fixture.make(SumsFile{.blocks = {fixture.block}});
  CHECK(REQUIRE_OK(evidence->tree(kModule, kModule))->list().size() == 2);
  CHECK(evidence->findings().empty());
}

TEST_CASE("a block that does not fit its checksum line is a finding where it is asked for or selected, and else none") {
  CompletedFixture fixture;
  fixture.block.files->front().sha256 = sha256("evil\n");
  const auto evidence = fixture.make(SumsFile{.blocks = {fixture.block}});
  CHECK(evidence->findings().empty());
  evidence->judge_block({"b.org/y", "v1.0.0"});
  CHECK(evidence->findings().empty());
  evidence->judge_block(kModule);
  CHECK(!evidence->findings().empty());
  CHECK_ERROR(evidence->tree(kModule, kModule), Code::kUnproven, "a.org/x@v1.0.0 is not proven");
  CHECK(fixture.asked == 0);
}

TEST_CASE("a source that does not give a module is asked once, and why is one finding") {
  CompletedFixture fixture;
  fixture.failure = Error{.code = Code::kNotFound, .message = "404 Not Found"};
  const auto evidence = fixture.make(std::nullopt);
  for (int i = 0; i < 2; ++i) CHECK_ERROR(evidence->tree(kModule, kModule), Code::kNotFound, "404 Not Found");
  CHECK(fixture.asked == 1);
  REQUIRE(codes_of(evidence->findings()) == std::vector<std::string>{"MT5001"});
  CHECK(evidence->findings()[0].path == "go.sum");
  CHECK(evidence->findings()[0].is_unavailable());
  CHECK(evidence->tells_of(kModule));
  CHECK(!evidence->tells_of({"b.org/y", "v1.0.0"}));
}

TEST_CASE("a module that is not at hand, and is not to be fetched, is absent") {
  CompletedFixture fixture;
  fixture.fetches = false;
  fixture.failure = Error{.code = Code::kOffline, .message = "--offline"};
  const auto evidence = fixture.make(std::nullopt);
  CHECK_ERROR(evidence->manifest(kModule), Code::kOffline, "--offline");
  CHECK(evidence->findings().empty());
  CHECK(evidence->absent() == std::vector<ModuleVersion>{kModule});
  CHECK(evidence->tells_of(kModule));
}

TEST_CASE("what is not in the evidence is noted as lacking") {
  Fixture fixture;
  const auto evidence = fixture.make();
  CHECK_ERROR(evidence->manifest({"b.org/y", "v1.0.0"}), Code::kUnproven, "no block of b.org/y@v1.0.0");
  CHECK_ERROR(evidence->tree({"b.org/y", "v1.0.0"}, {"b.org/y", "v1.0.0"}), Code::kUnproven, "");
  CHECK(evidence->lacks().size() == 1);
}

TEST_CASE("the block of a directory may hold a manifest and nothing else") {
  Fixture fixture;
  SumsBlock directory{.module = {"./lib", ""}, .manifest = "module l\n", .files = module::Preimage{}};
  EvidenceInput input{.files = &fixture.disk, .checksums = &fixture.checksums};
  const auto evidence = REQUIRE_OK(make_sums_evidence(input, format_sums({.blocks = {directory}})));
  CHECK(codes_of(evidence->findings()) == std::vector<std::string>{"MT4108"});
}

TEST_CASE("a block without the manifest that is asked for lacks it") {
  Fixture fixture;
  fixture.block.manifest.reset();
  const auto evidence = fixture.make();
  CHECK_ERROR(evidence->manifest(kModule), Code::kUnproven, "modtool.sums has no manifest of a.org/x@v1.0.0");
  REQUIRE(evidence->lacks().size() == 1);
  CHECK(evidence->lacks()[0].stand_in == kModule);
  CHECK(evidence->lacks()[0].destination.empty());
}

// What vouches for a directory that replaces kModule, by what of it is there.
struct DirectoryCase {
  const char* name;
  std::map<std::string, std::string> files;  // of the directory
  bool needs_manifest;
  std::optional<std::string> manifest;  // nothing: an error
};

TEST_CASE("the manifest of a directory is its own, or made up where it needs none") {
  const DirectoryCase cases[] = {
      {"its own", {{"go.mod", "module l\n"}}, true, "module l\n"},
      {"none, and one is needed", {{"l.go", "package l\n"}}, true, std::nullopt},
      {"none, and none is needed", {{"l.go", "package l\n"}}, false, "module a.org/x\n"},
  };
  for (const auto& [name, files, needs_manifest, manifest] : cases) {
    CAPTURE(name);
    Fixture fixture;
    EvidenceInput input{.files = &fixture.disk, .checksums = &fixture.checksums, .rule = go_rule()};
    input.rule.manifest_name = "go.mod";
    input.rule.directories_need_manifest = needs_manifest;
    input.open_directory = [&](const std::string&) { return module::make_memory_tree(files); };
    const auto evidence = REQUIRE_OK(make_sums_evidence(input, format_sums({})));
    const auto given = evidence->directory_manifest(kModule, "./lib");
    if (manifest) CHECK(REQUIRE_OK(given) == *manifest);
    if (!manifest) CHECK_ERROR(given, Code::kFileNotFound, "go.mod");
    CHECK(evidence->findings().empty());
  }
}

TEST_CASE("a directory that cannot be looked into is an error, and one that is not there is unproven") {
  Fixture fixture;
  EvidenceInput input{.files = &fixture.disk, .vendor = std::string("/p/vendor"), .checksums = &fixture.checksums};
  Code code = Code::kIo;
  input.open_directory = [&](const std::string&) { return fail(code, "no look"); };
  const auto evidence = REQUIRE_OK(make_sums_evidence(input, format_sums({})));
  CHECK_ERROR(evidence->directory_manifest(kModule, "./lib"), Code::kIo, "no look");
  CHECK_ERROR(evidence->tree(kModule, {"./lib", ""}), Code::kIo, "no look");
  CHECK(evidence->findings().empty());
  code = Code::kFileNotFound;
  CHECK_ERROR(evidence->directory_manifest(kModule, "./lib"), Code::kUnproven, "`./lib` is not there");
  CHECK(codes_of(evidence->findings()) == std::vector<std::string>{"MT4109"});
}

TEST_CASE("where vendor has no index that can be read, all below a module's path is taken for its files") {
  for (const char* index : {"", "no index\n"}) {
    Fixture fixture;
    if (*index != 0) fixture.disk.add("/p/vendor/modules.txt", index);
    fixture.disk.add("/p/vendor/l.org/l/l.go", "package l\n");
    fixture.disk.add("/p/vendor/l.org/l/n/n.go", "package n\n");
    const auto tree = REQUIRE_OK(fixture.make()->tree({"l.org/l", "v0.0.0"}, {"../l", ""}));
    CHECK(tree->list().size() == 2);
    CHECK(REQUIRE_OK(tree->read("n/n.go")) == "package n\n");
    CHECK(REQUIRE_OK(tree->hash("n/n.go")) == sha256("package n\n"));
    CHECK_ERROR(tree->read("other.go"), Code::kFileNotFound, "");
    CHECK_ERROR(tree->hash("other.go"), Code::kFileNotFound, "");
  }
}

TEST_CASE("whatever cannot be looked at in vendor, no tree is made of the rest") {
  for (std::size_t call = 0;; ++call) {
    CAPTURE(call);
    Fixture fixture;
    fixture.disk.add("/p/vendor/l.org/l/l.go", "package l\n");
    fixture.disk.add("/p/vendor/l.org/l/n/n.go", "package n\n");
    const modtool::test::FaultyFileSystem faulty(fixture.disk,
                                                 {.call = call, .counted = modtool::test::Fault::Counted::kAll});
    EvidenceInput input{.files = &faulty, .vendor = std::string("/p/vendor"), .checksums = &fixture.checksums};
    input.open_directory = [](const std::string&) { return fail(Code::kFileNotFound, "absent"); };
    const auto tree = REQUIRE_OK(make_sums_evidence(input, format_sums({})))->tree({"l.org/l", "v0.0.0"}, {"../l", ""});
    if (!faulty.has_failed()) {
      CHECK(REQUIRE_OK(tree)->list().size() == 2);
      CHECK(call > 3);
      break;
    }
    CHECK_ERROR(tree, Code::kIo, "");
  }
}

TEST_CASE("what vendor holds of an unproven module ends where another module begins") {
  Fixture fixture;
  fixture.disk.add("/p/vendor/modules.txt", "# l.org/l v0.0.0 => ../l\nl.org/l\n# l.org/l/n v1.0.0\nl.org/l/n\n");
  fixture.disk.add("/p/vendor/l.org/l/l.go", "package l\n");
  fixture.disk.add("/p/vendor/l.org/l/n/n.go", "package n\n");
  fixture.disk.add_link("/p/vendor/l.org/l/link.go", "l.go");
  const auto evidence = fixture.make();
  const auto tree = REQUIRE_OK(evidence->tree({"l.org/l", "v0.0.0"}, {"../l", ""}));
  REQUIRE(tree->list().size() == 1);
  CHECK(tree->list()[0].name == "l.go");
  CHECK(codes_of(evidence->findings()) == std::vector<std::string>{"MT4109"});
}

}  // namespace
}  // namespace modtool::vendor_tool
