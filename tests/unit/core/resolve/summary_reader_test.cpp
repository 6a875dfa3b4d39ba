#include "core/resolve/summary_reader.hpp"

#include <algorithm>
#include <map>

#include "core/gomod/go_dialect.hpp"
#include "core/module/hash.hpp"
#include "core/native/native_dialect.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using manifest::Manifest;
using manifest::Summary;
using modtool::test::MemoryFileSystem;
using modtool::test::whole_text;
using module::ModuleVersion;
using test::SummarySetup;
using test::ToySummaries;
using Words = std::vector<std::string>;

const auto kGo = gomod::make_go_dialect("1.22.0");
const auto kNative = native::make_native_dialect("0.1.0");
const ModuleVersion kA{"example.com/a", "v1.0.0"};

// Manifests by what they are of: "example.com/a@v1.0.0", or a directory.
struct Manifests {
  std::map<std::string, std::string> texts = {};
  Words read = {};  // what was asked for, in order
  Code failure = Code::kNotFound;

  Result<std::string> of(const ModuleVersion& actual) {
    read.push_back(to_string(actual));
    const auto found = texts.find(to_string(actual));
    if (found == texts.end()) return fail(failure, "no manifest of " + to_string(actual));
    return found->second;
  }
};

SummarySetup setup(Manifests& manifests, const Manifest& root, const manifest::Dialect& dialect = *kGo) {
  return {.dialect = dialect, .root = root, .manifest = [&](const auto&, const auto& actual) {
            return manifests.of(actual);
          }};
}

Result<Summary> read(Manifests& manifests, const Manifest& root, const ModuleVersion& module = kA) {
  return ToySummaries(setup(manifests, root)).summary(module);
}

// A root that replaces example.com/a: "../a", or "example.com/b@v1.0.0".
Manifest replacing(const std::string& target, const std::string& version = "") {
  const auto at = target.find('@');
  const bool is_directory = at == std::string::npos;
  return {.replace = {
              {.from = {kA.path, version}, .to = {target.substr(0, at), is_directory ? "" : target.substr(at + 1)}}}};
}

Words paths_of(const std::vector<ModuleVersion>& modules) {
  Words words;
  for (const auto& module : modules) words.push_back(to_string(module));
  return words;
}

TEST_CASE("a summary holds what the manifest says") {
  Manifests manifests{
      {{"example.com/a@v1.0.0",
        "module example.com/a\n\ngo 1.20\n\nrequire example.com/c v1.0.0\n\nrequire example.com/b v1.2.0\n"
        "\nretract v1.1.0\n"}}};
  const auto summary = REQUIRE_OK(read(manifests, {}));
  CHECK(summary.path == "example.com/a");
  CHECK(summary.language == "1.20");
  CHECK(summary.prunes);
  CHECK(paths_of(summary.require) == Words{"example.com/c@v1.0.0", "example.com/b@v1.2.0"});
  CHECK(summary.retract.size() == 1);
  CHECK(manifests.read == Words{"example.com/a@v1.0.0"});
}

TEST_CASE("what stands for a tool is not read") {
  Manifests manifests;
  CHECK(paths_of(REQUIRE_OK(read(manifests, {}, {"go", "1.21"})).require) == Words{"toolchain@go1.21"});
  CHECK(REQUIRE_OK(read(manifests, {}, {"toolchain", "go1.21"})).require.empty());
  CHECK(manifests.read.empty());
}

TEST_CASE("what stands in for a module is its replacement, that of the version before that of the path") {
  Manifests manifests;
  Manifest root = replacing("../any");
  root.replace.push_back({.from = kA, .to = {"example.com/b", "v2.0.0"}});
  ToySummaries summaries(setup(manifests, root));
  CHECK(to_string(summaries.stand_in(kA)) == "example.com/b@v2.0.0");
  CHECK(to_string(summaries.stand_in({"example.com/a", "v1.1.0"})) == "../any");
  CHECK(to_string(summaries.stand_in({"example.com/b", "v1.0.0"})) == "example.com/b@v1.0.0");
}

