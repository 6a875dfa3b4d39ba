#include "core/module/zip_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/text.hpp"
#include "core/module/name_collisions.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::module {
namespace {

// Why an entry is refused; nothing where it is fine.
using Reason = std::optional<std::string>;

// Whether a path is as short as its meaning allows: no empty elements, no ".", ".." at most in front.
bool is_clean(std::string_view path) {
  if (path == "." || path == "/") return true;
  const bool rooted = path.starts_with('/');
  if (rooted) path.remove_prefix(1);
  bool may_ascend = !rooted;
  return std::ranges::all_of(split(path, '/'), [&](std::string_view element) {
    may_ascend = may_ascend && element == "..";
    return !element.empty() && element != "." && (element != ".." || may_ascend);
  });
}

Reason check_go_mod_name(std::string_view name) {
  const auto base = name.substr(name.rfind('/') + 1);
  if (fold_case(base) != "go.mod") return std::nullopt;
  if (base != name) return "go.mod file not in module root directory";
  if (name != "go.mod") return "go.mod files must have lowercase names";
  return std::nullopt;
}

Reason check_size(std::string_view name, std::uint64_t size) {
  const auto too_large = [](std::string_view file, std::uint64_t limit) {
    return fmt::format("{} file too large (max size is {} bytes)", file, limit);
  };
  if (name == "go.mod" && size > kMaxGoMod) return too_large(name, kMaxGoMod);
  if (name == "LICENSE" && size > kMaxLicense) return too_large(name, kMaxLicense);
  return std::nullopt;
}

Result<void> check_module(const ModuleVersion& module) {
  std::string canonical = canonical_version(module.version);
  if (is_incompatible(module.version)) canonical += "+incompatible";
  if (canonical != module.version) {
    return fail(Code::kZipRules,
                fmt::format("version {} is not canonical (should be {})", quote(module.version), quote(canonical)));
  }
  return check(module);
}

// Sorts the entries of one zip into files and problems.
class EntryCheck {
 public:
  explicit EntryCheck(const ModuleVersion& module) : prefix_(to_string(module) + "/") {}

  void add(const TreeFile& entry) {
    if (const Reason reason = check_entry(entry)) problems_.push_back(entry.name + ": " + *reason);
  }

  Result<std::vector<TreeFile>> finish() && {
    if (total_ > kMaxZipFile) {
      return fail(
          Code::kZipRules,
          fmt::format("total uncompressed size of module contents too large (max size is {} bytes)", kMaxZipFile));
    }
    if (!problems_.empty()) return fail(Code::kZipRules, join(problems_, "\n"));
    std::ranges::sort(files_, {}, &TreeFile::name);
    return std::move(files_);
  }

 private:
  Reason check_entry(const TreeFile& entry) {
    if (!entry.name.starts_with(prefix_)) return fmt::format("path does not have prefix {}", quote(prefix_));
    std::string_view name = std::string_view(entry.name).substr(prefix_.size());
    if (name.empty()) return std::nullopt;
    const bool is_directory = name.ends_with('/');
    if (is_directory) name.remove_suffix(1);
    if (auto reason = check_name(name, is_directory); reason || is_directory) return reason;
    if (auto reason = check_go_mod_name(name)) return reason;
    // Saturates, so that sizes that lie cannot wrap around.
    total_ = entry.size > kMaxZipFile - std::min(total_, kMaxZipFile) ? kMaxZipFile + 1 : total_ + entry.size;
    if (auto reason = check_size(name, entry.size)) return reason;
    files_.push_back({.name = std::string(name), .size = entry.size});
    return std::nullopt;
  }

  Reason check_name(std::string_view name, bool is_directory) {
    if (!is_clean(name)) return "file path is not clean";
    if (const auto checked = check_file_path(name); !checked) return checked.error().message;
    return collisions_.add(name, is_directory);
  }

  std::string prefix_;
  NameCollisions collisions_;
  std::vector<TreeFile> files_;
  std::vector<std::string> problems_;
  std::uint64_t total_ = 0;  // bytes; stays above kMaxZipFile once it is there
};

}  // namespace

Result<std::vector<TreeFile>> check_zip_entries(const std::vector<TreeFile>& entries, const ModuleVersion& module) {
  MODTOOL_CHECK(check_module(module));
  EntryCheck check(module);
  for (const TreeFile& entry : entries) check.add(entry);
  return std::move(check).finish();
}

}  // namespace modtool::module
