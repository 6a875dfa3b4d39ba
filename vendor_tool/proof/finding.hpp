// What a check of a vendor directory finds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.hpp"

namespace modtool::vendor_tool {

// One thing that is not as it must be. All text is plain, not escaped for terminals.
struct Finding {
  Code code = Code::kUnproven;
  std::string path;      // the file it is about, from the project's root: "vendor/a.org/x/x.go", "go.sum"
  int line = 0;          // in `path`, from 1; 0 where it is about the whole
  std::string module;    // "path@version", where one is concerned
  std::string message;   // what is wrong, as a sentence without the path
  std::string expected;  // a hash "sha256:…" or "h1:…", or a line of text
  std::string actual;    // likewise
  Where anchor;          // the checksum line that was taken as the truth
  Fix fix;               // what mends it; empty where nothing does

  // Whether it is no doubt about bytes, only a tree that the manifest no longer asks for.
  bool is_stale() const { return code == Code::kVendorStale; }
  // Whether it is only that no source gave what would be compared.
  bool is_unavailable() const { return fails_to_fetch(code); }
  bool operator==(const Finding&) const = default;
};

// By path, line and code, then by what they say: the same findings always stand in the same order.
bool finding_less(const Finding& a, const Finding& b);

struct CheckReport {
  std::vector<Finding> findings;              // sorted by finding_less, none twice
  std::vector<std::string> unproven_allowed;  // module paths that `--allow-unproven` let pass, sorted
  std::vector<std::string> directories;   // modules that are copies of a directory of the machine, "path => directory"
  std::size_t modules = 0;                // modules with files in the plan
  std::size_t files = 0;                  // files in the plan
  std::size_t added = 0;                  // those of them that a glob of modtool.sums takes
  std::set<std::string> recorded = {};    // files that modtool.sums has as left out, there or not, from vendor/
  std::size_t left_out = 0;               // files of the plan that are not here, and need not be; not among `files`
  std::vector<std::string> ignored = {};  // those that a rule keeps out of Git and nothing records
  std::string vendor = "vendor";          // the directory, for people
  std::string evidence;                   // what vouched: "modtool.sums", or what the caller said of its zips
  // Modules whose sources were asked for what modtool.sums lacks of them, sorted: "path@version".
  std::vector<std::string> asked_sources = {};
  bool sums_are_stale = false;  // modtool.sums is there, was completed from sources, and is not what the plan needs

  // Every byte is proven and as the manifest asks for.
  bool passed() const { return findings.empty(); }
  // Something cannot be proven; otherwise findings are about a stale tree (exit status 1).
  bool has_unproven() const;
};

}  // namespace modtool::vendor_tool
