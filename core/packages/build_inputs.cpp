#include "core/packages/build_inputs.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "core/packages/embed_patterns.hpp"
#include "core/packages/import_scanner.hpp"
#include "core/packages/package_scan.hpp"
#include "core/packages/vendor_files.hpp"

namespace modtool::packages {
namespace {

// What go/build gives to other compilers, by the ends of names (`go help filetype`, and headers).
constexpr std::array<std::string_view, 19> kForeignEnds = {
    ".c", ".cc",  ".cpp", ".cxx", ".m", ".h",  ".hh",   ".hpp",     ".hxx",  ".f",
    ".F", ".for", ".f90", ".s",   ".S", ".sx", ".swig", ".swigcxx", ".syso",
};

class BuildInputs {
 public:
  explicit BuildInputs(const IndexedTree& module) : module_(module) {}

  Result<std::vector<std::string>> find(const std::vector<std::string>& files) {
    std::map<std::string, std::vector<std::string>> by_directory;
    for (const auto& name : files) by_directory[std::string(parent_of(name))].push_back(name);
    for (const auto& [directory, names] : by_directory) MODTOOL_CHECK(look_into(directory, names));
    std::vector<std::string> found;
    std::ranges::copy_if(files, std::back_inserter(found), [&](const auto& name) { return inputs_.contains(name); });
    std::ranges::sort(found);
    return found;
  }

 private:
  Result<void> look_into(const std::string& directory, const std::vector<std::string>& names) {
    bool reads_all = std::ranges::any_of(names, is_foreign_name);
    std::vector<std::string> patterns;
    for (const auto& name : names) {
      if (!name.ends_with(".go")) continue;
      inputs_.insert(name);
      MODTOOL_TRY(const std::string source, module_.tree().read(name));
      const auto header = scan_header(source);
      const auto file = scan_source(name, source);
      const bool is_clear = header && !header->problem && file && !file->problem;
      reads_all = reads_all || !is_clear || std::ranges::find(header->imports, "C") != header->imports.end();
      if (file) patterns.insert(patterns.end(), file->embeds.begin(), file->embeds.end());
    }
    const auto embedded = resolve_embeds(module_, directory, patterns);
    if (embedded) inputs_.insert(embedded->begin(), embedded->end());
    for (const auto& name : names) {
      if (reads_all || !embedded || is_metadata_name(base_of(name))) inputs_.insert(name);
    }
    return {};
  }

  const IndexedTree& module_;
  std::set<std::string> inputs_;
};

}  // namespace

bool is_foreign_name(std::string_view name) {
  return std::ranges::any_of(kForeignEnds, [&](const auto end) { return name.ends_with(end); });
}

Result<std::vector<std::string>> find_build_inputs(const IndexedTree& module, const std::vector<std::string>& files) {
  return BuildInputs(module).find(files);
}

}  // namespace modtool::packages
