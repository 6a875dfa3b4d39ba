#include "core/gomod/directives.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/gomod/quoting.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/module/go_line.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kArrow = "=>";

std::string_view line_at(std::string_view text, std::size_t offset) {
  const auto start = text.substr(0, offset).rfind('\n') + 1;  // npos + 1 is 0
  return text.substr(start, text.find('\n', start) - start);
}

// "require example.com/a: ", as Go names the directive of a version.
std::string directive_name(std::string_view verb, std::string_view path) {
  return path.empty() ? fmt::format("{}: ", verb) : fmt::format("{} {}: ", verb, path);
}

std::unexpected<Error> bad_version(std::string_view verb, std::string_view path, std::string_view version,
                                   std::string_view reason) {
  return fail(Code::kBadVersion,
              fmt::format("{}version {} invalid: {}", directive_name(verb, path), quote(version), reason));
}

// What golang.org/x/mod/module calls canonical: build metadata is dropped, but for "+incompatible".
std::string canonical(std::string_view version) {
  auto result = module::canonical_version(version);
  if (!result.empty() && module::version_build(version) == "+incompatible") result += "+incompatible";
  return result;
}

// gopkg.in once had versions of its own.
std::string_view without_gopkgin(std::string_view path, std::string_view version) {
  constexpr std::string_view kMark = "-gopkgin-";
  const auto at = version.find(kMark);
  if (!path.starts_with("gopkg.in/") || at == std::string_view::npos) return version;
  return version.substr(at + kMark.size());
}

Result<void> check_major(std::string_view verb, std::string_view path, std::string_view version) {
  const auto split = module::split_path_major(path);
  if (!split) return fail(Code::kBadModulePath, "invalid module path");
  auto fits = module::check_path_major(version, split->major);
  if (!fits) return fail(fits.error().code, directive_name(verb, path) + fits.error().message);
  return {};
}

std::unexpected<Error> syntax_error(std::string message) { return fail(Code::kGoModSyntax, std::move(message)); }

Result<void> take(Arguments& arguments, std::string_view word) {
  if (arguments.empty() || arguments[0] != word) {
    return fail(Code::kGoModSyntax, "expected '" + std::string(word) + "' after version");
  }
  arguments = arguments.subspan(1);
  return {};
}

// A version behind an opening word, "[" or ",".
Result<std::string> take_version_after(Arguments& arguments, std::string_view word, const VersionReader& read_version) {
  if (arguments.empty()) return fail(Code::kGoModSyntax, "expected version after '" + std::string(word) + "'");
  MODTOOL_TRY(std::string version, read_version(arguments[0]));
  arguments = arguments.subspan(1);
  return version;
}

constexpr std::string_view kSlashes = "//";

bool has_comment(const Comments& comments) { return !comments.before.empty() || !comments.suffix.empty(); }

void append_text(std::vector<std::string>& lines, const std::vector<Comment>& comments) {
  for (const auto comment : comments) {
    if (comment.starts_with(kSlashes)) lines.emplace_back(trim_space(comment.substr(kSlashes.size())));
  }
}

}  // namespace

void Problems::add(Position position, Error error) {
  if (manifest::is_conflict_marker(line_at(tree_.source(), position.offset))) error.code = Code::kConflictMarker;
  problems_.push_back(std::move(error).at(where_of(tree_, position, file_)));
}

Error Problems::finish(const std::string& file) && { return parse_error(file, std::move(problems_)); }

Error unknown_block(const Block& block) {
  return {.code = Code::kGoModSyntax, .message = fmt::format("unknown block type: {}", fmt::join(block.tokens, " "))};
}

Error parse_error(const std::string& file, std::vector<Error> problems) {
  const bool conflict = std::ranges::any_of(problems, [](const Error& e) { return e.code == Code::kConflictMarker; });
  return {.code = conflict ? Code::kConflictMarker : Code::kGoModSyntax,
          .message = "errors parsing " + file + ":",
          .problems = std::move(problems)};
}

void DirectiveReader::write(std::string_view& word, const std::string& spelling) {
  if (word != spelling) word = tree_.keep(spelling);
}

