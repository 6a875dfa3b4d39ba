// What a Go project uses of its modules, found by imports: the Go dialect's answer for vendoring.
#pragma once

#include <memory>
#include <string>

#include "core/base/worker_pool.hpp"
#include "core/manifest/usage.hpp"
#include "core/packages/package_request.hpp"

namespace modtool::packages {

struct GoUsageOptions {
  PackageRequest packages;
  std::string go;             // the main module's go line; empty where it has none
  bool allow_errors = false;  // errors of packages are collected in Usage::errors, as with `go mod vendor -e`
};

// Everything that `options` refers to, and the pool, outlive the analysis.
//
// An import of the standard library that is not there is no error. An error that stands for several has an empty
// message and the several as its problems. Codes, beside those of trees and files: kMissingModule, kMissingPackage,
// kAmbiguousImport, kBadImportPath, kChecksumMissing, kGoModOutOfDate, kImportCollision, kGoSourceSyntax, kEmbed.
std::unique_ptr<manifest::UsageAnalysis> make_go_usage(GoUsageOptions options, WorkerPool& pool);

}  // namespace modtool::packages
