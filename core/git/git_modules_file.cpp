#include "core/git/git_modules_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/module/version_control.hpp"
#include "core/source/tree_entries.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kFileName = ".gitmodules";
constexpr std::size_t kMaxEntries = 10'000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_key_character(char c) { return is_ascii_alphanumeric(c) || c == '-'; }

// Why a path cannot be that of a submodule; nothing where it can.
std::optional<std::string> check_submodule_path(std::string_view path) {
  if (path.empty() || path.starts_with('/')) return "is no path below the repository's root";
  if (path.starts_with('-')) return "starts with `-`";
  for (const auto element : split(path, '/')) {
    if (element.empty() || element == "." || element == "..") return "is no clean path";
    if (module::is_git_directory(element)) return "leads into the repository's own files";
  }
  return std::nullopt;
}

class ModulesParser {
 public:
  explicit ModulesParser(std::string_view text) : rest_(text) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  }

  Result<std::vector<SubmoduleEntry>> run() && {
    while (!rest_.empty()) MODTOOL_CHECK(parse_item());
    std::map<std::string, SubmoduleEntry> by_path;
    for (auto& [name, entry] : entries_) {
      if (!entry.path) continue;
      SubmoduleEntry made{*entry.path, entry.url.value_or("")};
      if (!by_path.try_emplace(made.path, made).second)
        return refuse(fmt::format("two submodules have the path {}", quote(made.path)));
    }
    std::vector<SubmoduleEntry> sorted;
    sorted.reserve(by_path.size());
    for (auto& [path, entry] : by_path) sorted.push_back(std::move(entry));
    return sorted;
  }

 private:
  struct Entry {
    std::optional<std::string> path;
    std::optional<std::string> url;
  };

  std::unexpected<Error> refuse(std::string message) const {
    return fail(
        Error{.code = Code::kGitModules, .message = std::move(message)}.at({std::string(kFileName), item_line_}));
  }

  char peek() const { return rest_.empty() ? '\n' : rest_.front(); }

  char take() {
    const char c = peek();
    if (!rest_.empty()) rest_.remove_prefix(1);
    if (c == '\n') ++line_;
    return c;
  }

  void skip_blanks() {
    while (!rest_.empty() && is_blank(peek())) take();
  }

  void skip_line() {
    while (take() != '\n') continue;
  }

  Result<void> parse_item() {
    skip_blanks();
    item_line_ = line_;
    const char c = peek();
    if (c == '[') return parse_section();
    if (c != '\n' && c != '#' && c != ';') return parse_variable();
    skip_line();
    return {};
  }

  // [submodule "name"]
  Result<void> parse_section() {
    take();
    std::string section;
    while (is_key_character(peek()) || peek() == '.') section += take();
    skip_blanks();
    std::string name;
    if (peek() == '"') {
      MODTOOL_TRY(name, parse_section_name());
    }
    if (take() != ']') return refuse("a section is malformed");
    if (entries_.size() >= kMaxEntries) return refuse(fmt::format("more than {} submodules", kMaxEntries));
    current_ = to_lower(section) == "submodule" ? &entries_[name] : nullptr;
    return {};
  }

  Result<std::string> parse_section_name() {
    std::string name;
    for (take(); peek() != '"';) {
      if (peek() == '\\') take();
      if (peek() == '\n') return refuse("a section is malformed");
      name += take();
    }
    take();
    return name;
  }

  Result<void> parse_variable() {
    std::string key;
    while (is_key_character(peek())) key += take();
    if (key.empty()) return refuse("a line is neither a section nor a setting");
    skip_blanks();
    std::string value;
    if (peek() == '=') {
      take();
      MODTOOL_TRY(value, parse_value());
    } else if (peek() != '\n' && peek() != '#' && peek() != ';') {
      return refuse(fmt::format("`{}` has no value", key));
    } else {
      skip_line();
    }
    if (current_ == nullptr) return {};
    key = to_lower(key);
    if (key == "path") return set_path(std::move(value));
    return key == "url" ? set(current_->url, "url", std::move(value)) : Result<void>();
  }

  Result<void> set_path(std::string path) {
    if (path.ends_with('/')) path.pop_back();
    if (const auto reason = check_submodule_path(path)) return refuse(fmt::format("path {} {}", quote(path), *reason));
    return set(current_->path, "path", std::move(path));
  }

  Result<void> set(std::optional<std::string>& field, std::string_view name, std::string value) {
    if (field && *field != value) return refuse(fmt::format("a submodule has two values of `{}`", name));
    field = std::move(value);
    return {};
  }

  // Up to the end of the line, which a backslash carries on; blanks at the end count in quotes only.
  Result<std::string> parse_value() {
    skip_blanks();
    std::string value;
    std::size_t kept = 0;
    bool quoted = false;
    while (peek() != '\n') {
      const char c = take();
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '#' || c == ';')) {
        skip_line();
        value.resize(kept);
        return value;
      } else if (c == '\\') {
        MODTOOL_CHECK(add_escape(value));
      } else {
        value += c;
      }
      if (quoted || c == '"' || !is_blank(c)) kept = value.size();
    }
    if (quoted) return refuse("a quote is not closed");
    take();
    value.resize(kept);
    return value;
  }

  Result<void> add_escape(std::string& value) {
    constexpr std::string_view kNames = "\\\"ntb";
    constexpr std::string_view kMeant = "\\\"\n\t\b";
    if (peek() == '\r') take();
    const char c = take();
    if (c == '\n') return {};
    const auto which = kNames.find(c);
    if (which == std::string_view::npos) return refuse("an escape that Git does not know");
    value += kMeant[which];
    return {};
  }

  std::string_view rest_;
  int line_ = 1;
  int item_line_ = 1;                     // where the section or setting begins that is being read
  std::map<std::string, Entry> entries_;  // by name
  Entry* current_ = nullptr;
};