TEST_CASE("the manifest of what stands in is read, and with the module of the graph it is told whose it is") {
  Manifests manifests{{{"example.com/b@v1.0.0", "module example.com/b\nrequire example.com/c v1.0.0\n"}}};
  const Manifest root = replacing("example.com/b@v1.0.0");
  SummarySetup both = setup(manifests, root);
  Words asked;
  both.manifest = [&](const ModuleVersion& module, const ModuleVersion& actual) {
    asked.push_back(to_string(module) + " by " + to_string(actual));
    return manifests.of(actual);
  };
  CHECK(paths_of(REQUIRE_OK(ToySummaries(both).summary(kA)).require) == Words{"example.com/c@v1.0.0"});
  CHECK(asked == Words{"example.com/a@v1.0.0 by example.com/b@v1.0.0"});
}

TEST_CASE("a manifest declares the path it was required as, or the one that replaces it; a directory's any") {
  struct Case {
    std::string_view declared;
    std::string replacement;
    std::string_view error = "";
  };
  const Case cases[] = {
      {"module example.com/a", ""},
      {"module example.com/x", "",
       "parsing go.mod:\n\tmodule declares its path as: example.com/x\n\t        but was required as: example.com/a"},
      {"module example.com/A", "", "module declares its path as: example.com/A"},
      {"go 1.20", "", "parsing go.mod: missing module line"},
      {"", "", "parsing go.mod: missing module line"},
      {"module example.com/a", "example.com/b@v1.0.0"},
      {"module example.com/b", "example.com/b@v1.0.0"},
      {"module example.com/x", "example.com/b@v1.0.0",
       "module declares its path as: example.com/x\n\t        but was required as: example.com/a"},
      {"go 1.20", "example.com/b@v1.0.0", "parsing go.mod: missing module line"},
      {"module example.com/x", "../a"},
      {"go 1.20", "../a"},
  };
  for (const auto& [declared, replacement, error] : cases) {
    INFO(declared << " behind " << replacement);
    const std::string name = replacement.empty() ? to_string(kA) : replacement;
    Manifests manifests{{{name, std::string(declared) + "\n"}}};
    const auto summary = read(manifests, replacement.empty() ? Manifest{} : replacing(replacement));
    if (error.empty()) {
      REQUIRE_OK(summary);
    } else {
      CHECK_ERROR(summary, Code::kGoModMismatch, error);
    }
  }
}

TEST_CASE("a module that needs a newer tool is refused by the name of what stands in for it") {
  const std::string text = "module example.com/a\ngo 1.23\n";
  Manifests manifests{{{"example.com/a@v1.0.0", text}, {"example.com/b@v1.0.0", text}, {"../a", text}}};
  CHECK_ERROR(read(manifests, {}), Code::kTooNewGo, "module example.com/a@v1.0.0 requires go >= 1.23");
  CHECK_ERROR(read(manifests, replacing("example.com/b@v1.0.0")), Code::kTooNewGo,
              "module example.com/b@v1.0.0 requires go >= 1.23");
  CHECK_ERROR(read(manifests, replacing("../a")), Code::kTooNewGo, "module ../a requires go >= 1.23");
}

TEST_CASE("a manifest that cannot be understood is named as people know it") {
  const std::string text = "module example.com/a\nrequire (\n";
  Manifests manifests{{{"example.com/a@v1.0.0", text}, {"../a", text}}};
  const auto of_module = read(manifests, {});
  CHECK_ERROR(of_module, Code::kGoModSyntax, "go.mod:");
  CHECK(whole_text(of_module.error()).find("/go.mod") == std::string::npos);
  const Manifest root = replacing("../a");
  CHECK_ERROR(read(manifests, root), Code::kGoModSyntax, "../a/go.mod:");
  SummarySetup named = setup(manifests, root);
  named.shown = "elsewhere/../a/go.mod";
  CHECK_ERROR(ToySummaries(named).summary(kA), Code::kGoModSyntax, "elsewhere/../a/go.mod:");
}

TEST_CASE("a manifest that cannot be read is an error for the caller to frame") {
  Manifests manifests;
  const auto absent = read(manifests, {});
  CHECK_ERROR(absent, Code::kNotFound, "no manifest of example.com/a@v1.0.0");
  CHECK(absent.error().context.empty());
  CHECK_ERROR(read(manifests, replacing("../a")), Code::kNotFound, "reading ../a/go.mod: no manifest of ../a");
}

