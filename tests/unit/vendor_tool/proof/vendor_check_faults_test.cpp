// What a check says where it cannot look.
#include "vendor_tool/proof/vendor_check.hpp"

#include <functional>

#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/unit/vendor_tool/proof/sample_project.hpp"

namespace modtool::vendor_tool {
namespace {

using modtool::test::Fault;
using modtool::test::FaultyFileSystem;
using test::Sample;
using test::text_of;
using test::ToyProject;

// Lets each read of a check fail in turn: it may not pass.
void check_with_failing_reads(ToyProject& project, std::size_t fewest_reads) {
  for (std::size_t n = 0;; ++n) {
    CAPTURE(n);
    FaultyFileSystem files(project.disk, {.call = n, .counted = Fault::Counted::kAll});
    project.reader = &files;
    const auto report = project.check();
    if (!files.has_failed()) {
      CHECK(n >= fewest_reads);
      break;
    }
    CHECK((!report || !report->passed()));
  }
  project.reader = nullptr;
}

TEST_CASE("whichever read fails, a check does not pass") {
  Sample sample;
  SUBCASE("of a tree that modtool.sums proves") {}
  SUBCASE("of one that the modules prove") {
    REQUIRE_OK(sample.disk.remove_all("/p/modtool.sums"));
    sample.use_modules = true;
  }
  SUBCASE("of one with a module that nothing vouches for") {
    REQUIRE_OK(sample.disk.remove_all("/p/lib"));
    sample.allow_unproven = {"l.org/lib"};
  }
  SUBCASE("of one that lacks what tells what belongs there") {
    REQUIRE_OK(sample.disk.remove_all("/p/vendor/a.org/x/p/init.go"));
    REQUIRE_OK(sample.disk.remove_all("/p/vendor/w.org/w/w.go"));
  }
  SUBCASE("of one whose index names what nothing vouches for") {
    sample.edit("/p/vendor/modules.txt", "# a.org/x v1.1.0", "# a.org/x v1.0.0");
  }
  SUBCASE("of a stale one") { sample.imports.push_back("a.org/x/r"); }
  check_with_failing_reads(sample, 10);
}

TEST_CASE("a directory that cannot be looked into is a finding beside the others") {
  // Lists everything but one directory.
  struct Unreadable final : io::FileReader {
    explicit Unreadable(const io::FileReader& files) : inner(files) {}
    io::Look<std::string> read(const std::string& path) const override { return inner.read(path); }
    Result<std::unique_ptr<io::FileBytes>> map(const std::string& path) const override { return inner.map(path); }
    Result<std::unique_ptr<Reader>> open(const std::string& path) const override { return inner.open(path); }
    io::Look<io::FileInfo> stat(const std::string& path) const override { return inner.stat(path); }
    io::Look<io::FileInfo> lstat(const std::string& path) const override { return inner.lstat(path); }
    Result<std::string> read_link(const std::string& path) const override { return inner.read_link(path); }
    io::Look<std::vector<io::DirectoryEntry>> list(const std::string& path) const override { return inner.list(path); }
    io::Look<std::vector<io::DirectoryEntry>> list_beneath(const std::string& root,
                                                           const std::string& relative) const override {
      if (relative == "a.org/x/q") return fail(Code::kPermission, "open vendor/a.org/x/q: permission denied");
      return inner.list_beneath(root, relative);
    }
    io::Look<std::string> read_beneath(const std::string& root, const std::string& relative) const override {
      return inner.read_beneath(root, relative);
    }
    const io::FileReader& inner;
  };
  Sample sample;
  sample.disk.add("/p/vendor/z.go", "");
  const Unreadable files(sample.disk);
  sample.reader = &files;
  const auto text = text_of(REQUIRE_OK(sample.check()));
  CHECK(text.contains("MT4109 vendor/a.org/x/q cannot be looked into: open vendor/a.org/x/q: permission denied\n"));
  CHECK(text.contains("MT4103 vendor/z.go "));
}

TEST_CASE("a vendor that cannot be looked into does not pass, though nothing belongs there") {
  ToyProject empty;
  REQUIRE_OK(empty.vendor());
  empty.use_modules = true;
  CHECK(REQUIRE_OK(empty.check()).passed());
  empty.disk.add("/p/vendor/evil.go", "package evil\n");
  CHECK(!REQUIRE_OK(empty.check()).passed());
  check_with_failing_reads(empty, 1);
}

}  // namespace
}  // namespace modtool::vendor_tool
