// A path and a version or a list of patterns, a NUL between them.
#include "core/module/path.hpp"

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

void check_path(std::string_view path) {
  const bool good = module::check_path(path).has_value();
  const auto escaped = module::escape_path(path);
  must(good == escaped.has_value(), "exactly module paths can be escaped");
  if (!good) return;
  must(module::check_import_path(path).has_value(), "a module path is an import path");
  must(module::check_file_path(path).has_value(), "a module path is a file path");
  must(escaped->find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos, "no upper-case letter stays");
  must(module::unescape_path(*escaped) == path, "what was escaped can be unescaped");
  const auto split = module::split_path_major(path);
  must(split.has_value(), "a module path has a well-formed major");
  must(std::string(split->prefix) + std::string(split->major) == path, "a path is its prefix and its major");
}

void check_version(std::string_view version) {
  const auto escaped = module::escape_version(version);
  if (escaped) must(module::unescape_version(*escaped) == version, "what was escaped can be unescaped");
  if (const auto plain = module::unescape_version(version)) {
    must(module::escape_version(*plain) == version, "what was unescaped can be escaped");
  }
}

void check_text(std::string_view text) {
  must(is_valid_utf8(make_printable(text)), "what is shown is UTF-8");
  must(is_valid_utf8(quote(text)), "what is quoted is UTF-8");
  must(make_printable(text).find('\x1b') == std::string::npos, "no escape sequence is shown");
  const std::string folded = module::fold_case(text);
  must(module::fold_case(folded) == folded, "folding twice is folding");
}

}  // namespace

MODTOOL_FUZZ_TARGET(paths) {
  const auto [first, second] = split_input(input);
  check_path(first);
  check_version(second);
  check_text(input);
  static_cast<void>(module::check({.path = std::string(first), .version = std::string(second)}));
  static_cast<void>(module::match_prefix_patterns(second, first));
  if (const auto path = module::unescape_path(first)) {
    must(module::escape_path(*path) == first, "what was unescaped can be escaped");
  }
}

}  // namespace modtool::fuzz