TEST_CASE("a checksum that is missing may be added by the name that the module is required by") {
  Manifests manifests{.failure = Code::kChecksumMissing};
  CHECK_ERROR(read(manifests, {}), Code::kChecksumMissing,
              "no manifest of example.com/a@v1.0.0; to add it:\n\tgo mod download example.com/a");
  CHECK_ERROR(read(manifests, replacing("example.com/b@v1.0.0")), Code::kChecksumMissing,
              "no manifest of example.com/b@v1.0.0; to add it:\n\tgo mod download example.com/a");
  const auto directory = read(manifests, replacing("../a"));
  CHECK_ERROR(directory, Code::kChecksumMissing, "reading ../a/go.mod");
  CHECK(whole_text(directory.error()).find("to add it") == std::string::npos);
}

TEST_CASE("what a lock that holds the graph has of what stands in for a module is not read") {
  Manifests manifests;
  Manifest root;
  const manifest::Lock lock{
      .modules = {{.module = kA, .require = {{"example.com/c", "v1.0.0"}}},
                  {.module = {"example.com/b", "v1.0.0"}, .require = {{"example.com/d", "v1.0.0"}}}}};
  const LockIndex index(lock);
  SummarySetup locked = setup(manifests, root);
  locked.lock = &index;
  CHECK(paths_of(REQUIRE_OK(ToySummaries(locked).summary(kA)).require) == Words{"example.com/c@v1.0.0"});
  root = replacing("example.com/b@v1.0.0");
  CHECK(paths_of(REQUIRE_OK(ToySummaries(locked).summary(kA)).require) == Words{"example.com/d@v1.0.0"});
  CHECK(manifests.read.empty());
  CHECK_ERROR(ToySummaries(locked).summary({"example.com/unknown", "v1.0.0"}), Code::kNotFound, "no manifest");
}

TEST_CASE("a description in the root's manifest stands before the module's own") {
  Manifests manifests{{{"example.com/b@v1.0.0", R"({"schema":1,"module":"example.com/b","require":{}})"}}};
  Manifest root;
  root.describe["example.com/a"].require = {{"example.com/d", "v1.0.0"}, {"example.com/c", "v1.0.0"}};
  root.describe["example.com/b"].license = "MIT";
  ToySummaries summaries(setup(manifests, root, *kNative));
  const auto described = REQUIRE_OK(summaries.summary(kA));
  CHECK(described.path == "example.com/a");
  CHECK(paths_of(described.require) == Words{"example.com/c@v1.0.0", "example.com/d@v1.0.0"});
  CHECK(manifests.read.empty());
  // One that says nothing of requirements leaves them to the manifest.
  CHECK(REQUIRE_OK(summaries.summary({"example.com/b", "v1.0.0"})).require.empty());
  CHECK(manifests.read == Words{"example.com/b@v1.0.0"});
  // It is of what stands in for a module.
  Manifest replaced = replacing("example.com/b@v1.0.0");
  replaced.describe = root.describe;
  manifests.texts["example.com/b@v1.0.0"] = R"({"schema":1,"module":"example.com/a"})";
  CHECK(REQUIRE_OK(ToySummaries(setup(manifests, replaced, *kNative)).summary(kA)).require.empty());
}

TEST_CASE("a mismatch is told by the name of the dialect's manifest") {
  Manifests manifests{{{"example.com/a@v1.0.0", R"({"schema":1,"module":"example.com/x"})"}}};
  const Manifest root;
  CHECK_ERROR(ToySummaries(setup(manifests, root, *kNative)).summary(kA), Code::kGoModMismatch, "parsing modtool.json");
}

// A reader with an index on a file system in memory, opened anew for each reading.
struct IndexedReader {
  Manifests manifests = {};
  Manifest root = {};
  manifest::ChecksumTable checksums = {};
  MemoryFileSystem files = {};
  IndexUse index_use = IndexUse::kReading;

  // The line of go.sum for the go.mod of a module with this text.
  void lock(const ModuleVersion& module, std::string_view text) {
    checksums.add(manifest::go_mod_key(module), module::h1_of_go_mod(text), {});
  }
  Result<Summary> read(const ModuleVersion& module) {
    const auto index = RequirementIndex::open(files, "index");
    SummarySetup indexed = setup(manifests, root);
    indexed.checksums = checksums;
    indexed.index = index.get();
    indexed.index_use = index_use;
    auto summary = ToySummaries(indexed).summary(module);
    REQUIRE_OK(index->save(files));
    return summary;
  }
  void put(std::string_view text, const Summary& summary) {
    const auto index = RequirementIndex::open(files, "index");
    index->add(module::h1_of_go_mod(text), summary);
    REQUIRE_OK(index->save(files));
  }
};

