#include "core/base/error_code.hpp"

#include <array>

namespace modtool {
namespace {

constexpr std::array kCodes = {
    CodeInfo{Code::kUsage, "usage"},
    CodeInfo{Code::kNotSupported, "not supported"},
    CodeInfo{Code::kNoProject, "no project"},
    CodeInfo{Code::kBadSetting, "bad setting"},
    CodeInfo{Code::kGoModSyntax, "go mod syntax"},
    CodeInfo{Code::kGoSumSyntax, "go sum syntax"},
    CodeInfo{Code::kModulesTxtSyntax, "modules txt syntax"},
    CodeInfo{Code::kConflictMarker, "conflict marker"},
    CodeInfo{Code::kBadModulePath, "bad module path"},
    CodeInfo{Code::kBadImportPath, "bad import path"},
    CodeInfo{Code::kBadVersion, "bad version"},
    CodeInfo{Code::kBadFileName, "bad file name"},
    CodeInfo{Code::kGoModMismatch, "go mod mismatch"},
    CodeInfo{Code::kJsonSyntax, "json syntax"},
    CodeInfo{Code::kGoSourceSyntax, "go source syntax"},
    CodeInfo{Code::kUnknownModule, "unknown module"},
    CodeInfo{Code::kUnknownVersion, "unknown version"},
    CodeInfo{Code::kTooNewGo, "too new go"},
    CodeInfo{Code::kMissingModule, "missing module"},
    CodeInfo{Code::kAmbiguousImport, "ambiguous import"},
    CodeInfo{Code::kMissingPackage, "missing package"},
    CodeInfo{Code::kGoModOutOfDate, "go mod out of date"},
    CodeInfo{Code::kReplacementMissing, "replacement missing"},
    CodeInfo{Code::kImportCollision, "import collision"},
    CodeInfo{Code::kEmbed, "embed"},
    CodeInfo{Code::kLayoutFailed, "layout failed"},
    CodeInfo{Code::kLayoutTimeout, "layout timeout"},
    CodeInfo{Code::kNoSuchNode, "no such node"},
    CodeInfo{Code::kGraphvizMissing, "graphviz missing"},
    CodeInfo{Code::kChecksumMismatch, "checksum mismatch"},
    CodeInfo{Code::kChecksumMissing, "checksum missing"},
    CodeInfo{Code::kChecksumConflict, "checksum conflict"},
    CodeInfo{Code::kUnknownHash, "unknown hash"},
    CodeInfo{Code::kZipRules, "zip rules"},
    CodeInfo{Code::kVendorModified, "vendor modified"},
    CodeInfo{Code::kVendorMissing, "vendor missing"},
    CodeInfo{Code::kVendorExtra, "vendor extra"},
    CodeInfo{Code::kVendorLink, "vendor link"},
    CodeInfo{Code::kVendorIndex, "vendor index"},
    CodeInfo{Code::kSumsSyntax, "sums syntax"},
    CodeInfo{Code::kSumsMissing, "sums missing"},
    CodeInfo{Code::kSumsStale, "sums stale"},
    CodeInfo{Code::kUnproven, "unproven"},
    CodeInfo{Code::kVendorStale, "vendor stale"},
    CodeInfo{Code::kNothingToCheck, "nothing to check"},
    CodeInfo{Code::kCacheModified, "cache modified"},
    CodeInfo{Code::kNotFound, "not found"},
    CodeInfo{Code::kForbidden, "forbidden"},
    CodeInfo{Code::kUnreachable, "unreachable"},
    CodeInfo{Code::kServerError, "server error"},
    CodeInfo{Code::kBadReply, "bad reply"},
    CodeInfo{Code::kOffline, "offline"},
    CodeInfo{Code::kUnsupportedScheme, "unsupported scheme"},
    CodeInfo{Code::kFileNotFound, "file not found"},
    CodeInfo{Code::kFileExists, "file exists"},
    CodeInfo{Code::kPermission, "permission"},
    CodeInfo{Code::kNotADirectory, "not a directory"},
    CodeInfo{Code::kIsADirectory, "is a directory"},
    CodeInfo{Code::kSymbolicLink, "symbolic link"},
    CodeInfo{Code::kDiskFull, "disk full"},
    CodeInfo{Code::kIo, "io"},
    CodeInfo{Code::kBadZip, "bad zip"},
    CodeInfo{Code::kTooLarge, "too large"},
    CodeInfo{Code::kChildFailed, "child failed"},
    CodeInfo{Code::kLibraryMissing, "library missing"},
    CodeInfo{Code::kInternal, "internal"},
    CodeInfo{Code::kInterrupted, "interrupted"},
    CodeInfo{Code::kTerminated, "terminated"},
    CodeInfo{Code::kTimeout, "timeout"},
};

}  // namespace

std::span<const CodeInfo> all_codes() { return kCodes; }

std::string to_string(Code code) {
  std::string digits = std::to_string(static_cast<unsigned>(code));
  return "MT" + std::string(4 - digits.size(), '0') + digits;
}

bool is_retryable(Code code) { return code == Code::kUnreachable || code == Code::kServerError; }

}  // namespace modtool