Result<std::string> DirectiveReader::read_word(std::string_view& word) {
  auto value = parse_word(word);
  if (!value) return syntax_error("invalid quoted string: " + value.error().message);
  // A word without quotation marks is in its standard spelling.
  if (word.starts_with('"')) write(word, format_word(*value));
  return value;
}

Result<std::string> DirectiveReader::read_plain_version(std::string_view verb, std::string_view path,
                                                        std::string_view& word) {
  auto value = parse_word(word);
  if (!value) return bad_version(verb, path, word, value.error().message);
  write(word, *value);
  return value;
}

Result<std::string> DirectiveReader::read_version(std::string_view verb, std::string_view path,
                                                  std::string_view& word) {
  MODTOOL_TRY(const std::string written, read_plain_version(verb, path, word));
  MODTOOL_TRY(std::string version, find_version(verb, path, written));
  write(word, version);
  return version;
}

Result<std::string> DirectiveReader::find_version(std::string_view verb, std::string_view path,
                                                  std::string_view version) {
  if (options_.strictness == Strictness::kMain) return find_main_version(verb, path, version);
  auto found = canonical(version);
  if (found.empty()) return bad_version(verb, path, version, "must be of the form v1.2.3");
  return found;
}

Result<std::string> DirectiveReader::find_main_version(std::string_view verb, std::string_view path,
                                                       std::string_view version) {
  version = without_gopkgin(path, version);
  if (!module::split_path_major(path)) {
    return bad_version(verb, path, version, "malformed module path " + quote(path));
  }
  if (!version.empty() && canonical(version) == version) {
    MODTOOL_CHECK(check_major(verb, path, version));
    return std::string(version);
  }
  MODTOOL_CHECK(module::check_path(path));
  if (!options_.fix_version) return bad_version(verb, path, version, "must be of the form v1.2.3");
  return options_.fix_version(path, version);
}

Result<module::ModuleVersion> DirectiveReader::read_module(std::string_view verb, Arguments arguments) {
  if (arguments.size() != 2) return syntax_error(fmt::format("usage: {} module/path v1.2.3", verb));
  MODTOOL_TRY(std::string path, read_word(arguments[0]));
  MODTOOL_TRY(std::string version, read_version(verb, path, arguments[1]));
  MODTOOL_CHECK(check_major(verb, path, version));
  return module::ModuleVersion{.path = std::move(path), .version = std::move(version)};
}

Result<manifest::Replacement> DirectiveReader::read_replace(Arguments arguments) {
  const std::size_t arrow = arguments.size() >= 2 && arguments[1] == kArrow ? 1 : 2;
  if (arguments.size() < arrow + 2 || arguments.size() > arrow + 3 || arguments[arrow] != kArrow) {
    return syntax_error(
        "usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => "
        "../local/directory");
  }
  MODTOOL_TRY(auto from, read_replaced(arguments, arrow == 2));
  MODTOOL_TRY(auto to, read_replacing(arguments.subspan(arrow + 1)));
  return manifest::Replacement{.from = std::move(from), .to = std::move(to), .where = {}};
}

Result<module::ModuleVersion> DirectiveReader::read_replaced(Arguments arguments, bool versioned) {
  MODTOOL_TRY(std::string path, read_word(arguments[0]));
  if (!module::split_path_major(path)) {
    return fail(Code::kBadModulePath, directive_name("replace", path) + "invalid module path");
  }
  if (!versioned) return module::ModuleVersion{.path = std::move(path), .version = {}};
  MODTOOL_TRY(std::string version, read_version("replace", path, arguments[1]));
  MODTOOL_CHECK(check_major("replace", path, version));
  return module::ModuleVersion{.path = std::move(path), .version = std::move(version)};
}

Result<module::ModuleVersion> DirectiveReader::read_replacing(Arguments arguments) {
  MODTOOL_TRY(std::string path, read_word(arguments[0]));
  const bool directory = is_directory_path(path);
  if (arguments.size() == 2) {
    MODTOOL_TRY(std::string version, read_version("replace", path, arguments[1]));
    if (directory)
      return syntax_error(fmt::format("replacement module directory path {} cannot have version", quote(path)));
    return module::ModuleVersion{.path = std::move(path), .version = std::move(version)};
  }
  if (!directory && path.find('@') != std::string::npos) {
    return syntax_error("replacement module must match format 'path version', not 'path@version'");
  }
  if (!directory) {
    return syntax_error("replacement module without version must be directory path (rooted or starting with . or ..)");
  }
  if (path.find('\\') != std::string::npos) {
    return syntax_error("replacement directory appears to be Windows path (on a non-windows system)");
  }
  return module::ModuleVersion{.path = std::move(path), .version = {}};
}

