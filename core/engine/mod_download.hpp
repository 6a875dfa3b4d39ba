// `mod download`: modules named by path, pattern or query brought to Go's module cache, as the go command does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/goproxy/module_parts.hpp"
#include "core/module/module_version.hpp"

namespace modtool::engine {

struct ModDownloadOptions {
  std::vector<std::string> arguments;  // none: what builds of the main module need
  std::string manifest_file;           // -modfile
  std::string reuse;                   // -reuse: a file; empty: none
  bool writable_cache = false;         // -modcacherw
  bool adds_past_errors = false;       // lines are added to go.sum although a module failed
};

struct ModDownload {
  module::ModuleVersion module;  // what stands in for it, where it was named without a version
  std::string query;             // what the version was found by, where that is something else
  std::string origin;            // a JSON object; may be empty
  goproxy::ModuleParts parts;
};

struct ModDownloads {
  std::vector<ModDownload> modules;    // in the order of the arguments
  std::vector<std::string> unmatched;  // patterns that no module fits
  std::optional<Error> failure;        // of the run, to be told behind all else
};

// What fails of one module stands with it. With arguments, lines that go.sum lacks are added to it.
Result<ModDownloads> mod_download(const Context& context, const ModDownloadOptions& options);

}  // namespace modtool::engine
