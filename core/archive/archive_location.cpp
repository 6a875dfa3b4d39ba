#include "core/archive/archive_location.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/module/semver.hpp"

namespace modtool::archive {
namespace {

constexpr std::size_t kMaxUrl = 4096;

// "scheme" of "scheme://…", else nothing.
std::string_view scheme_of(std::string_view url) {
  const auto end = url.find("://");
  return end == std::string_view::npos || url.find('/') < end ? std::string_view() : url.substr(0, end);
}

// Host and port, with a name and password where there are.
std::string_view authority_of(std::string_view url) {
  const auto scheme = scheme_of(url);
  if (scheme.empty()) return {};
  const auto rest = url.substr(scheme.size() + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

// For messages: without a name and password.
std::string shown(std::string_view url) {
  const auto authority = authority_of(url);
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return quote(url);
  const auto start = static_cast<std::size_t>(authority.data() - url.data());
  return quote(std::string(url.substr(0, start)) + std::string(url.substr(start + at + 1)));
}

std::unexpected<Error> refuse(std::string_view url, std::string_view why, Code code = Code::kBadArchiveUrl) {
  return fail(code, fmt::format("archive {}: {}", shown(url), why));
}

// What a placeholder stands for; nothing where there is no such placeholder.
class VersionParts {
 public:
  explicit VersionParts(std::string_view version) : version_(version.substr(1)) {
    const auto core = version_.substr(0, version_.find_first_of("-+"));
    numbers_ = split(core, '.');
    const auto pre = module::version_prerelease(version);
    pre_ = pre.empty() ? std::string() : std::string(pre.substr(1));
  }

  std::optional<std::string> operator()(std::string_view name) const {
    if (name == "version") return std::string(version_);
    if (name == "major") return std::string(numbers_[0]);
    if (name == "minor") return std::string(numbers_[1]);
    if (name == "patch") return std::string(numbers_[2]);
    if (name == "pre") return pre_;
    return std::nullopt;
  }

 private:
  std::string_view version_;
  std::vector<std::string_view> numbers_;
  std::string pre_;
};

Result<std::string> fill_in(const std::string& url_template, const std::string& version) {
  const VersionParts parts(version);
  std::string url;
  for (std::string_view rest = url_template;;) {
    const auto open = rest.find_first_of("{}");
    url += rest.substr(0, open);
    if (open == std::string_view::npos) return url;
    const auto close = rest.find('}', open);
    if (rest[open] == '}' || close == std::string_view::npos) return refuse(url_template, "a brace stands alone");
    const auto name = rest.substr(open + 1, close - open - 1);
    const auto value = parts(name);
    if (!value) return refuse(url_template, fmt::format("there is no placeholder {{{}}}", name));
    if (value->empty()) return refuse(url_template, fmt::format("{} has nothing for {{{}}}", version, name));
    url += *value;
    rest.remove_prefix(close + 1);
  }
}

Result<void> check_https(std::string_view url) {
  const auto authority = authority_of(url);
  const auto path = url.substr(url.find(authority) + authority.size());
  if (authority.empty() || authority.starts_with('-')) return refuse(url, "it names no host");
  if (authority.contains('@')) return refuse(url, "a name and password would stand in the lock");
  if (path.empty() || path == "/") return refuse(url, "it names no file");
  if (url.contains('#')) return refuse(url, "a part of a page is no file");
  if (url.contains(' ')) return refuse(url, "it holds a space");
  return {};
}

Result<std::string> local_path(std::string_view url, const std::string& directory) {
  if (scheme_of(url).empty()) return io::is_absolute(url) ? std::string(url) : io::join_path(directory, url);
  const auto path = url.substr(std::string_view("file://").size());
  if (!path.starts_with('/')) return refuse(url, "a file:// URL names an absolute path");
  if (path.contains('%')) return refuse(url, "the path of a file:// URL is taken as it is, without percent signs");
  return std::string(path);
}

Result<void> check_characters(std::string_view url) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  if (url.empty() || url.size() > kMaxUrl) return refuse(url.substr(0, kMaxUrl), "it is empty, or too long");
  if (std::ranges::any_of(url, is_control)) return refuse(url, "it holds control characters");
  return {};
}

}  // namespace

Result<ArchiveLocation> locate_archive(const std::string& url_template, const std::string& version,
                                       const std::string& directory) {
  ArchiveLocation location;
  MODTOOL_TRY(location.url, fill_in(url_template, version));
  MODTOOL_CHECK(check_characters(location.url));
  const auto scheme = scheme_of(location.url);
  if (scheme == "http") {
    return refuse(location.url, "http:// is not used, as nothing proves who answers: use https://",
                  Code::kUnsupportedScheme);
  }
  if (scheme == "https") {
    MODTOOL_CHECK(check_https(location.url));
  } else if (scheme.empty() || scheme == "file") {
    MODTOOL_TRY(location.path, local_path(location.url, directory));
  } else {
    return refuse(location.url, "it starts neither with https:// nor with file://");
  }
  return location;
}

}  // namespace modtool::archive
