#include "core/native/full_usage.hpp"

#include "core/base/cancellation.hpp"
#include "tests/support/check.hpp"

using namespace modtool;
using module::ModuleVersion;

namespace {

const ModuleVersion kMain = {.path = "example.com/main", .version = ""};
const ModuleVersion kAround = {.path = "h.org/o/r", .version = "v1.0.0"};
const ModuleVersion kInside = {.path = "h.org/o/r/part", .version = "v2.0.0"};

std::map<std::string, std::string> files_of(const ModuleVersion& module) {
  if (module == kAround) return {{"a.c", ""}, {"part/x.c", ""}, {"parted.c", ""}};
  if (module.path.ends_with("/bare")) {
    return {{".gitignore", ""}, {".gitattributes", ""}, {"sub/.gitignore", ""}, {"sub/.GitAttributes", ""},
            {".github", ""},    {"sub/.gitkeep", ""},   {"a.gitignore", ""}};
  }
  return {{"x.c", ""}, {"LICENSE", ""}};
}

const manifest::ReplacementTable kNoReplacements;

// The modules, and the analysis of what is used of them.
struct Analysed : manifest::Modules {
  explicit Analysed(std::vector<ModuleVersion> modules) : Modules(kNoReplacements), list(std::move(modules)) {}

  Result<manifest::Usage> run() { return usage->analyse(*this); }

  Result<manifest::Summary> summary(const ModuleVersion&) override { return fail(Code::kInternal, "not asked for"); }
  Result<std::string> manifest(const ModuleVersion&) override { return fail(Code::kInternal, "not asked for"); }
  Result<manifest::Tree> tree(const ModuleVersion& module) override {
    return module::make_memory_tree(files_of(module));
  }
  Result<std::vector<ModuleVersion>> build_list() override { return list; }
  std::string place(const ModuleVersion&) const override { return {}; }

  std::vector<ModuleVersion> list;
  Cancellation cancellation;
  WorkerPool pool{2, cancellation};
  std::unique_ptr<manifest::UsageAnalysis> usage = native::make_full_usage(pool);
};

}  // namespace

TEST_CASE("all files of all modules but the main one are used") {
  const auto usage = REQUIRE_OK(Analysed({kMain, kAround}).run());
  REQUIRE(usage.modules.size() == 1);
  CHECK(usage.modules[0].module == kAround);
  CHECK(usage.modules[0].packages == std::vector<std::string>{"h.org/o/r"});
  CHECK(usage.modules[0].files == std::vector<std::string>{"a.c", "part/x.c", "parted.c"});
}

TEST_CASE("what would have Git leave files out, or change them, is not copied along") {
  const ModuleVersion bare = {.path = "h.org/o/bare", .version = "v1.0.0"};
  const auto usage = REQUIRE_OK(Analysed({kMain, bare}).run());
  CHECK(usage.modules[0].files == std::vector<std::string>{".github", "a.gitignore", "sub/.gitkeep"});
}

TEST_CASE("a directory that is a module of its own is no part of the one around it") {
  const auto usage = REQUIRE_OK(Analysed({kMain, kInside, kAround}).run());
  REQUIRE(usage.modules.size() == 2);
  CHECK(usage.modules[0].files == std::vector<std::string>{"a.c", "parted.c"});
  CHECK(usage.modules[1].files == std::vector<std::string>{"LICENSE", "x.c"});
}

TEST_CASE("a module is selected whole or not at all") {
  Analysed analysed({kMain, kAround});
  const auto tree = module::make_memory_tree(files_of(kAround));
  CHECK(REQUIRE_OK(analysed.usage->select(analysed, kAround, {"h.org/o/r"}, *tree)).files.size() == 3);
  CHECK_ERROR(analysed.usage->select(analysed, kAround, {"h.org/o/r/part"}, *tree), Code::kMissingPackage,
              "vendored whole");
  CHECK_ERROR(analysed.usage->select(analysed, kAround, {}, *tree), Code::kMissingPackage, "vendored whole");
}

TEST_CASE("nothing is known of imports where modules are used whole") {
  Analysed analysed({kMain, kAround});
  CHECK_FALSE(REQUIRE_OK(analysed.usage->find_imports(analysed)));
}
