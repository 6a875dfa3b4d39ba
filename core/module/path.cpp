#include "core/module/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/ascii.hpp"
#include "core/base/glob.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/module/characters.hpp"
#include "core/module/decimal.hpp"
#include "core/module/semver.hpp"

namespace modtool::module {
namespace {

enum class Kind { kModule, kImport, kFile };

// Why a name is refused; nothing where it is fine.
using Reason = std::optional<std::string>;

bool is_module_rune(std::uint32_t rune) {
  if (rune >= 0x80) return false;
  const char c = static_cast<char>(rune);
  return is_ascii_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_file_rune(std::uint32_t rune) {
  if (rune >= 0x80) return is_letter(rune);
  // What a shell or a file system of some machine takes for more than a character is left out.
  constexpr std::string_view kPunctuation = "!#$%&()+,-.=@[]^_{}~ ";
  const char c = static_cast<char>(rune);
  return is_ascii_alphanumeric(c) || kPunctuation.contains(c);
}

bool is_allowed(std::uint32_t rune, Kind kind) {
  if (kind == Kind::kFile) return is_file_rune(rune);
  return is_module_rune(rune) || (kind == Kind::kImport && rune == '+');
}

// The rune in single quotes, as fmt's %q prints it.
std::string quote_rune(std::string_view rune) {
  if (rune == "'") return "'\\''";
  if (rune == "\"") return "'\"'";
  const std::string quoted = decode_rune(rune).valid ? quote(rune) : "\"\uFFFD\"";
  return "'" + quoted.substr(1, quoted.size() - 2) + "'";
}

template <class Allowed>
Reason check_runes(std::string_view text, Allowed allowed, std::string_view where = {}) {
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    if (!allowed(rune.value)) return fmt::format("invalid char {}{}", quote_rune(text.substr(0, rune.size)), where);
    text.remove_prefix(rune.size);
  }
  return std::nullopt;
}

// The device names of Windows, which are reserved there with any extension.
bool is_windows_device(std::string_view stem) {
  if (stem.size() != 3 && stem.size() != 4) return false;
  const std::string name = fold_case(stem);
  if (name == "con" || name == "prn" || name == "aux" || name == "nul") return true;
  const bool is_port = name.starts_with("com") || name.starts_with("lpt");
  return is_port && name.size() == 4 && name[3] >= '1' && name[3] <= '9';
}

// Windows makes short names like these ("PROGRA~1") for long ones.
bool looks_like_short_name(std::string_view stem) {
  const auto tilde = stem.rfind('~');
  return tilde != std::string_view::npos && tilde + 1 < stem.size() && is_decimal(stem.substr(tilde + 1));
}

Reason check_element(std::string_view element, Kind kind) {
  if (element.empty()) return "empty path element";
  if (element.find_first_not_of('.') == std::string_view::npos) {
    return fmt::format("invalid path element {}", quote(element));
  }
  if (element.front() == '.' && kind == Kind::kModule) return "leading dot in path element";
  if (element.back() == '.') return "trailing dot in path element";
  if (auto reason = check_runes(element, [kind](std::uint32_t rune) { return is_allowed(rune, kind); })) return reason;
  const auto stem = element.substr(0, element.find('.'));
  if (is_windows_device(stem)) {
    return fmt::format("{} disallowed as path element component on Windows", quote(stem));
  }
  if (kind != Kind::kFile && looks_like_short_name(stem)) return "trailing tilde and digits in path element";
  return std::nullopt;
}

Reason check_elements(std::string_view path, Kind kind) {
  if (!is_valid_utf8(path)) return "invalid UTF-8";
  if (path.empty()) return "empty string";
  if (path.front() == '-' && kind != Kind::kFile) return "leading dash";
  if (path.find("//") != std::string_view::npos) return "double slash";
  if (path.back() == '/') return "trailing slash";
  for (;;) {
    const auto slash = path.find('/');
    if (auto reason = check_element(path.substr(0, slash), kind)) return reason;
    if (slash == std::string_view::npos) return std::nullopt;
    path.remove_prefix(slash + 1);
  }
}

bool is_host_rune(std::uint32_t rune) {
  return rune == '-' || rune == '.' || (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z');
}

// The first element of a module path is the host that it comes from.
Reason check_host(std::string_view host) {
  if (host.empty()) return "leading slash";
  if (host.find('.') == std::string_view::npos) return "missing dot in first path element";
  if (host.front() == '-') return "leading dash in first path element";
  return check_runes(host, is_host_rune, " in first path element");
}

Reason check_module_path(std::string_view path) {
  if (auto reason = check_elements(path, Kind::kModule)) return reason;
  if (auto reason = check_host(path.substr(0, path.find('/')))) return reason;
  if (!split_path_major(path)) return "invalid version";
  return std::nullopt;
}

Result<void> verdict(const Reason& reason, Code code, std::string_view kind, std::string_view path) {
  if (!reason) return {};
  return fail(code, fmt::format("malformed {} path {}: {}", kind, quote(path), *reason));
}

// The number at the end of a path, and where it starts.
std::size_t number_start(std::string_view path, std::string_view characters) {
  const auto last = path.find_last_not_of(characters);
  return last == std::string_view::npos ? 0 : last + 1;
}

std::unexpected<Error> malformed_major(std::string_view path) {
  return fail(Code::kBadModulePath, fmt::format("malformed module path {}: invalid version", quote(path)));
}

// gopkg.in wants ".vN" at the end, and knows v0, v1 and "-unstable" too.
Result<PathMajor> split_gopkg(std::string_view path) {
  const auto stable = path.ends_with("-unstable") ? path.substr(0, path.rfind('-')) : path;
  const auto start = number_start(stable, "0123456789");
  if (start < 2 || stable.substr(start - 2, 2) != ".v") return malformed_major(path);
  const auto number = stable.substr(start);
  if (number.empty()) return malformed_major(path);
  const auto major = path.substr(start - 2);
  if (number[0] == '0' && major != ".v0") return malformed_major(path);
  return PathMajor{path.substr(0, start - 2), major};
}

Reason check_major(std::string_view version, std::string_view path_major) {
  constexpr std::string_view kUnstable = "-unstable";
  if (path_major.starts_with(".v") && path_major.ends_with(kUnstable)) path_major.remove_suffix(kUnstable.size());
  // Old pseudo-versions of gopkg.in modules at v1 begin with v0.
  if (version.starts_with("v0.0.0-") && path_major == ".v1") return std::nullopt;
  const auto major = version_major(version);
  if (path_major.empty()) {
    if (major == "v0" || major == "v1" || is_incompatible(version)) return std::nullopt;
    return fmt::format("should be v0 or v1, not {}", major);
  }
  const bool has_separator = path_major[0] == '/' || path_major[0] == '.';
  if (has_separator) path_major.remove_prefix(1);
  if (has_separator && major == path_major) return std::nullopt;
  return fmt::format("should be {}, not {}", path_major, major);
}

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (is_upper(c)) escaped += '!';
    escaped += to_lower(c);
  }
  return escaped;
}

std::optional<std::string> unescape(std::string_view escaped) {
  std::string text;
  bool after_bang = false;
  for (const char c : escaped) {
    if (static_cast<unsigned char>(c) >= 0x80 || is_upper(c)) return std::nullopt;
    if (after_bang) {
      if (!is_lower(c)) return std::nullopt;
      text += static_cast<char>(c - 'a' + 'A');
      after_bang = false;
    } else if (c == '!') {
      after_bang = true;
    } else {
      text += c;
    }
  }
  if (after_bang) return std::nullopt;
  return text;
}

// The first elements of a path, as many as the pattern has; nothing where the path has fewer.
std::optional<std::string_view> first_elements(std::string_view path, std::string_view pattern) {
  std::size_t end = path.find('/');
  for (auto slashes = std::ranges::count(pattern, '/'); slashes > 0; --slashes) {
    if (end == std::string_view::npos) return std::nullopt;
    end = path.find('/', end + 1);
  }
  return path.substr(0, end);
}

}  // namespace

