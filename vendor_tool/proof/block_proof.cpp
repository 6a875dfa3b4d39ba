#include "vendor_tool/proof/block_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/executables.hpp"
#include "core/module/windows_names.hpp"

namespace modtool::vendor_tool {
namespace {

bool is_h1_line(const manifest::ChecksumLine& line) { return line.hash.starts_with("h1:"); }

// Adds that the lines of a key contradict each other, if they do.
bool add_conflict(const manifest::ChecksumTable& checksums, const module::ModuleVersion& key,
                  std::vector<Finding>& findings) {
  const auto checked = checksums.check_key(key);
  if (checked) return false;
  const Error& error = checked.error();
  const auto conflict = checksums.conflict(key);
  findings.push_back({.code = error.code,
                      .path = error.where.file,
                      .line = error.where.line,
                      .module = module::to_string(manifest::module_of(key)),
                      .message = error.message,
                      .expected = conflict->first.hash,
                      .actual = conflict->other.hash,
                      .anchor = conflict->first.where,
                      .fix = error.fix});
  return true;
}

class BlockCheck {
 public:
  BlockCheck(const SumsBlock& block, const manifest::ChecksumTable& checksums, const ModuleRule& rule,
             const std::string& source)
      : block_(block), checksums_(checksums), rule_(rule), source_(source) {}

  std::vector<Finding> run() {
    if (!block_.manifest && !block_.files) report(Code::kSumsStale, "the block says nothing");
    if (block_.files) {
      check_hash(block_.module, module::h1_of(*block_.files, module::to_string(block_.module)), "the list of files");
      if (auto good = module::check_names_on_windows(*block_.files); !good) {
        report(good.error().code, good.error().message);
      }
    }
    if (block_.manifest) check_manifest(*block_.manifest);
    if (block_.files) check_executables();
    for (const auto& kept : block_.kept) check_kept(kept);
    return std::move(findings_);
  }

 private:
  Finding& report(Code code, std::string message) {
    findings_.push_back({.code = code,
                         .path = source_,
                         .line = block_.line,
                         .module = module::to_string(block_.module),
                         .message = std::move(message)});
    return findings_.back();
  }

  // Compares a hash with the checksum lines of a key; `what` was hashed.
  void check_hash(const module::ModuleVersion& key, const std::string& hash, std::string_view what) {
    const auto& lines = checksums_.lines(key);
    if (std::ranges::none_of(lines, is_h1_line)) return report_no_line(key, !lines.empty());
    if (checksums_.check(key, hash) == manifest::ChecksumVerdict::kMatch) return;
    if (add_conflict(checksums_, key, findings_)) return;
    Finding& finding =
        report(Code::kChecksumMismatch, fmt::format("{} does not have the hash of its checksum line", what));
    finding.anchor = anchor_of(checksums_, key);
    finding.expected = checksums_.h1(key);
    finding.actual = hash;
  }

  void report_no_line(const module::ModuleVersion& key, bool has_others) {
    if (has_others) {
      report(Code::kUnknownHash, fmt::format("{} has only hashes of unknown algorithms", module::to_string(key)));
    } else {
      report(Code::kChecksumMissing, fmt::format("no h1 checksum line for {}", module::to_string(key))).fix =
          rule_.no_checksum_fix;
    }
  }

  void check_manifest(const std::string& bytes) {
    check_hash(manifest::go_mod_key(block_.module), module::h1_of_go_mod(bytes), "the manifest");
    if (!block_.files) return;
    if (const auto* listed = module::find_hash(*block_.files, rule_.manifest_name)) {
      if (listed->sha256 != sha256(bytes)) {
        report(Code::kChecksumMismatch,
               fmt::format("the manifest is not the {} of the list of files", rule_.manifest_name));
      }
    } else if (rule_.synthesise && bytes != rule_.synthesise(block_.module.path)) {
      report(Code::kChecksumMismatch,
             fmt::format("the module has no {}, but the manifest says more than its path", rule_.manifest_name));
    }
  }

  void check_executables() {
    const std::string expected = rule_.executables ? rule_.executables(block_.module) : "";
    const std::string actual = module::hash_of_executables(block_.executables);
    if (actual == expected) return;
    Finding& finding = report(Code::kChecksumMismatch, "other files are executable than the lock says");
    finding.anchor = anchor_of(checksums_, block_.module);
    finding.expected = expected;
    finding.actual = actual;
  }

  void check_kept(const KeptFile& kept) {
    const auto* listed = block_.files ? module::find_hash(*block_.files, kept.name) : nullptr;
    if (listed != nullptr && listed->sha256 == sha256(kept.bytes)) return;
    report(Code::kChecksumMismatch, fmt::format("the kept bytes of {} are not those of the module", quote(kept.name)));
  }

  const SumsBlock& block_;
  const manifest::ChecksumTable& checksums_;
  const ModuleRule& rule_;
  const std::string& source_;
  std::vector<Finding> findings_;
};

}  // namespace

Where anchor_of(const manifest::ChecksumTable& checksums, const module::ModuleVersion& key) {
  const auto& lines = checksums.lines(key);
  const auto line = std::ranges::find_if(lines, is_h1_line);
  return line == lines.end() ? Where{} : line->where;
}

std::vector<Finding> check_block(const SumsBlock& block, const manifest::ChecksumTable& checksums,
                                 const ModuleRule& rule, const std::string& source) {
  return BlockCheck(block, checksums, rule, source).run();
}

std::vector<Finding> find_conflicts(const manifest::ChecksumTable& checksums) {
  std::vector<Finding> findings;
  for (const auto& key : checksums.conflicts()) add_conflict(checksums, key, findings);
  return findings;
}

}  // namespace modtool::vendor_tool
