#include "core/source/tree_store.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>

#include "core/module/executables.hpp"
#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::source {
namespace {

// A tree in memory whose files may be executable.
class Tree final : public module::ModuleTree {
 public:
  Tree()
      : inner_(
            module::make_memory_tree({{"a.c", "int a;\n"}, {"include/a.h", "int a;\n"}, {"run.sh", "#!/bin/sh\n"}})) {
    list_ = inner_->list();
    for (auto& file : list_) file.executable = file.name == "run.sh";
  }
  const std::vector<module::TreeFile>& list() const override { return list_; }
  Result<std::string> read(std::string_view name) const override { return inner_->read(name); }

 private:
  std::unique_ptr<module::ModuleTree> inner_;
  std::vector<module::TreeFile> list_;
};

struct Fixture {
  test::TempDirectory directory;
  Cancellation cancellation;
  WorkerPool pool{2, cancellation};
  TreeStore store{io::disk(), pool, directory / "store"};
  std::shared_ptr<const Tree> tree = std::make_shared<Tree>();
  int opened = 0;

  StoredTree wanted() {
    const auto preimage = REQUIRE_OK(module::hash_tree(*tree, pool));
    return {.module = {"a.org/x/a", "v1.0.0"},
            .h1 = module::h1_of(preimage, "a.org/x/a@v1.0.0"),
            .executables = module::hash_of_executables(module::executable_names(*tree))};
  }
  Result<StoredDirectory> place(const StoredTree& what) {
    return store.place(what, [this]() -> Result<std::shared_ptr<const module::ModuleTree>> {
      ++opened;
      return tree;
    });
  }
};

}  // namespace

TEST_CASE("a module is stored once, read-only, with its modes") {
  Fixture fixture;
  const auto stored = REQUIRE_OK(fixture.place(fixture.wanted()));
  CHECK(stored.path.starts_with(fixture.directory / "store/a.org/x/a@v1.0.0/"));
  CHECK(!stored.was_changed);
  CHECK(REQUIRE_OK(io::disk().read(stored.path + "/include/a.h")) == "int a;\n");
  CHECK(REQUIRE_OK(io::disk().stat(stored.path + "/a.c")).mode == 0444);
  CHECK((REQUIRE_OK(io::disk().stat(stored.path + "/run.sh")).mode & 0100) == 0100);
  CHECK((REQUIRE_OK(io::disk().stat(stored.path)).mode & 0222) == 0);
  CHECK(REQUIRE_OK(fixture.place(fixture.wanted())).path == stored.path);
  CHECK(fixture.opened == 1);
}

TEST_CASE("whatever was changed in the store is seen, and made anew") {
  struct Change {
    const char* name;
    std::function<void(const std::string& directory)> make;
  };
  const auto unlock = [](const std::string& directory) { REQUIRE_OK(io::disk().set_mode(directory, 0755)); };
  const Change changes[] = {
      {"an edit",
       [](const std::string& d) {
         REQUIRE_OK(io::disk().set_mode(d + "/a.c", 0644));
         REQUIRE_OK(io::disk().write_atomic(d + "/a.c", "int b;\n"));
       }},
      {"a file more", [](const std::string& d) { REQUIRE_OK(io::disk().write_new(d + "/b.c", "")); }},
      {"a hidden file more", [](const std::string& d) { REQUIRE_OK(io::disk().write_new(d + "/.b", "")); }},
      {"an empty directory more", [](const std::string& d) { REQUIRE_OK(io::disk().make_directories(d + "/src")); }},
      {"a file less", [](const std::string& d) { REQUIRE_OK(io::disk().remove_all(d + "/a.c")); }},
      {"a link more", [](const std::string& d) { REQUIRE(::symlink("a.c", (d + "/b.c").c_str()) == 0); }},
      {"a link in the place of a file",
       [](const std::string& d) {
         REQUIRE_OK(io::disk().remove_all(d + "/a.c"));
         REQUIRE(::symlink("include/a.h", (d + "/a.c").c_str()) == 0);
       }},
      {"another mode", [](const std::string& d) { REQUIRE_OK(io::disk().set_mode(d + "/run.sh", 0444)); }},
      {"a link in the place of all",
       [](const std::string& d) {
         REQUIRE_OK(io::disk().rename(d, d + ".moved"));
         REQUIRE(::symlink((d + ".moved").c_str(), d.c_str()) == 0);
       }},
  };
  for (const auto& change : changes) {
    CAPTURE(change.name);
    Fixture fixture;
    const auto stored = REQUIRE_OK(fixture.place(fixture.wanted()));
    unlock(stored.path);
    change.make(stored.path);
    const auto again = REQUIRE_OK(fixture.place(fixture.wanted()));
    CHECK(again.was_changed);
    CHECK(again.path == stored.path);
    CHECK(fixture.opened == 2);
    CHECK(!REQUIRE_OK(fixture.place(fixture.wanted())).was_changed);
  }
}

