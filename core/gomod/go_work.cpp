#include "core/gomod/go_work.hpp"

#include <algorithm>

#include "core/gomod/directives.hpp"

namespace modtool::gomod {
namespace {

// The go command calls every workspace file so, wherever it is.
const std::string kGoWork = "go.work";

constexpr std::string_view kBlockVerbs[] = {"godebug", "use", "replace"};

std::unexpected<Error> refuse(std::string message) { return fail(Code::kGoModSyntax, std::move(message)); }

// Walks the tree and gathers the values and the problems.
class GoWorkReader {
 public:
  GoWorkReader(GoWork& work, const FileName& file)
      : work_(work), file_(file), reader_(work.syntax, options_), problems_(work.syntax, file) {}

  Result<void> read() {
    for (auto& statement : work_.syntax.statements) {
      if (auto* line = std::get_if<Line>(&statement)) {
        take(*line, line->tokens[0], Arguments(line->tokens).subspan(1));
      } else if (auto* block = std::get_if<Block>(&statement)) {
        take_block(*block);
      }
    }
    if (problems_.empty()) return {};
    return fail(std::move(problems_).finish(kGoWork));
  }

 private:
  void take_block(Block& block) {
    const bool known =
        block.tokens.size() == 1 && std::ranges::find(kBlockVerbs, block.tokens[0]) != std::end(kBlockVerbs);
    if (!known) return problems_.add(block.start, unknown_block(block));
    for (auto& line : block.lines) take(line, block.tokens[0], line.tokens);
  }

  void take(Line& line, std::string_view verb, Arguments arguments) {
    if (auto taken = take_directive(line, verb, arguments); !taken) {
      problems_.add(line.start, std::move(taken).error());
    }
  }

  Result<void> take_directive(const Line& line, std::string_view verb, Arguments arguments) {
    if (verb == "go") {
      if (!work_.go.empty()) return refuse("repeated go statement");
      MODTOOL_TRY(work_.go, read_go(arguments, options_.strictness));
    } else if (verb == "toolchain") {
      if (!work_.toolchain.empty()) return refuse("repeated toolchain statement");
      MODTOOL_TRY(work_.toolchain, read_toolchain(arguments));
    } else if (verb == "godebug") {
      MODTOOL_TRY(auto setting, read_godebug(arguments));
      work_.godebug.push_back(std::move(setting));
    } else if (verb == "use") {
      if (arguments.size() != 1) return refuse("usage: use local/dir");
      MODTOOL_TRY(auto directory, reader_.read_word(arguments[0]));
      work_.use.push_back({.directory = std::move(directory), .where = where_of(work_.syntax, line.start, file_)});
    } else if (verb == "replace") {
      MODTOOL_TRY(auto replacement, reader_.read_replace(arguments));
      replacement.where = where_of(work_.syntax, line.start, file_);
      work_.replace.push_back(std::move(replacement));
    } else {
      return refuse("unknown directive: " + std::string(verb));
    }
    return {};
  }

  GoWork& work_;
  const FileName& file_;
  const ParseOptions options_{.strictness = Strictness::kEdit};
  DirectiveReader reader_;
  Problems problems_;
};

}  // namespace

Result<GoWork> parse_go_work(std::string_view text, const std::string& file) {
  const FileName name{.shown = file, .full = {}};
  GoWork work;
  auto syntax = parse_syntax(text, name);
  if (!syntax) return fail(parse_error(kGoWork, {std::move(syntax).error()}));
  work.syntax = std::move(*syntax);
  MODTOOL_CHECK(GoWorkReader(work, name).read());
  return work;
}

}  // namespace modtool::gomod