const std::string kText = "module example.com/a\nrequire example.com/b v1.0.0\n";

TEST_CASE("what was read once is known by its checksum") {
  IndexedReader reader{.manifests = {{{"example.com/a@v1.0.0", kText}}}};
  reader.lock(kA, kText);
  const auto first = REQUIRE_OK(reader.read(kA));
  const auto second = REQUIRE_OK(reader.read(kA));
  CHECK(reader.manifests.read == Words{"example.com/a@v1.0.0"});
  CHECK(second.path == first.path);
  CHECK(paths_of(second.require) == Words{"example.com/b@v1.0.0"});
}

TEST_CASE("a manifest of unknown checksum, or of two, is read each time") {
  IndexedReader reader{.manifests = {{{"example.com/a@v1.0.0", kText}}}};
  REQUIRE_OK(reader.read(kA));
  REQUIRE_OK(reader.read(kA));
  reader.lock(kA, kText);
  reader.lock(kA, "another text");
  REQUIRE_OK(reader.read(kA));
  CHECK(reader.manifests.read.size() == 3);
}

TEST_CASE("the checksum that counts is that of what stands in") {
  IndexedReader reader{.manifests = {{{"example.com/b@v1.0.0", kText}}}, .root = replacing("example.com/b@v1.0.0")};
  reader.lock(kA, kText);
  REQUIRE_OK(reader.read(kA));
  REQUIRE_OK(reader.read(kA));
  CHECK(reader.manifests.read.size() == 2);
  reader.lock({"example.com/b", "v1.0.0"}, kText);
  REQUIRE_OK(reader.read(kA));
  CHECK(reader.manifests.read.size() == 2);
}

TEST_CASE("a directory's manifest is neither looked up nor kept") {
  IndexedReader reader{.manifests = {{{"../a", kText}}}, .root = replacing("../a")};
  reader.lock({"../a", ""}, kText);
  REQUIRE_OK(reader.read(kA));
  CHECK(reader.files.files().empty());
  reader.put(kText, {.path = "example.com/a"});
  CHECK(REQUIRE_OK(reader.read(kA)).require.size() == 1);
}

TEST_CASE("an index that only saves parsing has every manifest read") {
  IndexedReader reader{.manifests = {{{"example.com/a@v1.0.0", kText}}}, .index_use = IndexUse::kParsing};
  reader.lock(kA, kText);
  reader.put(kText, {.path = "example.com/a", .deprecated = "from the index"});
  CHECK(REQUIRE_OK(reader.read(kA)).deprecated == "from the index");
  CHECK(reader.manifests.read == Words{"example.com/a@v1.0.0"});
  reader.manifests.texts.clear();
  CHECK_ERROR(reader.read(kA), Code::kNotFound, "no manifest");
}

TEST_CASE("an answer of the index is checked like a manifest") {
  IndexedReader reader{.manifests = {{{"example.com/a@v1.0.0", kText}}}};
  reader.lock(kA, kText);
  reader.put(kText, {.path = "example.com/x"});
  CHECK_ERROR(reader.read(kA), Code::kGoModMismatch, "module declares its path as: example.com/x");
  reader.put(kText, {.path = "example.com/a", .language = "1.23"});
  CHECK_ERROR(reader.read(kA), Code::kTooNewGo, "module example.com/a@v1.0.0 requires go >= 1.23");
}

TEST_CASE("errors are not kept") {
  const std::string broken = "module example.com/a\nrequire (\n";
  IndexedReader reader{.manifests = {{{"example.com/a@v1.0.0", broken}}}};
  reader.lock(kA, broken);
  CHECK_ERROR(reader.read(kA), Code::kGoModSyntax, "");
  CHECK(reader.files.files().empty());
  CHECK_ERROR(reader.read({"example.com/b", "v1.0.0"}), Code::kNotFound, "");
  CHECK(reader.files.files().empty());
}

TEST_CASE("a damaged index costs a reading, and no more") {
  IndexedReader reader{.manifests = {{{"example.com/a@v1.0.0", kText}}}};
  reader.lock(kA, kText);
  reader.files.add("index", "modtool-index-1\nnothing that makes sense");
  CHECK(REQUIRE_OK(reader.read(kA)).require.size() == 1);
  CHECK(REQUIRE_OK(reader.read(kA)).require.size() == 1);
  CHECK(reader.manifests.read.size() == 1);
}

}  // namespace
}  // namespace modtool::resolve
