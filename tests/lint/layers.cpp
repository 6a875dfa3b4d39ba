#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/base/text.hpp"
#include "tests/lint/lints.hpp"

namespace modtool::lint {
namespace {

// The arrows of the design. What an arrow reaches, its own arrows may be used too.
const std::map<std::string_view, std::vector<std::string_view>> kArrows = {
    {"core/base", {}},
    {"core/io", {"core/base"}},
    {"core/module", {"core/base"}},
    {"core/mvs", {"core/base", "core/module"}},
    {"core/manifest", {"core/base", "core/module"}},
    {"core/gomod", {"core/manifest"}},
    {"core/native", {"core/manifest"}},
    {"core/patch", {"core/io", "core/module"}},
    {"core/source", {"core/io", "core/module", "core/manifest"}},
    {"core/git", {"core/source"}},
    {"core/goproxy", {"core/source"}},
    {"core/archive", {"core/source"}},
    {"core/resolve", {"core/mvs", "core/manifest", "core/source"}},
    {"core/packages", {"core/gomod", "core/resolve"}},
    {"core/project",
     {"core/resolve", "core/packages", "core/gomod", "core/native", "core/git", "core/goproxy", "core/archive",
      "core/patch"}},
    {"core/engine", {"core/project"}},
    {"core/build", {"core/base", "core/io", "core/module"}},
    {"graph", {"core/base", "core/module", "core/io"}},
    {"graph/of", {"core/engine", "graph"}},
    {"vendor_tool/plan", {"core/io", "core/module", "core/manifest"}},
    {"vendor_tool/sums", {"core/io", "core/module", "core/manifest"}},
    {"vendor_tool/apply", {"vendor_tool/plan", "vendor_tool/sums"}},
    {"vendor_tool/proof", {"vendor_tool/plan", "vendor_tool/sums", "core/patch"}},
    {"vendor_tool/run", {"core/engine", "vendor_tool/apply", "vendor_tool/proof"}},
    {"cli", {"core/engine", "core/build", "graph/of", "vendor_tool/run"}},
};

}  // namespace

static bool is_layer(std::string_view folder) { return kArrows.contains(folder); }

std::string_view layer_of(std::string_view path) {
  const auto folder = path.substr(0, path.rfind('/'));
  for (auto layer = folder; !layer.empty();
       layer = layer.substr(0, layer.rfind('/') == layer.npos ? 0 : layer.rfind('/'))) {
    if (is_layer(layer)) return layer;
  }
  return folder;
}

namespace {

// One door each: the files that may include a third party's headers. A header of ours does so only where the sources
// behind one door share it, and then they alone may include it.
struct Door {
  std::string_view header;              // how the include starts
  std::vector<std::string_view> files;  // how the path starts
  std::string_view own_header = {};     // of the door, shared by its sources
};
const std::vector<Door> kDoors = {
    {"curl/", {"core/io/http_curl.cpp"}},
    {"archive", {"core/io/archive.cpp"}},
    {"zip.h", {"core/io/zip.cpp"}},
    {"libdeflate", {"core/io/zip.cpp"}},
    {"zlib.h", {"core/io/inflate.cpp"}},
    {"openssl/", {"core/base/sha256.cpp"}},
    {"graphviz/", {"graph/graphviz.cpp"}},
    {"gvc", {"graph/graphviz.cpp"}},
    {"cgraph", {"graph/graphviz.cpp"}},
    {"git2", {"core/git/"}, "core/git/git_library.hpp"},
    {"CLI/", {"cli/flags.cpp"}},
    {"nlohmann/", {"core/base/"}},
    {"fmt/", {"core/", "graph/", "vendor_tool/", "cli/"}},
    {"doctest/", {}},
    {"rapidcheck", {}},
};

// Every layer that `layer` may use, itself included.
std::set<std::string_view> reach_of(std::string_view layer) {
  std::set<std::string_view> reached = {layer};
  if (const auto arrows = kArrows.find(layer); arrows != kArrows.end()) {
    for (const auto next : arrows->second) reached.merge(reach_of(next));
  }
  return reached;
}

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& starts) {
  return std::ranges::any_of(starts, [&](std::string_view start) { return path.starts_with(start); });
}

std::optional<std::string> breach_of_layer(std::string_view path, const Include& include) {
  const auto from = layer_of(path);
  const auto to = layer_of(include.target);
  if (include.target.starts_with("tests/")) return "product code includes a test's header";
  if (!is_layer(to)) return "`" + std::string(include.target) + "` is not a path from the top of the repository";
  if (reach_of(from).contains(to)) return std::nullopt;
  return std::string(from) + " may not include " + std::string(to);
}

std::optional<std::string> breach_of_door(std::string_view path, std::string_view header) {
  const auto door = std::ranges::find_if(kDoors, [&](const Door& d) { return header.starts_with(d.header); });
  if (door == kDoors.end()) return std::nullopt;
  if (is_header(path) && path != door->own_header)
    return "a header includes <" + std::string(header) + ">, which only sources behind its door may";
  if (starts_with_any(path, door->files)) return std::nullopt;
  return "<" + std::string(header) + "> is included outside its door";
}

// An include of a door's own header.
std::optional<std::string> breach_of_own_header(std::string_view path, std::string_view header) {
  const auto door = std::ranges::find_if(kDoors, [&](const Door& d) { return d.own_header == header; });
  if (door == kDoors.end() || (!is_header(path) && starts_with_any(path, door->files))) return std::nullopt;
  return "`" + std::string(header) + "` is included outside its door";
}

std::optional<std::string> breach_of(std::string_view path, const Include& include) {
  if (!include.quoted) return breach_of_door(path, include.target);
  if (auto breach = breach_of_layer(path, include)) return breach;
  return breach_of_own_header(path, include.target);
}

void check_includes(const SourceFile& file, Findings& findings) {
  if (!is_layer(layer_of(file.path))) {
    findings.push_back({file.path, 0, "the folder is not a layer of the table in tests/lint/layers.cpp"});
    return;
  }
  for (const auto& include : includes_of(file.text)) {
    if (const auto breach = breach_of(file.path, include)) findings.push_back({file.path, include.line, *breach});
  }
}

// "core/io" for the CMake name "io", "vendor_tool/plan" for "vendor_plan".
std::string layer_of_target(std::string_view name) {
  constexpr std::string_view kVendor = "vendor_";
  const std::string folder = name.starts_with(kVendor) ? "vendor_tool/" + std::string(name.substr(kVendor.size()))
                                                       : "core/" + std::string(name);
  return is_layer(folder) ? folder : std::string(name);
}

// `modtool_layer(NAME USES layers… PRIVATE …)` in the layer's folder links to no more than the table allows.
void check_build_file(const SourceFile& file, Findings& findings) {
  const auto from = file.path.substr(0, file.path.rfind('/'));
  const auto uses = file.text.find("USES ");
  if (!is_layer(from) || uses == std::string::npos) return;
  const auto end =
      std::min({file.text.find("FOLDERS", uses), file.text.find("PRIVATE", uses), file.text.find(')', uses)});
  for (const auto line : split_lines(std::string_view(file.text).substr(uses + 5, end - uses - 5))) {
    for (const auto name : split_fields(line)) {
      if (reach_of(from).contains(layer_of_target(name))) continue;
      findings.push_back({file.path, 0, from + " may not link to " + std::string(name)});
    }
  }
}

}  // namespace

Findings check_layers(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_product(file.path)) continue;
    if (file.path.ends_with(".cpp") || is_header(file.path)) check_includes(file, findings);
    if (file.path.ends_with("/CMakeLists.txt")) check_build_file(file, findings);
  }
  return findings;
}

}  // namespace modtool::lint