// Where the path begins in a URL or in "host:path".
std::size_t path_start(const GitUrl& url) {
  if (url.transport == GitTransport::kLocal && !url.text.starts_with("file://")) return 0;
  const auto scheme = url.text.find("://");
  if (scheme == std::string::npos) return url.text.size() - url.path.size();
  return std::min(url.text.find('/', scheme + 3), url.text.size());
}

// "../x" seen from the parent's URL, as Git does: each "../" takes one element off it. Nothing where there is none
// left.
std::optional<std::string> join_url(const GitUrl& parent, std::string_view relative) {
  const auto start = path_start(parent);
  std::string path = parent.text.substr(start);
  const bool is_rooted = path.starts_with('/');
  while (path.ends_with('/')) path.pop_back();
  for (;;) {
    if (relative.starts_with("./")) {
      relative.remove_prefix(2);
    } else if (relative.starts_with("../")) {
      if (path.empty()) return std::nullopt;
      const auto slash = path.rfind('/');
      path.resize(slash == std::string::npos ? 0 : slash);
      relative.remove_prefix(3);
    } else {
      break;
    }
  }
  return fmt::format("{}{}{}{}", parent.text.substr(0, start), path, is_rooted || !path.empty() ? "/" : "", relative);
}

}  // namespace

Result<std::vector<SubmoduleEntry>> parse_git_modules(std::string_view text) { return ModulesParser(text).run(); }

Result<GitUrl> resolve_submodule_url(const std::string& written, const GitUrl& parent) {
  const auto refuse = [&](std::string_view why) {
    return fail(Code::kGitModules, fmt::format("the URL {} {}", quote(written), why));
  };
  const bool is_relative = written.starts_with("./") || written.starts_with("../");
  const auto url = is_relative ? join_url(parent, written) : written;
  if (!url) return refuse("leads out of " + quote(parent.shown()));
  MODTOOL_TRY(auto parsed, parse_git_url(*url));
  if (parsed.transport != GitTransport::kLocal || parent.transport == GitTransport::kLocal) return parsed;
  return refuse("is a path of this machine, which a repository elsewhere has no say over");
}

}  // namespace modtool::git
