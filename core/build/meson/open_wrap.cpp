#include "core/build/meson/open_wrap.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/text.hpp"
#include "core/build/meson/meson_wrap.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::build {
namespace {

// What hosts write behind the path of a repository whose archive they make.
constexpr std::string_view kPages[] = {"/-/archive/", "/archive/", "/releases/download/", "/get/"};

std::string_view without(std::string_view text, std::string_view ending) {
  return text.ends_with(ending) ? text.substr(0, text.size() - ending.size()) : text;
}

// "v1.2.0" of v1.2.0 and 1.2.0; empty for anything else.
std::string version_of(std::string_view revision) {
  if (revision.starts_with("refs/tags/")) revision.remove_prefix(std::string_view("refs/tags/").size());
  const std::string version = (revision.starts_with('v') ? "" : "v") + std::string(revision);
  return module::is_valid_version(version) ? version : std::string();
}

// The version in what stands behind such a page: "refs/tags/v1.2.0.tar.gz", "v1.2.0/kit-1.2.0.tar.xz".
std::string version_of_archive(std::string_view url) {
  for (const auto page : kPages) {
    const auto at = url.find(page);
    if (at == url.npos) continue;
    auto rest = url.substr(at + page.size());
    if (!rest.starts_with("refs/")) rest = rest.substr(0, rest.find('/'));
    for (const std::string_view ending : {".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".zip"}) {
      rest = without(rest, ending);
    }
    return version_of(rest);
  }
  return {};
}

// As `modtool get` takes it.
std::string request_of(const OpenWrap& wrap) {
  return wrap.version.empty() ? wrap.module : fmt::format("{}@{}", wrap.module, wrap.version);
}

}  // namespace

std::string module_of_url(std::string_view url) {
  const auto scheme = url.find("://");
  std::string path(scheme == url.npos ? url : url.substr(scheme + 3));
  if (const auto at = path.find('@'); at < path.find('/')) path.erase(0, at + 1);
  if (const auto colon = path.find(':'); colon < path.find('/')) {
    if (scheme != url.npos) return {};  // a port, which no path has
    path[colon] = '/';
  }
  bool is_repository = scheme == url.npos || path.ends_with(".git");
  for (const auto page : kPages) {
    if (const auto at = path.find(page); at != path.npos) {
      path.resize(at);
      is_repository = true;
    }
  }
  const bool is_archive = path.ends_with(".gz") || path.ends_with(".xz") || path.ends_with(".bz2") ||
                          path.ends_with(".zip") || path.ends_with(".tgz");
  path = without(without(path, "/"), ".git");
  return (is_repository || !is_archive) && module::check_path(path) ? path : std::string();
}

OpenWrap open_wrap(const Wrap& wrap, std::string name, std::string file) {
  OpenWrap open{.file = std::move(file), .name = std::move(name), .provided = wrap.provided};
  const bool is_repository = !wrap.repository.empty();
  const std::string& url = is_repository ? wrap.repository : wrap.url;
  open.source = url.empty() || wrap.revision.empty() ? url : fmt::format("{}, {}", url, wrap.revision);
  open.module = module_of_url(url);
  open.version = is_repository ? version_of(wrap.revision) : version_of_archive(url);
  return open;
}

Error wrap_not_filled(const std::vector<const OpenWrap*>& wraps) {
  std::vector<std::string> places;
  for (const auto* wrap : wraps) {
    places.push_back(wrap->source.empty() ? wrap->file : fmt::format("{} ({})", wrap->file, wrap->source));
  }
  const auto& first = *wraps.front();
  Error error{.code = Code::kPackageMissing,
              .message = fmt::format("nothing is fetched for {}, and no module is in its place", join(places, " or "))};
  if (wraps.size() == 1 && !first.module.empty())
    return std::move(error).with(Fix::modtool("get", {request_of(first)}));
  for (const auto* wrap : wraps) {
    if (wrap->module.empty()) {
      error.message += fmt::format(
          "\n\"require\": {{\"host/owner/repository\": \"vX.Y.Z\"}}, \"describe\": {{\"host/owner/repository\": "
          "{{\"build\": {{\"meson\": {{\"names\": [\"{}\"]}}}}}}}} in modtool.json",
          wrap->name);
    } else {
      error.message += "\nmodtool get " + request_of(*wrap);
    }
  }
  return error;
}

}  // namespace modtool::build