Result<std::string> read_go(Arguments arguments, Strictness strictness) {
  if (arguments.size() != 1) return syntax_error("go directive expects exactly one argument");
  if (module::is_go_line(arguments[0])) return std::string(arguments[0]);
  const auto repaired = strictness == Strictness::kLax ? module::repair_go_line(arguments[0]) : std::string_view();
  if (!repaired.empty()) return std::string(arguments[0] = repaired);
  return syntax_error(fmt::format("invalid go version '{}': must match format 1.23.0", arguments[0]));
}

Result<std::string> read_toolchain(Arguments arguments) {
  if (arguments.size() != 1) return syntax_error("toolchain directive expects exactly one argument");
  const auto name = arguments[0];
  if (name == "default" || name == "go1" || name.starts_with("go1.")) return std::string(name);
  return syntax_error(fmt::format("invalid toolchain version '{}': must match format go1.23.0 or default", name));
}

Result<std::pair<std::string, std::string>> read_godebug(Arguments arguments) {
  const bool plain = arguments.size() == 1 && arguments[0].find_first_of("\"`',") == std::string_view::npos;
  const auto equals = plain ? arguments[0].find('=') : std::string_view::npos;
  if (equals == std::string_view::npos) return syntax_error("usage: godebug key=value");
  return std::pair(std::string(arguments[0].substr(0, equals)), std::string(arguments[0].substr(equals + 1)));
}

bool is_directory_path(std::string_view path) {
  constexpr std::string_view kRooted[] = {"./", ".\\", "../", "..\\", "/", "\\"};
  if (path == "." || path == "..") return true;
  if (std::ranges::any_of(kRooted, [&](std::string_view start) { return path.starts_with(start); })) return true;
  return path.size() >= 2 && is_ascii_letter(path[0]) && path[1] == ':';
}

Result<VersionInterval> read_interval(Arguments& arguments, const VersionReader& read_version) {
  if (arguments.empty() || arguments[0] == "(") return fail(Code::kGoModSyntax, "expected '[' or version");
  VersionInterval interval;
  if (arguments[0] != "[") {
    MODTOOL_TRY(interval.low, read_version(arguments[0]));
    interval.high = interval.low;
    arguments = arguments.subspan(1);
    return interval;
  }
  arguments = arguments.subspan(1);
  MODTOOL_TRY(interval.low, take_version_after(arguments, "[", read_version));
  MODTOOL_CHECK(take(arguments, ","));
  MODTOOL_TRY(interval.high, take_version_after(arguments, ",", read_version));
  MODTOOL_CHECK(take(arguments, "]"));
  return interval;
}

bool is_indirect(const Line& line) {
  if (line.comments.suffix.empty()) return false;
  const auto words = split_fields(line.comments.suffix[0].substr(kSlashes.size()));
  return words.size() == 1 ? words[0] == "indirect" : words.size() > 1 && words[0] == "indirect;";
}

std::string directive_comment(const Block* block, const Line& line) {
  const Comments& comments = block != nullptr && !has_comment(line.comments) ? block->comments : line.comments;
  std::vector<std::string> lines;
  append_text(lines, comments.before);
  append_text(lines, comments.suffix);
  return join(lines, "\n");
}

std::string deprecation_in(std::string_view comment) {
  constexpr std::string_view kParagraphEnd = "\n\n";
  constexpr std::string_view kMark = "Deprecated:";
  if (!comment.starts_with(kMark)) {
    const auto end = comment.find("\n\nDeprecated:");
    if (end == std::string_view::npos) return {};
    comment.remove_prefix(end + kParagraphEnd.size());
  }
  comment.remove_prefix(kMark.size());
  comment.remove_prefix(std::min(comment.find_first_not_of(' '), comment.size()));
  return std::string(comment.substr(0, comment.find(kParagraphEnd)));
}

}  // namespace modtool::gomod
