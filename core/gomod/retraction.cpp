#include "core/gomod/retraction.hpp"

namespace modtool::gomod {
namespace {

Result<void> take(Arguments& arguments, std::string_view word) {
  if (arguments.empty() || arguments[0] != word) {
    return fail(Code::kGoModSyntax, "expected '" + std::string(word) + "' after version");
  }
  arguments = arguments.subspan(1);
  return {};
}

// A version behind an opening word, "[" or ",".
Result<std::string> take_version_after(Arguments& arguments, std::string_view word, const VersionReader& read_version) {
  if (arguments.empty()) return fail(Code::kGoModSyntax, "expected version after '" + std::string(word) + "'");
  MODTOOL_TRY(std::string version, read_version(arguments[0]));
  arguments = arguments.subspan(1);
  return version;
}

}  // namespace

Result<VersionInterval> read_interval(Arguments& arguments, const VersionReader& read_version) {
  if (arguments.empty() || arguments[0] == "(") return fail(Code::kGoModSyntax, "expected '[' or version");
  VersionInterval interval;
  if (arguments[0] != "[") {
    MODTOOL_TRY(interval.low, read_version(arguments[0]));
    interval.high = interval.low;
    arguments = arguments.subspan(1);
    return interval;
  }
  arguments = arguments.subspan(1);
  MODTOOL_TRY(interval.low, take_version_after(arguments, "[", read_version));
  MODTOOL_CHECK(take(arguments, ","));
  MODTOOL_TRY(interval.high, take_version_after(arguments, ",", read_version));
  MODTOOL_CHECK(take(arguments, "]"));
  return interval;
}

}  // namespace modtool::gomod
