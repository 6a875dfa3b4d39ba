#include "vendor_tool/proof/vendor_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/patch/line_diff.hpp"
#include "vendor_tool/proof/vendor_walk.hpp"

namespace modtool::vendor_tool {
namespace {

// Keeps Git from changing line ends below vendor/, and has it write the files again: it does where they look changed.
Fix keep_line_ends(const VendorDirectory& vendor) {
  return Fix::command({"echo", vendor.name + "/** -text"})
      .appending_to(".gitattributes")
      .then(Fix::command({"find", vendor.name, "-type", "f", "-exec", "touch", "{}", "+"}))
      .then(Fix::command({"git", "checkout", "--", vendor.name}));
}

constexpr std::uint32_t kExecutableBits = 0111;

std::string hash_text(const Sha256Digest& digest) { return "sha256:" + to_hex(digest); }

class Comparer {
 public:
  explicit Comparer(const VendorComparison& comparison)
      : in_(comparison), plan_(*comparison.plan), present_(plan_.files.size()) {
    for (std::size_t i = 0; i < plan_.modules.size(); ++i) owners_.emplace(plan_.modules[i].module.path, i);
  }

  Result<std::vector<Finding>> run() {
    const auto walked = walk_vendor(*in_.files, in_.vendor.path, "", [this](const VendorEntry& entry) { take(entry); });
    if (!walked) report_closed("", walked.error());
    MODTOOL_CHECK(compare_files());
    compare_index();
    std::ranges::sort(findings_, finding_less);
    return std::move(findings_);
  }

 private:
  Finding& report(Code code, std::string_view path, std::string message) {
    findings_.push_back({.code = code, .path = shown(path), .message = std::move(message)});
    if (const auto owner = owner_of(path)) attribute(findings_.back(), *owner);
    return findings_.back();
  }

  std::string shown(std::string_view path) const { return in_.vendor.show(path); }

  void attribute(Finding& finding, std::size_t module) const {
    finding.module = module::to_string(plan_.modules[module].module);
    if (module < in_.anchors.size()) finding.anchor = in_.anchors[module];
  }

  // The module with the longest path that `path` lies below.
  std::optional<std::size_t> owner_of(std::string_view path) const {
    for (; !path.empty(); path = path.substr(0, path.rfind('/') == path.npos ? 0 : path.rfind('/'))) {
      if (const auto found = owners_.find(path); found != owners_.end()) return found->second;
    }
    return std::nullopt;
  }

  // Notes what is there, and reports what may not be.
  void take(const VendorEntry& entry) {
    if (entry.kind == io::FileKind::kSymlink) {
      mark(entry.path, Presence::kWrongKind);
      report(Code::kVendorLink, entry.path, "a symbolic link");
    } else if (entry.kind == io::FileKind::kOther) {
      mark(entry.path, Presence::kWrongKind);
      report(Code::kVendorLink, entry.path, "neither a regular file nor a directory");
    } else if (entry.kind == io::FileKind::kDirectory) {
      take_directory(entry);
    } else if (!is_index(entry.path) && !mark(entry.path, Presence::kThere)) {
      report_extra(entry.path);
    }
  }

  void take_directory(const VendorEntry& entry) {
    if (mark(entry.path, Presence::kWrongKind)) {
      report(Code::kVendorLink, entry.path, "a directory in the place of a file");
    } else if (entry.problem) {
      report_closed(entry.path, *entry.problem);
    } else if (entry.empty && !is_planned_directory(plan_, entry.path) && !is_unjudged(entry.path)) {
      report(Code::kVendorExtra, entry.path, "an empty directory that vendoring does not make");
    }
  }

  void report_closed(const std::string& directory, const Error& error) {
    report(Code::kUnproven, directory, "cannot be looked into: " + to_line(error));
    closed_.push_back(directory);
  }

  // Whether it lies where nobody could look: then it is not known to be missing.
  bool is_out_of_sight(std::string_view path) const {
    return std::ranges::any_of(
        closed_, [&](const auto& directory) { return directory.empty() || has_path_prefix(path, directory); });
  }

  enum class Presence : std::uint8_t { kAbsent, kThere, kWrongKind };

  bool is_index(std::string_view path) const { return path == kModulesTxt && !plan_.empty(); }

  // Notes what stands at a planned destination; false where the plan has no such file.
  bool mark(std::string_view path, Presence presence) {
    const auto* file = find_planned(plan_, path);
    if (file == nullptr) return false;
    present_[static_cast<std::size_t>(file - plan_.files.data())] = presence;
    return true;
  }

  bool is_unjudged(std::string_view path) const {
    const auto owner = owner_of(path);
    return owner && in_.unjudged.contains(plan_.modules[*owner].module.path);
  }

  void report_extra(const std::string& path) {
    if (path == kStagedMarker) {
      report(Code::kVendorExtra, path, "left by a `modtool vendor` that was ended").fix = Fix::modtool("vendor");
    } else if (!is_unjudged(path)) {
      report(Code::kVendorExtra, path, "a file that vendoring does not put there");
    }
  }

  Result<void> compare_files() {
    std::vector<std::optional<Finding>> found(plan_.files.size());
    MODTOOL_CHECK(in_.pool->for_each(found.size(), [&](std::size_t i) -> Result<void> {
      MODTOOL_TRY(found[i], compare_file(i));
      return {};
    }));
    for (auto& finding : found) {
      if (finding) findings_.push_back(std::move(*finding));
    }
    return {};
  }

