#include "core/packages/lost_inputs.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/packages/build_inputs.hpp"
#include "core/packages/import_scanner.hpp"
#include "core/packages/vendor_files.hpp"

namespace modtool::packages {
namespace {

using manifest::LostInputs;
using Names = std::set<std::string, std::less<>>;

constexpr std::string_view kBlanks = " \t\r";
constexpr std::string_view kPackageDirectory = "${SRCDIR}";

// What is linked, and what is included beside what go/build gives to compilers.
constexpr std::array<std::string_view, 5> kLibraryEnds = {".a", ".so", ".dylib", ".dll", ".lib"};
constexpr std::array<std::string_view, 4> kIncludedEnds = {".inc", ".inl", ".def", ".tbl"};

bool ends_in_one_of(std::string_view name, const auto& ends) {
  return std::ranges::any_of(ends, [&](const std::string_view end) { return name.ends_with(end); });
}

bool is_library(std::string_view name) { return ends_in_one_of(name, kLibraryEnds) || name.contains(".so."); }

bool may_be_input(std::string_view name) {
  return may_add(name) && (is_foreign_name(name) || is_library(name) || ends_in_one_of(name, kIncludedEnds));
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// Takes a word off the front of a text, blanks before it too; false where another stands there.
bool take_word(std::string_view& text, std::string_view word) {
  const auto rest = without_blanks(text);
  if (!rest.starts_with(word)) return false;
  text = rest.substr(word.size());
  return true;
}

// One `#include`.
struct Include {
  std::string_view path;
  bool is_quoted = false;  // looked for beside the file first
};

// Of a line of C, or of a comment of Go that stands for one.
std::optional<Include> include_in(std::string_view line) {
  static_cast<void>(take_word(line, "//"));
  if (!take_word(line, "#")) return std::nullopt;
  if (!take_word(line, "include_next") && !take_word(line, "include") && !take_word(line, "import"))
    return std::nullopt;
  line = without_blanks(line);
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
  const bool is_quoted = line[0] == '"';
  const auto end = line.find(is_quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{.path = line.substr(1, end - 1), .is_quoted = is_quoted};
}

// The flags of a line `#cgo LDFLAGS: …`, without quotes.
std::vector<std::string> cgo_flags_in(std::string_view line) {
  std::vector<std::string> flags;
  static_cast<void>(take_word(line, "//"));
  if (!take_word(line, "#cgo") || !line.contains(':')) return flags;
  std::string words(line.substr(line.find(':') + 1));
  std::ranges::replace(words, '\t', ' ');
  for (const auto word : split(words, ' ')) {
    std::string flag(word);
    std::erase_if(flag, [](const char c) { return c == '"' || c == '\'' || c == '\r'; });
    if (!flag.empty()) flags.push_back(std::move(flag));
  }
  return flags;
}

// A glob that stands for a path itself.
std::string escaped(std::string_view path) {
  std::string glob;
  for (const char c : path) {
    if (std::string_view("*?[\\").contains(c)) glob += '\\';
    glob += c;
  }
  return glob;
}

// One package of a module.
class PackageInputs {
 public:
  PackageInputs(const IndexedTree& module, const Names& vendored, std::string directory)
      : module_(module), vendored_(vendored), directory_(std::move(directory)), searched_{directory_} {}

  Result<LostInputs> find() {
    std::vector<std::string> preambles;  // of its Go files
    for (const auto base : module_.directories().files_in(directory_)) {
      const std::string name = join_name(directory_, base);
      if (!vendored_.contains(name)) continue;
      if (base.ends_with(".go")) MODTOOL_CHECK(read_go(name, preambles));
      if (is_text(base)) enter(name);
    }
    for (const auto& preamble : preambles) follow(preamble, directory_);
    while (!waiting_.empty()) {
      const std::string name = std::move(waiting_.back());
      waiting_.pop_back();
      MODTOOL_TRY(const std::string text, module_.tree().read(name));
      follow(text, std::string(parent_of(name)));
    }
    return LostInputs{
        .directory = directory_, .files = {lost_.begin(), lost_.end()}, .globs = {globs_.begin(), globs_.end()}};
  }

 private:
  static bool is_text(std::string_view name) { return is_foreign_name(name) && !name.ends_with(".syso"); }

  Result<void> read_go(const std::string& name, std::vector<std::string>& preambles) {
    MODTOOL_TRY(const std::string source, module_.tree().read(name));
    const auto header = scan_header(source);
    if (!header || std::ranges::find(header->imports, "C") == header->imports.end()) return {};
    for (const auto line : split(header->text, '\n')) read_flags(cgo_flags_in(line));
    preambles.emplace_back(header->text);
    return {};
  }

  void read_flags(const std::vector<std::string>& flags) {
    for (std::size_t i = 0; i < flags.size(); ++i) {
      std::string_view flag = flags[i];
      const bool is_include = flag.starts_with("-I") || flag == "-isystem" || flag == "-iquote";
      const bool is_search = is_include || flag.starts_with("-L");
      if (is_search) flag.remove_prefix(flag.starts_with("-i") ? flag.size() : 2);
      if (is_search && flag.empty() && i + 1 < flags.size()) flag = flags[++i];
      const auto path = is_search ? inside(directory_, flag) : named_in(flag);
      if (!path) continue;
      if (is_include) {
        searched_.push_back(*path);
      } else if (module_.has_file(*path)) {
        lose(*path);
      } else {
        lose_libraries(*path);
      }
    }
  }

  // What a flag says of the package's directory: "-Wl,-rpath,${SRCDIR}/lib".
  std::optional<std::string> named_in(std::string_view flag) const {
    const auto at = flag.find(kPackageDirectory);
    if (at == std::string_view::npos) return std::nullopt;
    flag.remove_prefix(at);
    return inside(directory_, flag.substr(0, flag.find(',')));
  }

  void lose_libraries(const std::string& directory) {
    for (const auto base : module_.directories().files_in(directory)) {
      if (is_library(base)) lose(join_name(directory, base));
    }
  }

  // The name in the module that a path from a directory leads to; nothing where that is elsewhere.
  std::optional<std::string> inside(const std::string& directory, std::string_view path) const {
    const bool is_from_package = path.starts_with(kPackageDirectory);
    if (is_from_package) path.remove_prefix(kPackageDirectory.size());
    if (path.contains('$') || path.starts_with("//") || (path.starts_with('/') && !is_from_package))
      return std::nullopt;
    if (is_from_package && path.starts_with('/')) path.remove_prefix(1);
    std::string name = io::clean_path(join_name(is_from_package ? directory_ : directory, path));
    if (name == ".." || name.starts_with("../")) return std::nullopt;
    return name == "." ? "" : name;
  }

  void follow(std::string_view text, const std::string& directory) {
    for (const auto line : split(text, '\n')) {
      const auto include = include_in(line);
      const auto name = include ? resolve(*include, directory) : std::nullopt;
      if (!name) continue;
      lose(*name);
      enter(*name);
    }
  }

  // The file of the module that is included, if it is one.
  std::optional<std::string> resolve(const Include& include, const std::string& directory) const {
    std::vector<std::string> places;
    if (include.is_quoted) places.push_back(directory);
    places.insert(places.end(), searched_.begin(), searched_.end());
    for (const auto& place : places) {
      auto name = inside(place, include.path);
      if (name && module_.has_file(*name)) return name;
    }
    return std::nullopt;
  }

  void enter(const std::string& name) {
    if (entered_.insert(name).second) waiting_.push_back(name);
  }

  void lose(const std::string& name) {
    if (vendored_.contains(name) || !may_add(name) || !lost_.insert(name).second) return;
    globs_.insert(glob_for(name));
  }

  // All of the largest directory that is searched and does not hold the package itself; else files like this one.
  std::string glob_for(std::string_view name) const {
    std::string_view largest;
    for (const std::string_view searched : searched_) {
      const bool counts =
          !searched.empty() && has_path_prefix(name, searched) && !has_path_prefix(directory_, searched);
      if (counts && (largest.empty() || searched.size() < largest.size())) largest = searched;
    }
    if (!largest.empty()) return escaped(largest) + "/**";
    const auto base = base_of(name);
    const auto dot = base.rfind('.');
    const std::string pattern = dot == std::string_view::npos ? escaped(base) : "*" + escaped(base.substr(dot));
    return join_name(escaped(parent_of(name)), pattern);
  }

  const IndexedTree& module_;
  const Names& vendored_;
  std::string directory_;
  std::vector<std::string> searched_;  // where headers are looked for
  Names entered_;
  std::vector<std::string> waiting_;  // files whose includes are to be followed
  Names lost_;
  Names globs_;
};

bool has_candidates(const module::ModuleTree& tree, const Names& vendored) {
  return std::ranges::any_of(
      tree.list(), [&](const auto& file) { return !vendored.contains(file.name) && may_be_input(file.name); });
}

}  // namespace

Result<std::vector<LostInputs>> find_lost_inputs(const IndexedTree& module, const std::vector<std::string>& packages,
                                                 const std::vector<std::string>& vendored) {
  const Names names(vendored.begin(), vendored.end());
  std::vector<LostInputs> found;
  if (!has_candidates(module.tree(), names)) return found;
  for (const auto& directory : packages) {
    MODTOOL_TRY(auto lost, PackageInputs(module, names, directory).find());
    if (!lost.files.empty()) found.push_back(std::move(lost));
  }
  return found;
}

}  // namespace modtool::packages
