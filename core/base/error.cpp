#include "core/base/error.hpp"

namespace modtool {

std::string to_string(const Where& where) {
  std::string text = where.file;
  if (where.line > 0) text += ":" + std::to_string(where.line);
  if (where.line > 0 && where.column > 0) text += ":" + std::to_string(where.column);
  return text;
}

std::string to_line(const Error& error) {
  std::string line;
  for (auto frame = error.context.rbegin(); frame != error.context.rend(); ++frame) line += *frame + ": ";
  if (error.where.known()) line += to_string(error.where) + ": ";
  return line + error.message;
}

}  // namespace modtool
