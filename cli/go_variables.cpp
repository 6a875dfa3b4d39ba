#include "cli/go_variables.hpp"

#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

// The lines NAME=value of the file that `go env -w` writes.
Values parse_env_file(std::string_view text) {
  Values values;
  for (const auto line : split_lines(text)) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0 || line.starts_with('#')) continue;
    values.insert_or_assign(std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  }
  return values;
}

}  // namespace

Result<void> GoVariables::load_file(const io::FileReader& files) {
  const std::string given = environment_.get("GOENV");
  if (given == "off") return {};
  file_ = given;
  if (given.empty()) {
    const auto directory = environment_.user_directory("XDG_CONFIG_HOME", ".config");
    if (directory.empty()) return {};
    file_ = io::join_path(directory, "go/env");
  }
  MODTOOL_TRY(const auto text, (given.empty() ? files.read(file_) : files.read_given(file_)).if_there());
  if (text) saved_ = parse_env_file(*text);
  return {};
}

std::string GoVariables::get(std::string_view name, const std::string& fallback) const {
  if (auto value = environment_.get(name); !value.empty()) return value;
  auto value = saved(name);
  return value.empty() ? fallback : value;
}

std::string GoVariables::saved(std::string_view name) const {
  const auto found = saved_.find(name);
  return found == saved_.end() ? std::string() : found->second;
}

std::string GoVariables::origin(std::string_view name) const {
  if (!environment_.get(name).empty()) return "environment";
  return get(name).empty() ? "" : file_;
}

}  // namespace modtool::cli
