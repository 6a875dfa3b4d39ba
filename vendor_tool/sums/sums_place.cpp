#include "vendor_tool/sums/sums_place.hpp"

#include <fmt/format.h>

#include <utility>

namespace modtool::vendor_tool {
namespace {

// What is in the way may be anybody's: it is put aside.
Fix put_aside(const std::string& path) { return Fix::command({"mv", path, path + ".old"}); }

Error unreadable(std::string why, std::string_view name) {
  return Error{.code = Code::kUnproven,
               .message = std::move(why),
               .fix = put_aside(std::string(name)).then(Fix::modtool("vendor"))};
}

}  // namespace

Result<std::optional<std::string>> load_sums(const io::FileReader& files, const std::string& path,
                                             std::string_view name) {
  MODTOOL_TRY(const auto info, files.lstat(path).if_there());
  if (!info) return std::nullopt;
  if (auto place = check_sums_place(files, path); !place)
    return fail(unreadable(std::move(place.error().message), name));
  MODTOOL_TRY(std::string text, files.read(path).required());
  return text;
}

Result<void> check_sums_place(const io::FileReader& files, const std::string& path) {
  MODTOOL_TRY(const auto info, files.lstat(path).if_there());
  if (!info || info->kind == io::FileKind::kRegular) return {};
  const bool is_link = info->kind == io::FileKind::kSymlink;
  return fail(Error{.code = is_link ? Code::kSymbolicLink : Code::kFileExists,
                    .message = fmt::format("`{}` is {}", path, is_link ? "a symbolic link" : "not a regular file"),
                    .fix = put_aside(path)});
}

}  // namespace modtool::vendor_tool
