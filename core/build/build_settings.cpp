#include "core/build/build_settings.hpp"

#include "core/build/json_fields.hpp"

namespace modtool::build {

Result<BuildSettings> parse_build_settings(std::string_view text) {
  if (text.empty()) return BuildSettings{};
  MODTOOL_TRY(const json::Value build, json::parse(text, "build"));
  const auto* strict = json::find(build, "strict");
  return BuildSettings{.system = read_text(build, "system"),
                       .preset = read_text(build, "preset"),
                       .targets = read_texts(build, "targets"),
                       .command = read_texts(build, "command"),
                       .allow = read_texts(build, "allow"),
                       .strict = strict != nullptr && strict->is_true()};
}

}  // namespace modtool::build
