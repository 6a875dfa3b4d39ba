#include "core/gomod/go_mod.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/text.hpp"
#include "core/gomod/directives.hpp"
#include "core/module/path.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kBlockVerbs[] = {"module",  "godebug", "require", "exclude",
                                            "replace", "retract", "tool",    "ignore"};
constexpr std::string_view kLaxVerbs[] = {"go", "module", "retract", "require", "ignore"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

// Walks the tree and gathers the manifest and the problems.
class GoModReader {
 public:
  GoModReader(GoMod& mod, const FileName& file, const ParseOptions& options)
      : mod_(mod), file_(file), options_(options), reader_(mod.syntax, options), problems_(mod.syntax, file) {}

  Result<void> read() {
    for (auto& statement : mod_.syntax.statements) {
      if (auto* line = std::get_if<Line>(&statement)) take_line(*line);
      if (auto* block = std::get_if<Block>(&statement)) take_block(*block);
    }
    if (options_.strictness == Strictness::kMain) fix_retractions();
    if (problems_.empty()) return {};
    return fail(std::move(problems_).finish(file_.shown));
  }

 private:
  using Handler = Result<void> (GoModReader::*)(std::string_view verb, Arguments, const Block*, Line&);

  void take_line(Line& line) { take(nullptr, line, line.tokens[0], Arguments(line.tokens).subspan(1)); }

  void take_block(Block& block) {
    if (block.tokens.size() == 1 && contains(kBlockVerbs, block.tokens[0])) {
      for (auto& line : block.lines) take(&block, line, block.tokens[0], line.tokens);
    } else if (options_.strictness != Strictness::kLax) {
      problems_.add(block.start, unknown_block(block));
    }
  }

  void take(const Block* block, Line& line, std::string_view verb, Arguments arguments) {
    if (options_.strictness == Strictness::kLax && !contains(kLaxVerbs, verb)) return;
    auto taken = (this->*handler(verb))(verb, arguments, block, line);
    if (!taken) problems_.add(line.start, std::move(taken).error());
  }

  static Handler handler(std::string_view verb) {
    static constexpr std::pair<std::string_view, Handler> kHandlers[] = {
        {"require", &GoModReader::take_require}, {"module", &GoModReader::take_module},
        {"go", &GoModReader::take_go},           {"toolchain", &GoModReader::take_toolchain},
        {"godebug", &GoModReader::take_godebug}, {"exclude", &GoModReader::take_exclude},
        {"replace", &GoModReader::take_replace}, {"retract", &GoModReader::take_retract},
        {"tool", &GoModReader::take_path},       {"ignore", &GoModReader::take_path},
    };
    const auto* row = std::ranges::find(kHandlers, verb, &std::pair<std::string_view, Handler>::first);
    return row == std::end(kHandlers) ? &GoModReader::refuse_unknown : row->second;
  }

  static std::unexpected<Error> refuse(std::string message) { return fail(Code::kGoModSyntax, std::move(message)); }

  Result<void> refuse_unknown(std::string_view verb, Arguments, const Block*, Line&) {
    return refuse(fmt::format("unknown directive: {}", verb));
  }

  Result<void> take_go(std::string_view, Arguments arguments, const Block*, Line&) {
    if (!manifest().go.empty()) return refuse("repeated go statement");
    MODTOOL_TRY(manifest().go, read_go(arguments, options_.strictness));
    return {};
  }

  Result<void> take_toolchain(std::string_view, Arguments arguments, const Block*, Line&) {
    if (!manifest().toolchain.empty()) return refuse("repeated toolchain statement");
    MODTOOL_TRY(manifest().toolchain, read_toolchain(arguments));
    return {};
  }

  Result<void> take_module(std::string_view, Arguments arguments, const Block* block, Line& line) {
    if (std::exchange(has_module_, true)) return refuse("repeated module statement");
    manifest().deprecated = deprecation_in(directive_comment(block, line));
    if (arguments.size() != 1) return refuse("usage: module module/path");
    MODTOOL_TRY(manifest().path, reader_.read_word(arguments[0]));
    return {};
  }

  Result<void> take_godebug(std::string_view, Arguments arguments, const Block*, Line&) {
    MODTOOL_TRY(auto setting, read_godebug(arguments));
    manifest().godebug.push_back(std::move(setting));
    return {};
  }

  Result<void> take_require(std::string_view verb, Arguments arguments, const Block*, Line& line) {
    MODTOOL_TRY(auto module, reader_.read_module(verb, arguments));
    manifest().require.push_back({.module = std::move(module),
                                  .indirect = is_indirect(line),
                                  .where = where_of(mod_.syntax, line.start, file_)});
    return {};
  }

  Result<void> take_exclude(std::string_view verb, Arguments arguments, const Block*, Line&) {
    MODTOOL_TRY(auto module, reader_.read_module(verb, arguments));
    manifest().exclude.push_back(std::move(module));
    return {};
  }

  Result<void> take_replace(std::string_view, Arguments arguments, const Block*, Line& line) {
    MODTOOL_TRY(auto replacement, reader_.read_replace(arguments));
    replacement.where = where_of(mod_.syntax, line.start, file_);
    manifest().replace.push_back(std::move(replacement));
    return {};
  }

  Result<void> take_path(std::string_view verb, Arguments arguments, const Block*, Line&) {
    if (arguments.size() != 1) return refuse(fmt::format("{} directive expects exactly one argument", verb));
    MODTOOL_TRY(auto path, reader_.read_word(arguments[0]));
    (verb == "tool" ? manifest().tool : manifest().ignore).push_back(std::move(path));
    return {};
  }

  // Later versions of Go may know retractions that this one does not: a dependency's are passed over.
  Result<void> take_retract(std::string_view, Arguments arguments, const Block* block, Line& line) {
    const bool lax = options_.strictness == Strictness::kLax;
    auto interval = read_interval(
        arguments, [&](std::string_view& word) { return reader_.read_plain_version("retract", "", word); });
    if (!interval && lax) return {};
    if (!interval) return fail(std::move(interval).error());
    if (!arguments.empty() && !lax) return refuse("unexpected token after version: " + quote(arguments[0]));
    manifest().retract.push_back({.low = std::move(interval->low),
                                  .high = std::move(interval->high),
                                  .rationale = directive_comment(block, line)});
    retract_lines_.push_back(&line);
    return {};
  }

  // The versions of retractions are checked against the module's path, which is known at the end only.
  void fix_retractions() {
    for (std::size_t i = 0; i < retract_lines_.size(); ++i) {
      Line& line = *retract_lines_[i];
      if (manifest().path.empty()) {
        return problems_.add(line.start, {.code = Code::kGoModSyntax,
                                          .message = "no module directive found, so retract cannot be used"});
      }
      if (auto fixed = fix_retraction(line, manifest().retract[i]); !fixed) {
        problems_.add(line.start, std::move(fixed).error());
      }
    }
  }

  Result<void> fix_retraction(Line& line, manifest::Retraction& retraction) {
    Arguments arguments(line.tokens);
    if (arguments[0] == "retract") arguments = arguments.subspan(1);
    MODTOOL_TRY(auto interval, read_interval(arguments, [&](std::string_view& word) {
                  return reader_.read_version("retract", manifest().path, word);
                }));
    retraction.low = std::move(interval.low);
    retraction.high = std::move(interval.high);
    return {};
  }

  manifest::Manifest& manifest() { return mod_.manifest; }

  GoMod& mod_;
  const FileName& file_;
  const ParseOptions& options_;
  DirectiveReader reader_;
  Problems problems_;
  std::vector<Line*> retract_lines_;
  bool has_module_ = false;
};

// Go tells a dependency's problems as one text.
Error flatten(Error error, const std::string& file) {
  Error flat = std::move(error.problems.front());
  for (std::size_t i = 1; i < error.problems.size(); ++i) flat.message += "\n" + to_line(error.problems[i]);
  return std::move(flat).in("parsing " + file);
}

Result<GoMod> parse(std::string_view text, const FileName& file, const ParseOptions& options) {
  GoMod mod;
  auto syntax = parse_syntax(text, file);
  if (!syntax) return fail(parse_error(file.shown, {std::move(syntax).error()}));
  mod.syntax = std::move(*syntax);
  ParseOptions noting = options;
  if (options.fix_version) {
    noting.fix_version = [&](std::string_view path, std::string_view query) {
      auto version = options.fix_version(path, query);
      if (version) mod.versions_fixed = true;
      return version;
    };
  }
  MODTOOL_CHECK(GoModReader(mod, file, noting).read());
  return mod;
}

Result<void> check_replacements(const std::vector<manifest::Replacement>& replacements) {
  std::map<module::ModuleVersion, module::ModuleVersion> replaced;
  for (const auto& replacement : replacements) {
    const auto [previous, fresh] = replaced.emplace(replacement.from, replacement.to);
    if (fresh || previous->second == replacement.to) continue;
    return fail(Code::kGoModSyntax,
                fmt::format("conflicting replacements for {}:\n\t{}\n\t{}", to_string(replacement.from),
                            to_string(previous->second), to_string(replacement.to)));
  }
  return {};
}

// The path of a main module need not be one that can be fetched: it must only be fit for imports.
Result<void> check_main_path(const std::string& path) {
  constexpr std::string_view kImport = "malformed import path";
  auto good = module::check_import_path(path);
  if (good) return {};
  return fail(Code::kBadModulePath, "malformed module path" + good.error().message.substr(kImport.size()));
}

}  // namespace

Result<GoMod> parse_go_mod(std::string_view text, const FileName& file, const ParseOptions& options) {
  if (options.strictness != Strictness::kLax) return parse(text, file, options);
  auto mod = parse(text, {.shown = file.whole()}, options);
  if (!mod) return fail(flatten(std::move(mod).error(), file.shown));
  return mod;
}

Result<void> check_main_module(const manifest::Manifest& manifest, const std::string& file) {
  if (manifest.path.empty()) {
    return fail(Code::kGoModSyntax, "error reading " + file +
                                        ": missing module declaration. To specify the module path:\n"
                                        "\tgo mod edit -module=example.com/mod");
  }
  if (manifest.path == "go" || manifest.path == "toolchain") {
    return fail(Code::kBadModulePath, "error reading " + file + ": invalid module path: " + quote(manifest.path));
  }
  MODTOOL_CHECK(check_replacements(manifest.replace));
  return check_main_path(manifest.path);
}

}  // namespace modtool::gomod
