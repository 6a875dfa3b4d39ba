// Module graphs as the go command has them: pruned from go 1.17 on, with roots that are raised to what is selected.
#include <map>

#include "core/gomod/go_dialect.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using module::ModuleVersion;
using test::names_of;
using test::toy;
using test::toys;

// What is wrong with the manifests of modules.
using Failures = std::map<ModuleVersion, Error>;

// A world (toy_modules.hpp) of go.mod files. With a "!" behind its name a module is of the time before pruning; a root
// with a "?" is marked as indirect.
class GoWorld {
 public:
  explicit GoWorld(std::string_view text, Failures failures = {}) : failures_(std::move(failures)) {
    for (const auto line : split_lines(text)) {
      const auto colon = line.find(':');
      auto name = trim(line.substr(0, colon));
      const bool is_old = name.ends_with('!');
      if (is_old) name.remove_suffix(1);
      texts_[toy(name)] = text_of(toy(name), is_old ? "1.16" : "1.17", line.substr(colon + 1));
    }
  }

  // The graph of a main module that requires `roots`.
  Result<ModuleGraph> load(std::string_view roots, const std::string& go = "1.17", std::string_view more = "") {
    const auto text = text_of({"example.com/main", ""}, go, roots) + std::string(more);
    manifest_ = REQUIRE_OK(dialect_->parse_manifest(text, {.shown = "go.mod"}, {}));
    test::ToySummaries summaries(
        {.dialect = *dialect_, .root = manifest_, .manifest = [this](const auto&, const auto& stand_in) {
           return manifest_of(stand_in);
         }});
    const Cancellation cancellation;
    WorkerPool pool(1, cancellation);
    const auto parsed = dialect_->roots_of(manifest_);
    return load_consistent_graph({.mains = {{.module = {manifest_.path, ""}, .require = parsed.modules}},
                                  .roots = parsed,
                                  .manifest = manifest_,
                                  .dialect = *dialect_,
                                  .modules = summaries,
                                  .pool = pool});
  }

 private:
  static std::string text_of(const ModuleVersion& module, const std::string& go, std::string_view required) {
    std::string text = "module " + module.path + "\ngo " + go + "\n";
    for (auto name : split_fields(required)) {
      const bool is_indirect = name.ends_with('?');
      if (is_indirect) name.remove_suffix(1);
      text += "require " + toy(name).path + " " + toy(name).version + (is_indirect ? " // indirect" : "") + "\n";
    }
    return text;
  }

  Result<std::string> manifest_of(const ModuleVersion& module) const {
    if (const auto failed = failures_.find(module); failed != failures_.end()) return fail(failed->second);
    const auto known = texts_.find(module);
    return known == texts_.end() ? text_of(module, "1.17", "") : known->second;
  }

  Failures failures_;
  std::map<ModuleVersion, std::string> texts_;
  manifest::Manifest manifest_;
  std::shared_ptr<const manifest::Dialect> dialect_ = gomod::make_go_dialect("1.26.0");
};

// The build list without the main module and the language itself.
std::string selected(const ModuleGraph& graph) {
  auto list = graph.build_list();
  std::erase_if(list, [](const auto& m) { return m.version.empty() || m.path == "go"; });
  return names_of(list);
}
std::string roots_of(const ModuleGraph& graph) {
  auto list = graph.roots().modules;
  std::erase_if(list, [](const auto& m) { return m.path == "go"; });
  return names_of(list);
}

}  // namespace

TEST_CASE("what the requirements of a pruned module require is left out, unless an older module leads there") {
  const struct {
    const char* name;
    const char* world;
    const char* roots;
    const char* selected;
  } cases[] = {
      {"a pruned root", "b1.0: c1.0\nc1.0: d1.0", "b1.0", "b1.0 c1.0"},
      {"an older root", "b1.0!: c1.0\nc1.0: d1.0\nd1.0: e1.0", "b1.0", "b1.0 c1.0 d1.0 e1.0"},
      {"an older module below a pruned root", "b1.0: c1.0\nc1.0!: d1.0", "b1.0", "b1.0 c1.0"},
      {"a way with pruning and one without", "b1.0: c1.0\nc1.0: d1.0\nk1.0!: c1.0", "b1.0 k1.0", "b1.0 c1.0 d1.0 k1.0"},
      {"the same, the other way first", "b1.0!: c1.0\nc1.0: d1.0\nk1.0: c1.0", "b1.0 k1.0", "b1.0 c1.0 d1.0 k1.0"},
      {"a version that a pruned part asks for", "b1.0: c1.0\nc1.0: d1.9", "b1.0 d1.0", "b1.0 c1.0 d1.0"},
      {"a cycle", "b1.0!: c1.0\nc1.0!: b1.0", "b1.0", "b1.0 c1.0"},
  };
  for (const auto& [name, world, roots, wanted] : cases) {
    CAPTURE(name);
    CHECK(selected(REQUIRE_OK(GoWorld(world).load(roots))) == wanted);
  }
}

TEST_CASE("a main module of the time before pruning has the whole graph") {
  GoWorld world("b1.0: c1.0\nc1.0: d1.0\nd1.0: e1.0");
  CHECK(selected(REQUIRE_OK(world.load("b1.0", "1.16"))) == "b1.0 c1.0 d1.0 e1.0");
}

