// go.mod, in all three ways of reading it, and go.work.
#include "core/gomod/go_mod.hpp"

#include "core/gomod/go_work.hpp"
#include "core/gomod/printer.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

bool same_values(const manifest::Manifest& a, const manifest::Manifest& b) {
  const auto requirements = [](const manifest::Manifest& manifest) {
    std::string text;
    for (const auto& r : manifest.require) text += to_string(r.module) + (r.indirect ? " indirect\n" : "\n");
    for (const auto& r : manifest.replace) text += to_string(r.from) + " => " + to_string(r.to) + "\n";
    for (const auto& r : manifest.retract) text += r.low + ".." + r.high + " " + r.rationale + "\n";
    return text;
  };
  return a.path == b.path && a.deprecated == b.deprecated && a.go == b.go && a.toolchain == b.toolchain &&
         a.exclude == b.exclude && a.tool == b.tool && a.ignore == b.ignore && a.godebug == b.godebug &&
         requirements(a) == requirements(b);
}

void check_places(const Error& error) {
  for (const auto& problem : error.problems) must(problem.where.line > 0, "a problem has a line");
}

// Versions are found for queries, so that what follows them is reached.
Result<std::string> answer_query(std::string_view, std::string_view) { return "v1.0.0"; }

void read_and_write(std::string_view input, gomod::Strictness strictness) {
  const gomod::ParseOptions options{.strictness = strictness, .fix_version = answer_query};
  const auto mod = gomod::parse_go_mod(input, {.shown = "go.mod"}, options);
  if (!mod) return check_places(mod.error());
  must(mod->syntax.source() == input, "the tree keeps its text");
  const std::string written = gomod::format(mod->syntax);
  const auto again = gomod::parse_go_mod(written, {.shown = "go.mod"}, options);
  must(again.has_value(), "what was written can be read");
  must(same_values(mod->manifest, again->manifest), "what was written means the same");
  must(gomod::format(again->syntax) == written, "what was written is in standard style");
}

}  // namespace

MODTOOL_FUZZ_TARGET(go_mod) {
  read_and_write(input, gomod::Strictness::kMain);
  read_and_write(input, gomod::Strictness::kEdit);
  read_and_write(input, gomod::Strictness::kLax);
  if (const auto work = gomod::parse_go_work(input, "go.work"); !work) check_places(work.error());
}

}  // namespace modtool::fuzz