TEST_CASE("whichever call fails, what is given is whole, and what was changed is never given") {
  for (const bool is_changed : {false, true}) {
    bool has_failed = true;
    for (std::size_t call = 0; has_failed; ++call) {
      CAPTURE(call);
      Fixture fixture;
      if (is_changed) {
        const auto stored = REQUIRE_OK(fixture.place(fixture.wanted()));
        REQUIRE_OK(io::disk().set_mode(stored.path, 0755));
        REQUIRE_OK(io::disk().set_mode(stored.path + "/a.c", 0644));
        REQUIRE_OK(io::disk().write_atomic(stored.path + "/a.c", "int b;\n"));
      }
      test::FaultyFileSystem faulty(io::disk(), {.call = call, .counted = test::Fault::Counted::kAll});
      TreeStore store(faulty, fixture.pool, fixture.directory / "store");
      const auto given = store.place(
          fixture.wanted(), [&]() -> Result<std::shared_ptr<const module::ModuleTree>> { return fixture.tree; });
      has_failed = faulty.has_failed();
      CHECK((given || has_failed));
      if (given) CHECK(REQUIRE_OK(io::disk().read(given->path + "/a.c")) == "int a;\n");
      const auto stored = REQUIRE_OK(fixture.place(fixture.wanted()));
      CHECK(REQUIRE_OK(io::disk().read(stored.path + "/a.c")) == "int a;\n");
      CHECK(!REQUIRE_OK(fixture.place(fixture.wanted())).was_changed);
    }
  }
}

TEST_CASE("a module that cannot be opened is not stored") {
  Fixture fixture;
  const auto failing = []() -> Result<std::shared_ptr<const module::ModuleTree>> {
    return fail(Code::kNotFound, "no such module");
  };
  CHECK_ERROR(fixture.store.place(fixture.wanted(), failing), Code::kNotFound, "no such module");
  const auto wanted = fixture.wanted();
  fixture.cancellation.request(Code::kInterrupted);
  CHECK_ERROR(fixture.place(wanted), Code::kInterrupted, "");
  CHECK(fixture.opened == 0);
}

TEST_CASE("a tree that is not the wanted one is not stored") {
  Fixture fixture;
  auto other = fixture.wanted();
  other.h1 = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  CHECK_ERROR(fixture.place(other), Code::kChecksumMismatch,
              "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= is wanted");
  auto modes = fixture.wanted();
  modes.executables.clear();
  CHECK_ERROR(fixture.place(modes), Code::kChecksumMismatch, "executable");
  for (const auto& entry : REQUIRE_OK(io::disk().list(fixture.directory / "store/a.org/x/a@v1.0.0"))) {
    CHECK(entry.kind != io::FileKind::kDirectory);
  }
}

TEST_CASE("each use of a directory is noted on its lock") {
  Fixture fixture;
  const auto stored = REQUIRE_OK(fixture.place(fixture.wanted()));
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1000);
  std::filesystem::last_write_time(stored.path + ".lock", long_ago);
  REQUIRE_OK(fixture.place(fixture.wanted()));
  CHECK(std::filesystem::last_write_time(stored.path + ".lock") > long_ago + std::chrono::hours(999));
}

}  // namespace modtool::source
