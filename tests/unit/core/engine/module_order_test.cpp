#include "core/engine/module_order.hpp"

#include <map>

#include "core/base/cancellation.hpp"
#include "core/base/text.hpp"
#include "core/base/worker_pool.hpp"
#include "core/native/native_dialect.hpp"
#include "tests/support/check.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

// "b2" is x.org/b at v1.2.0.
ModuleVersion toy(std::string_view name) {
  const auto digit = name.find_first_of("0123456789");
  return {"x.org/" + std::string(name.substr(0, digit)), "v1." + std::string(name.substr(digit)) + ".0"};
}

std::string name_of(const ModuleVersion& module) {
  if (module.version.empty()) return "main";
  return module.path.substr(6) + module.version.substr(3, module.version.size() - 5);
}

// Modules that require what a text says, a line each: "b1: c1 d2"; the root's line is "main: b1".
class ToyModules final : public manifest::Modules {
 public:
  explicit ToyModules(std::string_view text) : Modules(kNone) {
    for (const auto line : split_lines(text)) {
      const auto colon = line.find(':');
      if (colon == line.npos) continue;
      const auto name = trim(line.substr(0, colon));
      for (const auto required : split_fields(line.substr(colon + 1))) {
        if (name == "main") root.require.push_back({.module = toy(required)});
        if (name != "main") requires_[toy(name)].push_back(toy(required));
      }
    }
  }

  Result<manifest::Summary> summary(const ModuleVersion& module) override {
    const auto found = requires_.find(module);
    return manifest::Summary{.path = module.path,
                             .require = found == requires_.end() ? std::vector<ModuleVersion>() : found->second};
  }
  Result<std::string> manifest(const ModuleVersion&) override { return fail(Code::kNotFound, "none"); }
  Result<manifest::Tree> tree(const ModuleVersion&) override { return fail(Code::kNotFound, "none"); }
  Result<std::vector<ModuleVersion>> build_list() override { return fail(Code::kNotFound, "none"); }
  std::string place(const ModuleVersion&) const override { return {}; }

  manifest::Manifest root{.path = "x.org/main"};

 private:
  static inline const manifest::ReplacementTable kNone;
  std::map<ModuleVersion, std::vector<ModuleVersion>> requires_;
};

std::string order_of(std::string_view text) {
  ToyModules modules(text);
  const auto dialect = native::make_native_dialect("0.1.0");
  const Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  const auto roots = dialect->roots_of(modules.root);
  const auto graph = REQUIRE_OK(resolve::ModuleGraph::load({.mains = {{{modules.root.path, ""}, roots.modules}},
                                                            .roots = roots,
                                                            .manifest = modules.root,
                                                            .dialect = *dialect,
                                                            .modules = modules,
                                                            .pool = pool}));
  std::vector<std::string> names;
  for (const auto& module : in_dependency_order(graph)) names.push_back(name_of(module));
  return join(names, " ");
}

TEST_CASE("a module comes behind what it requires, and else in the order of the build list") {
  struct Case {
    std::string name;
    std::string graph;
    std::string order;
  };
  for (const auto& [name, graph, order] : {
           Case{.name = "nothing", .graph = "main:", .order = "main"},
           Case{.name = "no requirements", .graph = "main: c1 a1 b1", .order = "a1 b1 c1 main"},
           Case{.name = "a chain", .graph = "main: a1\na1: b1\nb1: c1", .order = "c1 b1 a1 main"},
           Case{.name = "a diamond", .graph = "main: a1 b1\na1: d1\nb1: c1\nc1: d1", .order = "d1 a1 c1 b1 main"},
           Case{.name = "a version that lost",
                .graph = "main: a1 c2\na1: c1\nc1: z1\nc2: b1",
                .order = "b1 c2 a1 main z1"},
           Case{.name = "a cycle", .graph = "main: a1\na1: b1\nb1: a1 c1", .order = "c1 b1 a1 main"},
           Case{.name = "a module that requires itself", .graph = "main: a1\na1: a1 b1", .order = "b1 a1 main"},
       }) {
    CAPTURE(name);
    CHECK(order_of(graph) == order);
  }
}

TEST_CASE("a graph may be deeper than any stack") {
  constexpr int kDepth = 100'000;
  const auto name = [](int number) {
    std::string letters = "z";
    for (int rest = number; rest > 0; rest /= 26) letters += static_cast<char>('a' + rest % 26);
    return letters + "1";
  };
  std::string text = "main: " + name(0) + "\n";
  for (int i = 0; i + 1 < kDepth; ++i) text += name(i) + ": " + name(i + 1) + "\n";
  const auto order = order_of(text);
  CHECK(order.starts_with(name(kDepth - 1) + " " + name(kDepth - 2) + " "));
  CHECK(order.ends_with(" " + name(1) + " " + name(0) + " main"));
}

}  // namespace
}  // namespace modtool::engine