TEST_CASE("roots are raised to what is selected, and what the raised ones require comes in") {
  GoWorld world("b1.0: c1.2\nc1.2: d1.0\nd1.0: e1.0");
  const auto graph = REQUIRE_OK(world.load("b1.0 c1.0?"));
  CHECK(roots_of(graph) == "b1.0 c1.2");
  CHECK(selected(graph) == "b1.0 c1.2 d1.0");
  GoWorld further("b1.0: c1.2\nc1.2: d1.3\nd1.3: e1.0");
  const auto raised = REQUIRE_OK(further.load("b1.0 c1.0 d1.0"));  // the second only shows behind the first
  CHECK(roots_of(raised) == "b1.0 c1.2 d1.3");
  CHECK(selected(raised) == "b1.0 c1.2 d1.3 e1.0");
}

TEST_CASE(
    "without pruning the roots are the fewest that select the same, with the direct ones and those that were right") {
  const struct {
    const char* name;
    const char* world;
    const char* roots;
    const char* wanted;
  } cases[] = {
      {"an indirect root that another one implies goes", "b1.0!: c1.2", "b1.0 c1.0?", "b1.0"},
      {"a direct one is raised", "b1.0!: c1.2", "b1.0 c1.0", "b1.0 c1.2"},
      {"one that was right stays", "b1.0!: c1.2 d1.0", "b1.0 c1.0? d1.0?", "b1.0 d1.0"},
      {"one that nothing implies stays", "b1.0!: c1.2", "b1.0 c1.0? e1.0?", "b1.0 e1.0"},
      {"all are right", "b1.0!: c1.0 d1.0", "b1.0 c1.0? d1.1?", "b1.0 c1.0 d1.1"},
  };
  for (const auto& [name, world, roots, wanted] : cases) {
    CAPTURE(name);
    CHECK(roots_of(REQUIRE_OK(GoWorld(world).load(roots, "1.16"))) == wanted);
  }
}

TEST_CASE("what the main module excludes is not required by anybody") {
  GoWorld world("b1.0: c1.0 d1.0");
  CHECK(selected(REQUIRE_OK(world.load("b1.0", "1.17", "exclude example.com/c v1.0.0\n"))) == "b1.0 d1.0");
}

TEST_CASE("the nearest failure is told, a wrong checksum before all others, behind what leads to it") {
  const Error cause{.code = Code::kNotFound, .message = "no such module"};
  const Error wrong{.code = Code::kChecksumMismatch, .message = "wrong hash"};
  const std::string_view text = "b1.0!: d1.0\nc1.0!: e1.0\nd1.0!: f1.0";
  const struct {
    const char* name;
    Failures failures;
    Code code;
    const char* told;
  } cases[] = {
      {"of a root", {{toy("c1.0"), cause}}, Code::kNotFound, "example.com/c@v1.0.0: no such module"},
      {"behind one",
       {{toy("d1.0"), cause}},
       Code::kNotFound,
       "example.com/b@v1.0.0 requires\n\texample.com/d@v1.0.0: no such module"},
      {"behind two",
       {{toy("f1.0"), cause}},
       Code::kNotFound,
       "example.com/b@v1.0.0 requires\n\texample.com/d@v1.0.0 requires\n\texample.com/f@v1.0.0: no such module"},
      {"the nearest",
       {{toy("f1.0"), cause}, {toy("e1.0"), cause}},
       Code::kNotFound,
       "example.com/c@v1.0.0 requires\n\texample.com/e@v1.0.0: no such module"},
      {"a wrong checksum",
       {{toy("f1.0"), wrong}, {toy("c1.0"), cause}},
       Code::kChecksumMismatch,
       "example.com/b@v1.0.0 requires\n\texample.com/d@v1.0.0 requires\n\texample.com/f@v1.0.0: wrong hash"},
  };
  for (const auto& [name, failures, code, told] : cases) {
    CAPTURE(name);
    const auto graph = GoWorld(text, failures).load("b1.0 c1.0");
    REQUIRE(!graph);
    CHECK(graph.error().code == code);
    CHECK(to_line(graph.error()) == told);
  }
}

TEST_CASE("a failure of what stands in for a module names both, but of a tool that is too old what stands in alone") {
  const std::string_view replace = "replace example.com/b => example.com/x v1.5.0\n";
  for (const auto& [code, told] :
       {std::pair{Code::kNotFound, "example.com/b@v1.0.0 (replaced by example.com/x@v1.5.0): "},
        {Code::kTooNewGo, "example.com/b@v1.0.0: "}}) {
    GoWorld world("", {{toy("x1.5"), {.code = code, .message = "cause"}}});
    CHECK_ERROR(world.load("b1.0", "1.17", replace), code, told);
  }
}

TEST_CASE("what pruning leaves out is named, and not read") {
  GoWorld world("a1.0: b1.0\nb1.0: c1.0\no1.0!: d1.0\nd1.0: e1.0");
  const auto graph = REQUIRE_OK(world.load("a1.0 o1.0"));
  std::string read;
  for (const auto node : graph.nodes()) {
    if (graph.was_read(node)) read += names_of({graph.module(node)}) + " ";
  }
  CHECK(graph.holds(toy("b1.0")));
  CHECK(read.contains("a1.0 "));
  CHECK(read.contains("o1.0 "));
  CHECK(read.contains("d1.0 "));
  CHECK(!read.contains("b1.0 "));
  CHECK(!graph.was_read(graph.main()));
}

}  // namespace modtool::resolve
