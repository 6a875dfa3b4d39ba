#include "cli/overlay_file.hpp"

#include <map>

#include "core/base/json.hpp"

namespace modtool::cli {
namespace {

std::string absolute(const std::string& directory, const std::string& path) {
  if (path.empty()) return path;
  return io::is_absolute(path) ? io::clean_path(path) : io::join_path(directory, path);
}

// As in Go null counts as absent, and of a key that stands twice the last one counts.
Result<std::map<std::string, std::string>> parse_replacements(const std::string& text) {
  const auto refuse = [](const std::string& why) { return fail(Code::kBadSetting, "parsing overlay JSON: " + why); };
  const auto document = json::parse_strict(text, "");
  if (!document) return refuse("not valid JSON");
  if (!document->is_object()) return refuse("not an object");
  std::map<std::string, std::string> replacements;
  const json::Value* const found = json::find_last(*document, "Replace");
  if (found == nullptr || found->is_null()) return replacements;
  if (!found->is_object()) return refuse("`Replace` is not an object");
  for (const auto& [from, to, begin] : found->members) {
    if (!to.is_string()) return refuse("`Replace` holds what is not a string");
    replacements.insert_or_assign(from, to.text);
  }
  return replacements;
}

}  // namespace

Result<io::Overlay> load_overlay(const io::FileReader& files, const std::string& directory, const std::string& file) {
  const auto text = files.read_given(absolute(directory, file)).required();
  if (!text && text.error().code == Code::kFileNotFound) {
    return fail(Code::kFileNotFound, "reading overlay: open " + file + ": no such file or directory");
  }
  if (!text) return fail(Error(text.error()).in("reading overlay"));
  MODTOOL_TRY(const auto replacements, parse_replacements(*text));
  std::map<std::string, std::string> named;
  std::map<std::string, std::string> places;
  for (const auto& [from, to] : replacements) {
    if (from.empty()) return fail(Code::kBadSetting, "empty string key in overlay map");
    const auto [known, is_new] = named.emplace(absolute(directory, from), from);
    if (!is_new) {
      return fail(Code::kBadSetting, "duplicate paths " + known->second + " and " + from + " in overlay map");
    }
    places[known->first] = absolute(directory, to);
  }
  return io::Overlay::create(std::move(places));
}

}  // namespace modtool::cli
