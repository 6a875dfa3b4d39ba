#include "core/project/input_error.hpp"

namespace modtool::project {

Error input_error(Error error, const Where& where) {
  switch (error.code) {
    case Code::kFileNotFound:
    case Code::kPermission:
    case Code::kNotADirectory:
    case Code::kIsADirectory:
    case Code::kSymbolicLink:
    case Code::kTooLarge:
    case Code::kNotAFile:
      error.code = Code::kUnreadableInput;
      break;
    default:
      break;
  }
  if (!error.where.known()) error.where = where;
  return error;
}

}  // namespace modtool::project
