#include "vendor_tool/proof/vendor_directory.hpp"

#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::vendor_tool {

using modtool::test::Fault;
using modtool::test::FaultyFileSystem;
using modtool::test::MemoryFileSystem;

TEST_CASE("a vendor directory is called by its last element, or from the project's root") {
  CHECK(VendorDirectory("/p/vendor").show("a.org/x") == "vendor/a.org/x");
  CHECK(VendorDirectory("/p/third/party", "third/party").show("a") == "third/party/a");
}

TEST_CASE("no directory above it, up to the project's root, may be a link or a file") {
  const VendorDirectory vendor("/link/p/a/b/vendor", "a/b/vendor");
  MemoryFileSystem files;
  files.add_directory("/real/p");
  files.add_link("/link", "/real");  // above the root: that is where the project is
  CHECK(REQUIRE_OK(vendor.linked_parent(files)).empty());
  files.add_directory("/real/p/a/b/vendor");
  CHECK(REQUIRE_OK(vendor.linked_parent(files)).empty());
  SUBCASE("a link right above") {
    REQUIRE_OK(files.rename("/real/p/a/b", "/real/p/a/c"));
    files.add_link("/real/p/a/b", "c");
    CHECK(REQUIRE_OK(vendor.linked_parent(files)) == "a/b");
  }
  SUBCASE("a link further up") {
    REQUIRE_OK(files.rename("/real/p/a", "/elsewhere"));
    files.add_link("/real/p/a", "/elsewhere");
    CHECK(REQUIRE_OK(vendor.linked_parent(files)) == "a");
  }
  SUBCASE("a file") {
    REQUIRE_OK(files.remove_all("/real/p/a"));
    files.add("/real/p/a", "");
    CHECK(REQUIRE_OK(vendor.linked_parent(files)) == "a");
  }
  SUBCASE("one that cannot be looked at") {
    for (std::size_t call = 0; call < 2; ++call) {
      const FaultyFileSystem faulty(files, {.call = call, .counted = Fault::Counted::kAll});
      CHECK_ERROR(vendor.linked_parent(faulty), Code::kIo, "");
    }
  }
}

}  // namespace modtool::vendor_tool
