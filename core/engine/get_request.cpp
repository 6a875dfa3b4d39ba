#include "core/engine/get_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::engine {
namespace {

constexpr std::string_view kGitSuffix = ".git";

std::string spelling_of(const GetRequest& request) {
  return request.version.empty() ? request.path : request.path + "@" + request.version;
}

Result<GetRequest> read(const std::string& path, const std::string& version, const GetOptions& options) {
  const std::string otherwise = options.upgrade && options.patches ? "patch" : "upgrade";
  GetRequest request{.path = path, .version = version};
  MODTOOL_CHECK(module::check_path(path));
  MODTOOL_TRY(request.query, resolve::parse_version_query(version.empty() ? otherwise : version));
  return request;
}

std::string without_suffix(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.ends_with(kGitSuffix)) path.remove_suffix(kGitSuffix.size());
  return std::string(path);
}

// Where pages of a repository begin: what lies below is no part of its path.
std::string_view without_page(std::string_view path) {
  for (const std::string_view page : {"/-/", "/blob/", "/commit/", "/releases", "/tree/"}) {
    path = path.substr(0, path.find(page));
  }
  return path;
}

// "user@host:22/a/b", "host:a/b" → "host/a/b".
std::string without_login_and_port(std::string_view text) {
  if (const auto at = text.find('@'); at < text.find('/')) text.remove_prefix(at + 1);
  const auto colon = text.find(':');
  if (colon >= text.find('/')) return std::string(text);
  std::string_view rest = text.substr(colon + 1);
  const std::string_view port = rest.substr(0, rest.find('/'));
  const bool is_port = !port.empty() && std::ranges::all_of(port, is_digit);
  if (is_port) rest.remove_prefix(std::min(port.size() + 1, rest.size()));
  return fmt::format("{}/{}", text.substr(0, colon), rest);
}

// A URL of a repository, as it is copied from a page or from `git remote -v`, as "path" or "path@version"; empty where
// the text is none.
std::string request_of_url(std::string_view text) {
  const auto scheme = text.find("://");
  const bool has_host = text.find(':') < text.find('/');  // git@host:a/b
  if (scheme == text.npos && !has_host) return {};
  std::string rest = without_login_and_port(scheme == text.npos ? text : text.substr(scheme + 3));
  const auto at = rest.find('@');
  return without_suffix(without_page(std::string_view(rest).substr(0, at))) + (at == rest.npos ? "" : rest.substr(at));
}

// "1.1.0" and "V1.1.0" → "v1.1.0"; anything else as it is.
std::string with_small_v(const std::string& text) {
  const std::string version = "v" + text.substr(text.starts_with('V') ? 1 : 0);
  return module::is_valid_version(version) ? version : text;
}

Fix get_instead(const std::string& request, const std::string& text) { return Fix::again("get", {request}, text); }

}  // namespace

Result<GetRequest> parse_get_request(const std::string& text, const GetOptions& options) {
  if (const std::string meant = request_of_url(text); !meant.empty()) {
    const std::string path = meant.substr(0, meant.find('@'));
    Error error{.code = Code::kBadModulePath, .message = fmt::format("{} is no module path", quote(text))};
    if (!module::check_path(path)) return fail(std::move(error));
    error.message += fmt::format("; did you mean {}?", quote(path));
    return fail(std::move(error).with(get_instead(meant, text)));
  }
  const auto at = text.find('@');
  if (at != text.npos && at + 1 == text.size()) {
    MODTOOL_CHECK(module::check_path(text.substr(0, at)));
    return fail(Code::kUsage, fmt::format("{} names no version behind its @", quote(text)));
  }
  return read(text.substr(0, at), at == text.npos ? "" : text.substr(at + 1), options);
}

std::vector<GetRequest> other_spellings(const GetRequest& request, const GetOptions& options) {
  const std::string path = without_suffix(request.path);
  const bool is_version = request.query.kind == resolve::VersionQuery::Kind::kRevision;
  std::vector<std::string> versions = {request.version};
  if (is_version) versions.push_back(with_small_v(request.version));
  std::vector<GetRequest> spellings;
  for (const auto& version : versions) {
    const bool is_new = path != request.path || version != request.version;
    auto other = read(path, version, options);
    if (is_new && other) spellings.push_back(std::move(*other));
  }
  return spellings;
}

Error did_you_mean(Error error, const GetRequest& request, const GetRequest& meant) {
  error.message += fmt::format("; did you mean {}?", quote(spelling_of(meant)));
  return std::move(error).with(get_instead(spelling_of(meant), spelling_of(request)));
}

}  // namespace modtool::engine
