#include "cli/exit_code.hpp"

namespace modtool::cli {

int exit_code_of(Code code) {
  switch (code) {
    case Code::kInterrupted:
      return 130;
    case Code::kTerminated:
      return 143;
    case Code::kTimeout:
      return 124;
    case Code::kVendorStale:
      return kDifferences;
    case Code::kNoProject:
    // Something else stands where a file or directory of the project should be.
    case Code::kFileExists:
    case Code::kNotADirectory:
    case Code::kIsADirectory:
    case Code::kSymbolicLink:
    case Code::kNotAFile:
      return 3;
    case Code::kNoSuchNode:
      return kUsage;
    default:
      break;
  }
  switch (static_cast<int>(code) / 1000) {
    case 0:
      return kUsage;
    case 1:
    case 2:
      return 3;
    case 3:
      return 6;
    case 4:
      return 4;
    case 5:
      return 5;
    default:
      return 70;
  }
}

}  // namespace modtool::cli
