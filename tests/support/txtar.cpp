#include "tests/support/txtar.hpp"

#include <optional>

#include "core/base/text.hpp"

namespace modtool::test {
namespace {

std::optional<std::string_view> file_name(std::string_view line) {
  if (!line.starts_with("-- ") || !line.ends_with(" --") || line.size() < 7) return std::nullopt;
  return trim(line.substr(3, line.size() - 6));
}

}  // namespace

Txtar parse_txtar(std::string_view text) {
  Txtar archive;
  std::string* current = &archive.comment;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = text.substr(at, end - at);
    if (const auto name = file_name(line)) {
      current = &archive.files.emplace_back(std::string(*name), "").text;
    } else {
      (*current += line) += '\n';
    }
    at = end + 1;
  }
  return archive;
}

std::string format_txtar(const Txtar& archive) {
  std::string text = archive.comment;
  for (const auto& file : archive.files) {
    text += "-- " + file.name + " --\n" + file.text;
    if (!file.text.empty() && !file.text.ends_with('\n')) text += '\n';
  }
  return text;
}

}  // namespace modtool::test