  Result<std::optional<Finding>> compare_file(std::size_t position) const {
    const PlannedFile& file = plan_.files[position];
    if (present_[position] == Presence::kWrongKind || is_out_of_sight(file.destination)) return std::nullopt;
    if (present_[position] == Presence::kAbsent && in_.may_be_absent.contains(file.destination)) return std::nullopt;
    MODTOOL_TRY(const Sha256Digest expected, in_.trees[file.module]->hash(file.name));
    if (present_[position] == Presence::kAbsent) {
      return difference(Code::kVendorMissing, file, expected,
                        file.is_added ? "missing; `--with` keeps it, which no other tool knows" : "missing");
    }
    const auto bytes = in_.files->read_beneath(in_.vendor.path, file.destination).required();
    if (!bytes) return difference(Code::kUnproven, file, expected, "cannot be read: " + to_line(bytes.error()));
    const Sha256Digest actual = sha256(*bytes);
    if (actual == expected) return compare_mode(file, expected);
    const bool line_ends = patch::differs_in_line_ends(*bytes, expected);
    Finding finding =
        difference(Code::kVendorModified, file, expected, line_ends ? "only its line ends differ" : "modified");
    finding.actual = hash_text(actual);
    if (line_ends && !has_attributes(file.destination)) finding.fix = keep_line_ends(in_.vendor);
    return finding;
  }

  // Whether a vendored .gitattributes may have changed the file: it goes before a line of the project's.
  bool has_attributes(std::string_view path) const {
    for (auto slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/')) {
      path = path.substr(0, slash);
      if (find_planned(plan_, std::string(path) + "/.gitattributes") != nullptr) return true;
    }
    return false;
  }

  std::optional<Finding> compare_mode(const PlannedFile& file, const Sha256Digest& expected) const {
    if (!in_.proves_modes) return std::nullopt;
    const auto* listed = module::find_file(*in_.trees[file.module], file.name);
    const bool wanted = listed != nullptr && listed->executable;
    const auto info = in_.files->lstat(io::join_path(in_.vendor.path, file.destination)).required();
    if (!info) return difference(Code::kUnproven, file, expected, "cannot be looked at: " + to_line(info.error()));
    if (((info->mode & kExecutableBits) != 0) == wanted) return std::nullopt;
    Finding finding = difference(Code::kVendorModified, file, expected,
                                 wanted ? "is not executable, and must be" : "is executable, and must not be");
    finding.fix = Fix::command({"chmod", wanted ? "+x" : "-x", finding.path});
    return finding;
  }

  Finding difference(Code code, const PlannedFile& file, const Sha256Digest& expected, std::string message) const {
    Finding finding{
        .code = code, .path = shown(file.destination), .message = std::move(message), .expected = hash_text(expected)};
    attribute(finding, file.module);
    return finding;
  }

  void compare_index() {
    if (plan_.empty()) return;
    const auto actual = in_.files->read_beneath(in_.vendor.path, std::string(kModulesTxt)).required();
    if (!actual) return index_unreadable(actual.error());
    if (*actual == plan_.modules_txt) return;
    if (patch::differs_in_line_ends(*actual, sha256(plan_.modules_txt))) {
      report(Code::kVendorIndex, kModulesTxt, "only its line ends differ").fix = keep_line_ends(in_.vendor);
      return;
    }
    for (const auto& line : patch::diff_lines(plan_.modules_txt, *actual)) report_line(line);
  }

  void index_unreadable(const Error& error) {
    const bool is_absent = error.code == Code::kFileNotFound;
    if (is_absent) {
      report(Code::kVendorMissing, kModulesTxt, "missing");
    } else if (std::ranges::find(findings_, shown(kModulesTxt), &Finding::path) == findings_.end()) {
      report(Code::kVendorIndex, kModulesTxt, "cannot be read: " + to_line(error));
    }
  }

  void report_line(const patch::LineDifference& line) {
    const auto message = line.is_absent       ? "a line is missing here"
                         : line.is_unexpected ? "unexpected line"
                                              : "wrong line";
    Finding& finding = report(Code::kVendorIndex, kModulesTxt, message);
    finding.line = line.line;
    finding.expected = line.expected;
    finding.actual = line.actual;
  }

  const VendorComparison& in_;
  const VendorPlan& plan_;
  std::map<std::string_view, std::size_t> owners_;  // by module path
  std::vector<Presence> present_;                   // of each planned file
  std::vector<std::string> closed_;                 // directories that cannot be looked into
  std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<Finding>> compare_vendor(const VendorComparison& comparison) {
  MODTOOL_TRY(auto root, check_vendor_root(*comparison.files, comparison.vendor));
  if (root.empty()) return Comparer(comparison).run();
  const bool nothing_wanted = root.front().code == Code::kVendorMissing && comparison.plan->empty();
  if (nothing_wanted) root.clear();
  return root;
}

Result<std::vector<Finding>> check_vendor_root(const io::FileReader& files, const VendorDirectory& vendor) {
  const auto root = [&](Code code, std::string message) {
    return std::vector<Finding>{{.code = code, .path = vendor.name, .message = std::move(message)}};
  };
  MODTOOL_TRY(const std::string parent, vendor.linked_parent(files));
  if (!parent.empty()) {
    return root(Code::kVendorLink, fmt::format("`{}`, which it is in, is no directory of its own", parent));
  }
  MODTOOL_TRY(const auto info, files.lstat(vendor.path).if_there());
  if (!info) return root(Code::kVendorMissing, "there is no vendor directory");
  if (info->kind == io::FileKind::kSymlink) return root(Code::kVendorLink, "a symbolic link");
  if (info->kind != io::FileKind::kDirectory) return root(Code::kVendorLink, "not a directory");
  return std::vector<Finding>{};
}

}  // namespace modtool::vendor_tool