Result<void> check_path(std::string_view path) {
  return verdict(check_module_path(path), Code::kBadModulePath, "module", path);
}

Result<void> check_import_path(std::string_view path) {
  return verdict(check_elements(path, Kind::kImport), Code::kBadImportPath, "import", path);
}

Result<void> check_file_path(std::string_view path) {
  return verdict(check_elements(path, Kind::kFile), Code::kBadFileName, "file", path);
}

Result<void> check_path_major(std::string_view version, std::string_view path_major) {
  const Reason reason = check_major(version, path_major);
  if (!reason) return {};
  return fail(Code::kBadVersion, fmt::format("version {} invalid: {}", quote(version), *reason));
}

Result<void> check(const ModuleVersion& module) {
  MODTOOL_CHECK(check_path(module.path));
  MODTOOL_TRY(const PathMajor split, split_path_major(module.path));
  Reason reason;
  if (!is_valid_version(module.version)) {
    reason = "not a semantic version";
  } else {
    reason = check_major(module.version, split.major);
  }
  if (!reason) return {};
  return fail(Code::kBadVersion, fmt::format("{}@{}: invalid version: {}", module.path, module.version, *reason));
}

Result<PathMajor> split_path_major(std::string_view path) {
  if (path.starts_with("gopkg.in/")) return split_gopkg(path);
  const auto start = number_start(path, "0123456789.");
  if (start < 2 || start == path.size() || path.substr(start - 2, 2) != "/v") return PathMajor{path, {}};
  const auto number = path.substr(start);
  const bool has_dot = number.find('.') != std::string_view::npos;
  if (has_dot || number[0] == '0' || number == "1") return malformed_major(path);
  return PathMajor{path.substr(0, start - 2), path.substr(start - 2)};
}

