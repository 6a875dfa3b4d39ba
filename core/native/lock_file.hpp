// modtool.lock: the graph, and where each selected module was found, in JSON with one record a line.
//
//     [
//      {"lock":1}
//     ,{"root":"github.com/gabime/spdlog","version":"v1.13.0","describe":"sha256:…"}
//     ,{"root":"github.com/google/googletest","version":"v1.14.0","group":"test"}
//     ,{"path":"github.com/fmtlib/fmt","version":"v10.1.0"}
//     ,{"path":"github.com/gabime/spdlog","version":"v1.13.0","sum":"h1:…","git":{"ref":"refs/tags/v1.13.0",…},…}
//     ]
//
// Roots are sorted by path and group, modules by path and version; commas stand at line starts, so that branches which
// touch records that are no neighbours merge. There is no time, no global hash, no version of the tool that wrote it.
// {"lock":2} is that of a lock in which a module has "omit" or "strip", so that a modtool that knows neither says so;
// either is read with and without.
// A record without "sum" is of a version that lost the selection: it is there for its requirements.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/manifest/lock.hpp"

namespace modtool::native {

// Every problem at once: Code::kJsonSyntax, kConflictMarker, kLockSyntax, kBadVersion, kBadModulePath, kNotSupported
// for a later format. `file` is for messages.
Result<manifest::Lock> parse_lock(std::string_view text, const std::string& file);

// The one text of a lock.
std::string format_lock(const manifest::Lock& lock);

// One record by itself, without the comma before it and the line feed behind it. The places of problems, and those in
// what is read, count from its start.
Result<manifest::LockedRoot> parse_locked_root(std::string_view text);
Result<manifest::LockedModule> parse_locked_module(std::string_view text);
std::string format_locked_root(const manifest::LockedRoot& root);
std::string format_locked_module(const manifest::LockedModule& locked);
// The order of the roots in a lock; modules are ordered by module_less.
bool root_less(const manifest::LockedRoot& a, const manifest::LockedRoot& b);

}  // namespace modtool::native
