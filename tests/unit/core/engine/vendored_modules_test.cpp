#include "core/engine/vendored_modules.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::engine {
namespace {

using manifest::Summary;
using manifest::Tree;
using module::ModuleVersion;

// Knows of modules, and has none of them; of another kind of failure where that is asked for.
class NothingAtHand final : public manifest::Modules {
 public:
  explicit NothingAtHand(const manifest::ReplacementTable& replacements, Code code = Code::kOffline)
      : Modules(replacements), code_(code) {}
  Result<Summary> summary(const ModuleVersion&) override { return fail(code_, "nothing"); }
  Result<std::string> manifest(const ModuleVersion&) override { return fail(code_, "nothing"); }
  Result<Tree> tree(const ModuleVersion&) override { return fail(code_, "nothing"); }
  Result<std::vector<ModuleVersion>> build_list() override { return fail(code_, "nothing"); }
  std::string place(const ModuleVersion&) const override { return {}; }

 private:
  Code code_;
};

struct Checkout {
  Checkout() {
    project.root = "/p";
    project.manifest.replace = {{.from = {"a.org/r", ""}, .to = {"f.org/fork", "v1.2.0"}}};
    disk.add("/p/vendor/modules.txt", R"(# a.org/a v1.0.0
## explicit; go 1.20
a.org/a
a.org/a/sub
# a.org/a/n v1.1.0
a.org/a/n
# a.org/idle v1.0.0
## explicit
# a.org/r v1.0.0 => f.org/fork v1.2.0
a.org/r
)");
    for (const char* file : {"a/a.go", "a/sub/s.go", "a/n/n.go", "r/r.go"}) {
      disk.add(std::string("/p/vendor/a.org/") + file, "package x\n");
    }
  }

  std::string files_of(const ModuleVersion& module) {
    const manifest::ReplacementTable replacements(project.manifest.replace);
    NothingAtHand nothing(replacements);
    VendoredModules modules(nothing, disk, project);
    const auto tree = modules.tree(module);
    if (!tree) return std::string(to_string(tree.error().code));
    std::string names;
    for (const auto& file : (*tree)->list()) names += file.name + " ";
    return names;
  }

  project::Project project;
  test::MemoryFileSystem disk;
};

const std::string kOffline(to_string(Code::kOffline));

TEST_CASE("what is not at hand is read in the vendor directory, in the version that is there") {
  Checkout checkout;
  CHECK(checkout.files_of({"a.org/a", "v1.0.0"}) == "a.go sub/s.go ");  // without the module below it
  CHECK(checkout.files_of({"a.org/a/n", "v1.1.0"}) == "n.go ");
  CHECK(checkout.files_of({"a.org/idle", "v1.0.0"}).empty());  // nothing of it is used
  CHECK(checkout.files_of({"a.org/a", "v1.0.1"}) == kOffline);
  CHECK(checkout.files_of({"a.org/other", "v1.0.0"}) == kOffline);
}

TEST_CASE("a replaced module is the one that the index knows only where the same stands in for it") {
  Checkout checkout;
  CHECK(checkout.files_of({"a.org/r", "v1.0.0"}) == "r.go ");
  checkout.project.manifest.replace.front().to.version = "v1.3.0";
  CHECK(checkout.files_of({"a.org/r", "v1.0.0"}) == kOffline);
  checkout.project.manifest.replace.clear();
  CHECK(checkout.files_of({"a.org/r", "v1.0.0"}) == kOffline);
}

TEST_CASE("of the manifest that is not at hand the go line is known") {
  Checkout checkout;
  const manifest::ReplacementTable replacements;
  NothingAtHand nothing(replacements);
  VendoredModules modules(nothing, checkout.disk, checkout.project);
  const auto summary = REQUIRE_OK(modules.summary({"a.org/a", "v1.0.0"}));
  CHECK(summary.path == "a.org/a");
  CHECK(summary.language == "1.20");
  CHECK_ERROR(modules.summary({"a.org/a", "v1.0.1"}), Code::kOffline, "nothing");
}

TEST_CASE("another failure than that something is not at hand stays one") {
  Checkout checkout;
  const manifest::ReplacementTable replacements;
  NothingAtHand damaged(replacements, Code::kChecksumMismatch);
  VendoredModules modules(damaged, checkout.disk, checkout.project);
  CHECK_ERROR(modules.tree({"a.org/a", "v1.0.0"}), Code::kChecksumMismatch, "nothing");
  CHECK_ERROR(modules.summary({"a.org/a", "v1.0.0"}), Code::kChecksumMismatch, "nothing");
}

TEST_CASE("without an index that can be read nothing is vendored") {
  Checkout checkout;
  SUBCASE("none") { REQUIRE_OK(checkout.disk.remove_all("/p/vendor/modules.txt")); }
  SUBCASE("a broken one") { checkout.disk.add("/p/vendor/modules.txt", "x y z\n"); }
  SUBCASE("a link") {
    REQUIRE_OK(checkout.disk.rename("/p/vendor/modules.txt", "/p/index"));
    checkout.disk.add_link("/p/vendor/modules.txt", "../index");
  }
  CHECK(checkout.files_of({"a.org/a", "v1.0.0"}) == kOffline);
}

}  // namespace
}  // namespace modtool::engine
