#include "vendor_tool/proof/absences.hpp"

#include "tests/support/check.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;

// An analysis that takes for read what ends in ".go".
struct GoFilesAreRead final : manifest::UsageAnalysis {
  Result<manifest::Usage> analyse(manifest::Modules&) override { return manifest::Usage{}; }
  Result<manifest::ModuleUsage> select(manifest::Modules&, const ModuleVersion&, const std::vector<std::string>&,
                                       const module::ModuleTree&) override {
    return manifest::ModuleUsage{};
  }
  Result<std::vector<std::string>> read_by_builds(const module::ModuleTree&,
                                                  const std::vector<std::string>& files) override {
    std::vector<std::string> read;
    for (const auto& name : files) {
      if (name.ends_with(".go")) read.push_back(name);
    }
    return read;
  }
  bool may_add(std::string_view) const override { return true; }
  Result<std::vector<manifest::LostInputs>> find_lost_inputs(const module::ModuleTree&, const std::vector<std::string>&,
                                                             const std::vector<std::string>&) override {
    return std::vector<manifest::LostInputs>();
  }
  Result<std::optional<manifest::Imports>> find_imports(manifest::Modules&) override { return std::nullopt; }
};

using Set = std::set<std::string>;

// A plan of two modules, each with a Go file and two others.
struct Fixture {
  VendorPlan plan;
  std::vector<std::shared_ptr<const module::ModuleTree>> trees;
  GoFilesAreRead analysis;
  SumsFile records;

  Fixture() {
    for (const auto* path : {"a.org/x", "b.org/y"}) {
      const auto position = static_cast<std::uint32_t>(plan.modules.size());
      plan.modules.push_back({.module = {path, "v1.1.0"}});
      trees.push_back(module::make_memory_tree({{"c", ""}, {"d", ""}, {"x.go", ""}}));
      for (const auto* name : {"c", "d", "x.go"}) {
        plan.files.push_back({.destination = destination_of(path, name), .module = position, .name = name});
      }
    }
  }

  void record(const ModuleVersion& module, std::vector<std::string> names) {
    records.blocks.push_back({.module = module, .left_out = std::move(names)});
  }

  Absences ask(bool carries_over = false, Set ignored = {}) {
    return REQUIRE_OK(find_absences({.plan = plan,
                                     .trees = trees,
                                     .analysis = analysis,
                                     .records = &records,
                                     .carries_over = carries_over,
                                     .ignored = std::move(ignored)}));
  }
};

std::vector<std::string> messages_of(const Absences& absences) {
  std::vector<std::string> messages;
  for (const auto& finding : absences.findings) messages.push_back(finding.module + ": " + finding.message);
  return messages;
}

}  // namespace

TEST_CASE("a record lets the file of its module be absent, and no other") {
  Fixture fixture;
  fixture.record({"a.org/x", "v1.1.0"}, {"c"});
  const auto absences = fixture.ask();
  CHECK(absences.recorded == Set{"a.org/x/c"});
  CHECK(absences.findings.empty());
}

TEST_CASE("a record of what a build may read, or of no planned file, is a finding and lets nothing be absent") {
  Fixture fixture;
  fixture.record({"a.org/x", "v1.1.0"}, {"gone", "x.go"});
  const auto absences = fixture.ask();
  CHECK(absences.recorded.empty());
  CHECK(messages_of(absences) ==
        std::vector<std::string>{"a.org/x@v1.1.0: \"x.go\" is left out, and a build may read it",
                                 "a.org/x@v1.1.0: \"gone\" is left out, and vendoring takes no such file"});
}

TEST_CASE("a record of another version counts only where records carry over, and then never for what is read") {
  Fixture fixture;
  fixture.record({"a.org/x", "v1.0.0"}, {"c", "gone", "x.go"});
  CHECK(fixture.ask().recorded.empty());
  CHECK(fixture.ask().findings.size() == 3);
  const auto carried = fixture.ask(true);
  CHECK(carried.recorded == Set{"a.org/x/c"});
  CHECK(carried.findings.empty());
}

TEST_CASE(
    "files that a rule keeps out are told apart by whether a build may read them, and whether they are recorded") {
  Fixture fixture;
  fixture.record({"a.org/x", "v1.1.0"}, {"c"});
  const auto absences = fixture.ask(false, {"a.org/x/c", "a.org/x/d", "b.org/y/x.go"});
  CHECK(absences.recorded == Set{"a.org/x/c"});
  CHECK(absences.ignored == Set{"a.org/x/d"});
  CHECK(absences.needed == Set{"b.org/y/x.go"});
}

TEST_CASE("what the project has asked for may not be left out, whoever says so") {
  Fixture fixture;
  fixture.plan.files[0].is_added = true;
  fixture.record({"a.org/x", "v1.1.0"}, {"c"});
  const auto absences = fixture.ask(false, {"a.org/x/c"});
  CHECK(absences.recorded.empty());
  CHECK(messages_of(absences) ==
        std::vector<std::string>{"a.org/x@v1.1.0: \"c\" is left out, and a build may read it"});
  CHECK(fixture.ask(true, {"a.org/x/c"}).needed == Set{"a.org/x/c"});
}

TEST_CASE("nothing of a directory that stands in for a module can be left out") {
  Fixture fixture;
  fixture.plan.modules[0].replacement = ModuleVersion{"./x", ""};
  const auto absences = fixture.ask(false, {"a.org/x/c"});
  CHECK(absences.ignored.empty());
  CHECK(absences.needed == Set{"a.org/x/c"});
}

}  // namespace modtool::vendor_tool
