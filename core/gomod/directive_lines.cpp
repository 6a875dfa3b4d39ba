#include "core/gomod/directive_lines.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/module/semver.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kComment = "//";

std::string_view without_comment(std::string_view text) {
  return trim(text.substr(0, std::min(text.find(kComment), text.size())));
}

// Of a verb that stands once, the verb; of a replacement and a setting, their left side; of others all they say.
std::string key_of(const DirectiveLine& directive) {
  const auto& verb = directive.verb;
  if (verb == "module" || verb == "go" || verb == "toolchain") return verb;
  const auto text = without_comment(directive.text);
  const std::string_view middle = verb == "replace" ? "=>" : verb == "godebug" ? "=" : "\n";
  const auto words = split_fields(text.substr(0, text.find(middle)));
  return fmt::format("{} {}", verb, fmt::join(words, " "));
}

// "go1.22.1" of a toolchain, "1.22" of a language.
int compare_tools(std::string_view a, std::string_view b) {
  const auto version = [](std::string_view text) {
    text = without_comment(text);
    if (text.starts_with("go")) text.remove_prefix(2);
    return text;
  };
  return module::compare_go_versions(version(a), version(b));
}

}  // namespace

DirectiveLines read_directives(const std::vector<std::string>& lines) {
  DirectiveLines directives;
  std::string block;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto line = trim(lines[i]);
    const auto words = without_comment(line);
    if (words.empty()) continue;
    if (words == ")") {
      block.clear();
      continue;
    }
    DirectiveLine directive{.verb = block, .text = std::string(line), .line = i, .is_in_block = !block.empty()};
    if (block.empty()) {
      directive.verb = words.substr(0, words.find_first_of(" \t("));
      directive.text = trim(line.substr(directive.verb.size()));
      if (without_comment(directive.text) == "(") {
        block = directive.verb;
        continue;
      }
    }
    if (directive.verb != "require") directives.emplace(key_of(directive), std::move(directive));
  }
  return directives;
}

std::vector<std::string> read_comments(const std::vector<std::string>& lines) {
  std::vector<std::string> comments;
  for (const auto& line : lines) {
    if (trim(line).starts_with(kComment)) comments.emplace_back(trim(line));
  }
  return comments;
}

std::optional<std::optional<std::string>> merge_directive(std::string_view verb, const Three<std::string>& texts) {
  if (const auto* merged = merge_value(texts)) return *merged;
  const bool has_order = verb == "go" || verb == "toolchain";
  if (!has_order || !texts.ours || !texts.theirs) return std::nullopt;
  return compare_tools(*texts.ours, *texts.theirs) >= 0 ? texts.ours : texts.theirs;
}

}  // namespace modtool::gomod