Result<std::string> escape_path(std::string_view path) {
  MODTOOL_CHECK(check_path(path));
  return escape(path);
}

Result<std::string> escape_version(std::string_view version) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const bool is_plain = std::ranges::all_of(version, is_ascii) && version.find('!') == std::string_view::npos;
  if (!is_plain || check_element(version, Kind::kFile)) {
    return fail(Code::kBadVersion, fmt::format("version {} invalid: disallowed version string", quote(version)));
  }
  return escape(version);
}

Result<std::string> unescape_path(std::string_view escaped) {
  const auto path = unescape(escaped);
  const std::string what = fmt::format("invalid escaped module path {}", quote(escaped));
  if (!path) return fail(Code::kBadModulePath, what);
  if (const auto checked = check_path(*path); !checked) {
    return fail(Code::kBadModulePath, fmt::format("{}: {}", what, checked.error().message));
  }
  return *path;
}

Result<std::string> unescape_version(std::string_view escaped) {
  const auto version = unescape(escaped);
  if (!version) return fail(Code::kBadVersion, fmt::format("invalid escaped version {}", quote(escaped)));
  if (const auto reason = check_element(*version, Kind::kFile)) {
    return fail(Code::kBadVersion, fmt::format("invalid escaped version {}: {}", quote(*version), *reason));
  }
  return *version;
}

bool match_prefix_patterns(std::string_view patterns, std::string_view path) {
  return std::ranges::any_of(split(patterns, ','), [path](std::string_view pattern) {
    if (pattern.ends_with('/')) pattern.remove_suffix(1);
    const auto prefix = first_elements(path, pattern);
    return !pattern.empty() && prefix && match_glob(pattern, *prefix);
  });
}

}  // namespace modtool::module
