#include "core/module/name_collisions.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/module/path.hpp"

namespace modtool::module {
namespace {

constexpr std::size_t kLongestName = 4096;  // bytes; Linux opens none that is longer (limits.h, PATH_MAX)

}  // namespace

// Each directory above is a name of its own, so that a long name takes the square of its length.
std::optional<std::string> NameCollisions::add(std::string_view name, bool is_directory) {
  if (name.size() > kLongestName) return fmt::format("file path too long ({} bytes)", name.size());
  for (;;) {
    if (auto reason = add_one(name, is_directory)) return reason;
    const auto slash = name.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    name = name.substr(0, slash);
    is_directory = true;
  }
}

std::optional<std::string> NameCollisions::add_one(std::string_view name, bool is_directory) {
  const auto [other, is_new] = seen_.try_emplace(fold_case(name), Seen{name, is_directory});
  if (is_new) return std::nullopt;
  const Seen& seen = other->second;
  if (seen.name != name) {
    return fmt::format("case-insensitive file name collision: {} and {}", quote(seen.name), quote(name));
  }
  if (seen.is_directory != is_directory) return fmt::format("entry {} is both a file and a directory", quote(name));
  if (!is_directory) return fmt::format("multiple entries for file {}", quote(name));
  return std::nullopt;
}

std::optional<std::string_view> PathCollisions::add(std::string_view path) {
  const auto [other, is_new] = seen_.try_emplace(fold_case(path), path);
  if (is_new || other->second == path) return std::nullopt;
  return other->second;
}

}  // namespace modtool::module
