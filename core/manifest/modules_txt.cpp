#include "core/manifest/modules_txt.hpp"

#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::manifest {
namespace {

constexpr std::string_view kWorkspace = "## workspace";
constexpr std::string_view kAnnotation = "## ";
constexpr std::string_view kModule = "# ";
constexpr std::string_view kArrow = " => ";

// A module line without annotation and packages only records a replacement that nothing uses.
bool is_unused_replacement(const VendoredModule& module) {
  return !module.replacement.path.empty() && !module.is_explicit && module.go.empty() && module.packages.empty();
}

// "path" or "path version"; nothing where the text is neither.
std::optional<module::ModuleVersion> parse_module(std::string_view text) {
  const auto fields = split_fields(text);
  if (fields.empty() || fields.size() > 2) return std::nullopt;
  if (fields.size() == 1) return module::ModuleVersion{.path = std::string(fields[0]), .version = {}};
  if (!module::is_valid_version(fields[1])) return std::nullopt;
  return module::ModuleVersion{.path = std::string(fields[0]), .version = std::string(fields[1])};
}

// What follows the arrow: a module, or a directory, whose name may hold spaces.
module::ModuleVersion parse_replacement(std::string_view text) {
  auto module = parse_module(text);
  return module ? *module : module::ModuleVersion{.path = std::string(text), .version = {}};
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Result<ModulesTxt> parse() {
    for (const auto line : split_lines(text_)) {
      ++line_;
      take_line(line);
    }
    close_module();
    if (problems_.empty()) return std::move(index_);
    return fail(Error{.code = code_, .message = "errors parsing " + file_ + ":", .problems = std::move(problems_)});
  }

 private:
  void take_line(std::string_view line) {
    if (is_conflict_marker(line)) return conflict();
    if (line_ == 1 && line == kWorkspace) {
      index_.workspace = true;
    } else if (line.starts_with(kAnnotation)) {
      take_annotations(line.substr(kAnnotation.size()));
    } else if (line.starts_with(kModule)) {
      take_module_line(line.substr(kModule.size()));
    } else {
      take_package(line);
    }
  }

  void take_module_line(std::string_view text) {
    close_module();
    const auto arrow = text.find(kArrow);
    const bool replaced = arrow != std::string_view::npos;
    auto module = parse_module(text.substr(0, arrow));
    current_ = {.module = module.value_or(module::ModuleVersion{}), .line = line_};
    if (replaced) current_.replacement = parse_replacement(text.substr(arrow + kArrow.size()));
    has_current_ = true;
    const bool unversioned = !replaced && current_.module.version.empty();
    if (!module || unversioned || (replaced && current_.replacement.path.empty())) problem("malformed module line");
  }

  void take_annotations(std::string_view annotations) {
    if (!has_current_) return problem("annotation without a module");
    if (!current_.packages.empty()) problem("annotation after a package");
    for (const auto part : split(annotations, ';')) take_annotation(trim(part));
  }

  void take_annotation(std::string_view annotation) {
    constexpr std::string_view kGo = "go ";
    if (annotation == "explicit") {
      current_.is_explicit = true;
    } else if (annotation.starts_with(kGo)) {
      current_.go = annotation.substr(kGo.size());
    } else {
      problem("unknown annotation " + quote(annotation));
    }
  }

  void take_package(std::string_view line) {
    if (auto good = module::check_import_path(line); !good) return problem(good.error().message);
    if (!has_current_) return problem("package without a module");
    current_.packages.emplace_back(line);
  }

  void close_module() {
    if (!std::exchange(has_current_, false)) return;
    auto& list = is_unused_replacement(current_) ? index_.unused_replacements : index_.modules;
    list.push_back(std::move(current_));
  }

  void conflict() {
    code_ = Code::kConflictMarker;
    problem("the file holds a merge conflict");
  }

  void problem(std::string message) {
    problems_.push_back(Error{.code = code_, .message = std::move(message)}.at({.file = file_, .line = line_}));
  }

  std::string_view text_;
  const std::string& file_;
  int line_ = 0;
  ModulesTxt index_;
  VendoredModule current_;
  bool has_current_ = false;
  Code code_ = Code::kModulesTxtSyntax;
  std::vector<Error> problems_;
};

std::string format_module(const module::ModuleVersion& module) {
  return module.version.empty() ? module.path : module.path + " " + module.version;
}

std::string format_module_line(const VendoredModule& module) {
  std::string line = "# " + format_module(module.module);
  if (!module.replacement.path.empty()) line += " => " + format_module(module.replacement);
  return line + "\n";
}

std::string format_annotations(const VendoredModule& module) {
  if (!module.is_explicit && module.go.empty()) return {};
  std::string line = module.is_explicit ? "## explicit" : "## ";
  if (module.is_explicit && !module.go.empty()) line += "; ";
  if (!module.go.empty()) line += "go " + module.go;
  return line + "\n";
}

}  // namespace

Result<ModulesTxt> parse_modules_txt(std::string_view text, const std::string& file) {
  return Parser(text, file).parse();
}

std::string format_modules_txt(const ModulesTxt& index) {
  std::string text = index.workspace ? std::string(kWorkspace) + "\n" : std::string();
  for (const auto& module : index.modules) {
    text += format_module_line(module) + format_annotations(module);
    for (const auto& package : module.packages) text += package + "\n";
  }
  for (const auto& module : index.unused_replacements) text += format_module_line(module);
  return text;
}

}  // namespace modtool::manifest
