#include "core/gomod/go_mod_update.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "core/gomod/directives.hpp"
#include "core/gomod/printer.hpp"
#include "core/gomod/quoting.hpp"
#include "core/module/semver.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kSeparateSince = "1.17";          // blocks of direct and of indirect requirements
constexpr std::string_view kSemanticExcludesSince = "1.21";  // go.dev/issue/60028
constexpr std::string_view kToolchainsSince = "1.21";

using Statements = std::vector<Statement>;

std::string_view verb_of(const Statement& statement) {
  if (const auto* line = std::get_if<Line>(&statement)) return line->tokens.empty() ? "" : line->tokens[0];
  if (const auto* block = std::get_if<Block>(&statement)) return block->tokens[0];
  return {};
}

const Comments& comments_of(const Statement& statement) {
  return std::visit([](const auto& node) -> const Comments& { return node.comments; }, statement);
}

bool says_only_indirect(Comment comment) { return trim_space(comment.substr(2)) == "indirect"; }

// Other comments than "// indirect".
bool has_comments(const Comments& comments) {
  const auto& suffix = comments.suffix;
  return !comments.before.empty() || suffix.size() > 1 || (suffix.size() == 1 && !says_only_indirect(suffix[0]));
}

void append(std::vector<Comment>& to, const std::vector<Comment>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// A line on its own, as one of a block.
Line line_in_block(Line line) {
  line.tokens.erase(line.tokens.begin());
  return line;
}

// The only line of a block, on its own.
Line line_alone(Block block) {
  Line line = std::move(block.lines[0]);
  line.tokens.insert(line.tokens.begin(), block.tokens.begin(), block.tokens.end());
  append(block.comments.before, line.comments.before);
  line.comments.before = std::move(block.comments.before);
  append(line.comments.suffix, block.comments.suffix);
  return line;
}

// The lines of a statement, without the verb. `stays` may change or take away a line; a statement of its own that does
// not stay has no words then.
template <class Stays>
void filter_lines(Statement& statement, const Stays& stays) {
  if (auto* block = std::get_if<Block>(&statement)) {
    std::erase_if(block->lines, [&](Line& line) { return !stays(line, Arguments(line.tokens)); });
  } else if (auto& line = std::get<Line>(statement); !stays(line, Arguments(line.tokens).subspan(1))) {
    line.tokens.clear();
  }
}

template <class Stays>
void filter_lines(Statements& statements, std::string_view verb, const Stays& stays) {
  for (auto& statement : statements) {
    if (verb_of(statement) == verb) filter_lines(statement, stays);
  }
}

Block new_block() {
  return {.comments = {}, .tokens = {"require"}, .start = {}, .opening = {}, .lines = {}, .closing = {}};
}

// As the go command orders the lines of blocks: exclusions since Go 1.21 by version, retractions from the newest down.
using Less = bool (*)(const Line& a, const Line& b);

bool words_less(const Line& a, const Line& b) { return a.tokens < b.tokens; }

bool exclusion_less(const Line& a, const Line& b) {
  if (a.tokens.size() != 2 || b.tokens.size() != 2) return words_less(a, b);
  if (a.tokens[0] != b.tokens[0]) return a.tokens[0] < b.tokens[0];
  return module::compare_versions(a.tokens[1], b.tokens[1]) < 0;
}

// "v1.0.0" or "[v1.0.0, v1.2.0]"
std::pair<std::string_view, std::string_view> interval_of(const Line& line) {
  const auto& words = line.tokens;
  if (words.size() == 1) return {words[0], words[0]};
  return words.size() == 5 ? std::pair(words[1], words[3]) : std::pair<std::string_view, std::string_view>();
}

bool retraction_less(const Line& a, const Line& b) {
  const auto [low_a, high_a] = interval_of(a);
  const auto [low_b, high_b] = interval_of(b);
  const int low = module::compare_versions(low_a, low_b);
  return low != 0 ? low > 0 : module::compare_versions(high_a, high_b) > 0;
}

class GoModUpdate {
 public:
  GoModUpdate(SyntaxTree& tree, const manifest::Roots& roots) : tree_(tree), statements_(tree.statements) {
    for (const auto& [path, version] : roots.modules) {
      if (path == "go") {
        language_ = version;
      } else if (path != "toolchain") {
        wanted_[format_word(path)] = {.version = version, .is_indirect = !roots.direct.contains(path)};
      }
    }
  }

  void run(const std::string& toolchain) {
    write_language();
    if (!is_needed(toolchain)) filter_lines(statements_, "toolchain", [](Line&, Arguments) { return false; });
    since(kSeparateSince) ? update_separately() : update_in_place();
    drop_repeated();
    sort_blocks();
    tidy_blocks();
  }

 private:
  struct Wanted {
    std::string version;
    bool is_indirect = false;
    bool is_there = false;
  };

  bool since(std::string_view version) const { return module::compare_go_versions(language_, version) >= 0; }

  // Whether a toolchain line says more than the go line.
  bool is_needed(const std::string& toolchain) const {
    const std::string version = module::toolchain_go_version(toolchain);
    return module::compare_go_versions(version, kToolchainsSince) >= 0 &&
           module::compare_go_versions(version, language_) > 0;
  }

  void write_language() {
    const auto line = std::ranges::find(statements_, "go", verb_of);
    const std::string_view version = tree_.keep(language_);
    if (line != statements_.end()) {
      std::get<Line>(*line).tokens[1] = version;
      return;
    }
    const auto module = std::ranges::find(statements_, "module", verb_of);
    statements_.insert(module == statements_.end() ? module : module + 1,
                       Line{.comments = {}, .tokens = {"go", version}, .start = {}});
  }

  // False where the requirement goes.
  bool update(Line& line, Arguments arguments) {
    const auto wanted = wanted_.find(arguments[0]);
    if (wanted == wanted_.end() || std::exchange(wanted->second.is_there, true)) return false;
    auto& before = line.comments.before;
    if (before.size() == 1 && before[0].empty()) before.clear();
    arguments[1] = tree_.keep(wanted->second.version);
    mark(line, wanted->second.is_indirect);
    return true;
  }

  void mark(Line& line, bool is_now_indirect) {
    if (is_indirect(line) == is_now_indirect) return;
    auto& suffix = line.comments.suffix;
    if (is_now_indirect) {
      const std::string rest = suffix.empty() ? "" : std::string(trim_space(suffix[0].substr(2)));
      if (suffix.empty()) suffix.emplace_back();
      suffix[0] = tree_.keep(rest.empty() ? "// indirect" : "// indirect; " + rest);
    } else if (says_only_indirect(suffix[0])) {
      suffix.clear();
    } else {
      suffix[0] = tree_.keep("//" + std::string(suffix[0].substr(suffix[0].find(';') + 1)));
    }
  }

  Line new_line(const std::string& word, const Wanted& wanted) {
    Line line{.comments = {}, .tokens = {tree_.keep(word), tree_.keep(wanted.version)}, .start = {}};
    mark(line, wanted.is_indirect);
    return line;
  }

  // What is not in the file yet.
  std::vector<Line> new_lines(bool are_indirect) {
    std::vector<Line> lines;
    for (const auto& [word, wanted] : wanted_) {
      if (!wanted.is_there && wanted.is_indirect == are_indirect) lines.push_back(new_line(word, wanted));
    }
    return lines;
  }

  void update_in_place() {
    filter_lines(statements_, "require", [&](Line& line, Arguments arguments) { return update(line, arguments); });
    std::vector<Line> lines = new_lines(false);
    std::ranges::move(new_lines(true), std::back_inserter(lines));
    if (lines.empty()) return;
    const auto is_require = [](const Statement& statement) { return verb_of(statement) == "require"; };
    if (std::ranges::none_of(statements_, is_require)) statements_.emplace_back(new_block());
    const auto last = std::ranges::find_if(statements_.rbegin(), statements_.rend(), is_require);
    const auto place = static_cast<std::size_t>(statements_.rend() - last) - 1;
    std::ranges::move(lines, std::back_inserter(block_at(place).lines));
  }

  // The block at a place; what was a line of its own there is the first of a block then.
  Block& block_at(std::size_t place) {
    if (auto* line = std::get_if<Line>(&statements_[place])) {
      Block block = new_block();
      block.lines.push_back(line_in_block(std::move(*line)));
      statements_[place] = std::move(block);
    }
    return std::get<Block>(statements_[place]);
  }

  // Where requirements of each kind are added, and whether the file has had one place, without a word to it, for both.
  struct Places {
    std::size_t direct = 0;
    std::size_t indirect = 0;
    bool were_one = false;
  };

  Places make_places() {
    std::optional<std::size_t> direct;
    std::optional<std::size_t> indirect;
    std::optional<std::size_t> last;
    int count = 0;
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      if (verb_of(statements_[i]) != "require") continue;
      last = i;
      ++count;
      if (holds_only(statements_[i], false)) direct = i;
      if (holds_only(statements_[i], true)) indirect = i;
    }
    Places places{.were_one = count == 1 && !has_comments(comments_of(statements_[*last]))};
    if (direct) {
      places.direct = *direct;
    } else {
      places.direct = indirect ? *indirect : last ? *last + 1 : statements_.size();
      insert_block(places.direct);
      if (indirect) ++*indirect;
    }
    places.indirect = indirect.value_or(places.direct + 1);
    if (!indirect) insert_block(places.indirect);
    return places;
  }

  static bool holds_only(const Statement& statement, bool indirect) {
    const auto fits = [&](const Line& line) { return !has_comments(line.comments) && is_indirect(line) == indirect; };
    if (const auto* line = std::get_if<Line>(&statement)) return fits(*line);
    const auto& block = std::get<Block>(statement);
    return !block.lines.empty() && !has_comments(block.comments) && std::ranges::all_of(block.lines, fits);
  }

  void insert_block(std::size_t place) {
    statements_.insert(statements_.begin() + static_cast<std::ptrdiff_t>(place), new_block());
  }

  void update_separately() {
    const Places places = make_places();
    // A line of its own stays in its place, whatever it says now, as with the go command.
    const bool is_direct_fixed = std::holds_alternative<Line>(statements_[places.direct]);
    const bool is_indirect_fixed = std::holds_alternative<Line>(statements_[places.indirect]);
    auto& direct = block_at(places.direct);
    auto& indirect = block_at(places.indirect);
    std::vector<Line> now_direct;
    std::vector<Line> now_indirect;
    for (auto& statement : statements_) {
      if (verb_of(statement) != "require") continue;
      const auto* block = std::get_if<Block>(&statement);
      filter_lines(statement, [&](Line& line, Arguments arguments) {
        if (!update(line, arguments)) return false;
        const bool is_direct = !is_indirect(line);
        const bool is_misplaced =
            is_direct ? block == &indirect && !is_indirect_fixed : block == &direct && !is_direct_fixed;
        if (!places.were_one && !is_misplaced) return true;
        (is_direct ? now_direct : now_indirect).push_back(std::move(line));
        return false;
      });
    }
    std::ranges::move(new_lines(false), std::back_inserter(now_direct));
    std::ranges::move(new_lines(true), std::back_inserter(now_indirect));
    std::ranges::move(now_direct, std::back_inserter(direct.lines));
    std::ranges::move(now_indirect, std::back_inserter(indirect.lines));
  }

  // Of two replacements of one module the later one counts, of other lines that say the same the first.
  void drop_repeated() {
    std::set<std::vector<std::string_view>> seen;
    const auto is_new = [&](Line&, Arguments arguments) {
      return seen.insert({arguments.begin(), arguments.end()}).second;
    };
    for (const std::string_view verb : {"exclude", "tool", "ignore"}) {
      seen.clear();
      filter_lines(statements_, verb, is_new);
    }
    std::map<std::vector<std::string_view>, int> replacements;
    const auto replaced = [](Arguments arguments) {
      return std::vector(arguments.begin(), std::ranges::find(arguments, "=>"));
    };
    filter_lines(statements_, "replace",
                 [&](Line&, Arguments arguments) { return ++replacements[replaced(arguments)] > 0; });
    filter_lines(statements_, "replace",
                 [&](Line&, Arguments arguments) { return --replacements[replaced(arguments)] == 0; });
  }

  void sort_blocks() {
    for (auto& statement : statements_) {
      auto* block = std::get_if<Block>(&statement);
      if (block != nullptr) std::ranges::stable_sort(block->lines, order_of(block->tokens[0]));
    }
  }

  Less order_of(std::string_view verb) const {
    if (verb == "retract") return retraction_less;
    return verb == "exclude" && since(kSemanticExcludesSince) ? exclusion_less : words_less;
  }

  // Blocks that hold nothing go, of those that hold one line the line stays.
  void tidy_blocks() {
    std::erase_if(statements_, [](const Statement& statement) {
      const auto* line = std::get_if<Line>(&statement);
      const auto* block = std::get_if<Block>(&statement);
      return (line != nullptr && line->tokens.empty()) || (block != nullptr && block->lines.empty());
    });
    for (auto& statement : statements_) {
      auto* block = std::get_if<Block>(&statement);
      if (block == nullptr || block->lines.size() > 1 || !block->closing.before.empty()) continue;
      statement = line_alone(std::move(*block));
    }
  }

  SyntaxTree& tree_;
  Statements& statements_;
  std::string language_;
  std::map<std::string, Wanted, std::less<>> wanted_;  // by the word that stands for the path
};

// As the go command counts: what is written otherwise or twice, and says the same, is no change.
bool says_as_much(const manifest::Manifest& before, const manifest::Manifest& after) {
  const auto requirements = [](const manifest::Manifest& manifest) {
    std::map<module::ModuleVersion, bool> indirect;
    for (const auto& each : manifest.require) indirect[each.module] = each.indirect;
    return indirect;
  };
  return before.go == after.go && before.toolchain == after.toolchain && requirements(before) == requirements(after);
}

}  // namespace

std::optional<std::string> update_go_mod(GoMod mod, const manifest::Roots& roots) {
  const manifest::Manifest before = std::move(mod.manifest);
  GoModUpdate(mod.syntax, roots).run(before.toolchain);
  std::string text = format(mod.syntax);
  const auto after = parse_go_mod(text, {.shown = "go.mod"});
  const bool is_news = mod.versions_fixed || !after || !says_as_much(before, after->manifest);
  return is_news ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace modtool::gomod
