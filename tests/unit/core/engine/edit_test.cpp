#include "core/engine/edit.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/engine/workplace.hpp"

namespace modtool::engine {
namespace {

constexpr const char* kManifest = R"({
  "schema": 1,
  "module": "example.com/app",
  "require": {
    "a.org/x": "v1.0.0"  // stays
  }
}
)";

struct Editing : test::MemoryWorkplace {
  Editing() {
    disk.add("/p/modtool.json", kManifest);
    disk.add("/p/lib/lib.c", "");
    disk.clear_paths();
  }

  std::string manifest() const { return REQUIRE_OK(disk.read("/p/modtool.json")); }
};

EditOptions requiring(const std::string& path, const std::string& version, bool write = true) {
  return {.edits = {[=](auto& document) { return document.set_requirement({path, version}, ""); }}, .write = write};
}

TEST_CASE("an edit changes its place of the manifest and nothing else") {
  Editing run;
  const auto report = REQUIRE_OK(edit_manifest(run.place.context, requiring("b.org/y", "v2.0.0")));
  CHECK(report.changed);
  CHECK(report.manifest_name == "modtool.json");
  CHECK(report.text == run.manifest());
  CHECK(run.manifest().contains("\"a.org/x\": \"v1.0.0\""));
  CHECK(run.manifest().contains("// stays"));
  CHECK(run.manifest().contains("\"b.org/y\": \"v2.0.0\""));
  CHECK(report.diff.contains("+    \"b.org/y\": \"v2.0.0\""));
}

TEST_CASE("an edit that is only shown, or that changes nothing, writes nothing") {
  Editing run;
  const auto shown = REQUIRE_OK(edit_manifest(run.place.context, requiring("b.org/y", "v2.0.0", false)));
  CHECK(shown.changed);
  CHECK(shown.text != kManifest);
  const auto same = REQUIRE_OK(edit_manifest(run.place.context, requiring("a.org/x", "v1.0.0")));
  CHECK_FALSE(same.changed);
  CHECK(same.diff.empty());
  CHECK(run.manifest() == kManifest);
  CHECK(run.disk.written_paths().empty());
}

TEST_CASE("edits are applied in order, and all or none of them is written") {
  Editing run;
  EditOptions options = requiring("b.org/y", "v2.0.0");
  options.edits.push_back([](auto& document) { return document.drop_requirement("b.org/y", ""); });
  CHECK_FALSE(REQUIRE_OK(edit_manifest(run.place.context, options)).text.contains("b.org/y"));
  const std::string before = run.manifest();

  options.edits.push_back([](auto&) -> Result<void> { return fail(Code::kManifestField, "no"); });
  CHECK_ERROR(edit_manifest(run.place.context, options), Code::kManifestField, "no");
  options = requiring("b.org/y", "no version");
  CHECK_ERROR(edit_manifest(run.place.context, options), Code::kBadVersion, "b.org/y");
  CHECK(run.manifest() == before);
}

TEST_CASE("a locked run changes no manifest, and shows what it would be") {
  Editing run;
  run.place.settings.locked = true;
  CHECK_ERROR(edit_manifest(run.place.context, requiring("b.org/y", "v2.0.0")), Code::kLockedRun,
              "modtool.json would be changed");
  REQUIRE_OK(edit_manifest(run.place.context, requiring("b.org/y", "v2.0.0", false)));
  REQUIRE_OK(edit_manifest(run.place.context, requiring("a.org/x", "v1.0.0")));
  CHECK(run.manifest() == kManifest);
}

TEST_CASE("the manifest of a dialect that cannot be edited names what does it") {
  test::MemoryWorkplace run;
  run.disk.add("/p/go.mod", "module example.com/app\n");
  const auto edited = edit_manifest(run.place.context, {});
  CHECK_ERROR(edited, Code::kNotSupported, "editing go.mod is not supported yet");
  if (!edited) CHECK(to_command(edited.error().fix) == "go mod edit");
}

TEST_CASE("a replacement is written from the project's root on") {
  struct Case {
    std::string from_directory;
    std::string with;
    std::string written;
  };
  for (const auto& [from_directory, with, written] : {
           Case{.from_directory = "/p", .with = "lib", .written = "{ \"dir\": \"./lib\" }"},
           Case{.from_directory = "/p", .with = "./lib/", .written = "{ \"dir\": \"./lib\" }"},
           Case{.from_directory = "/p/lib", .with = ".", .written = "{ \"dir\": \"./lib\" }"},
           Case{.from_directory = "/p/lib", .with = "../../q", .written = "{ \"dir\": \"../q\" }"},
           Case{.from_directory = "/p/lib", .with = "/q", .written = "{ \"dir\": \"/q\" }"},
           Case{.from_directory = "/p",
                .with = "f.org/fork@v1.1.0",
                .written = "{ \"module\": \"f.org/fork\", \"version\": \"v1.1.0\" }"},
       }) {
    CAPTURE(with);
    Editing run;
    run.disk.add("/q/q.c", "");
    run.place.settings.directory = from_directory;
    const auto report = REQUIRE_OK(replace_module(run.place.context, {.from = {"a.org/x", ""}, .with = with}));
    CHECK(report.changed);
    CHECK_MESSAGE(run.manifest().contains("\"a.org/x\": " + written), run.manifest());

    const auto dropped = REQUIRE_OK(replace_module(run.place.context, {.from = {"a.org/x", ""}}));
    CHECK_FALSE(dropped.text.contains(written));
  }
}

TEST_CASE("nothing is replaced by a directory that is not there") {
  Editing run;
  for (const std::string with : {"nowhere", "lib/lib.c"}) {
    CAPTURE(with);
    CHECK_ERROR(replace_module(run.place.context, {.from = {"a.org/x", ""}, .with = with}), Code::kReplacementMissing,
                "is no directory");
  }
  REQUIRE_OK(replace_module(run.place.context, {.from = {"a.org/x", ""}, .with = "lib", .dry_run = true}));
  CHECK(run.disk.written_paths().empty());
}

}  // namespace
}  // namespace modtool::engine
