#include "core/source/netrc_file.hpp"

namespace modtool::source {
namespace {

constexpr std::uint32_t kOthers = 077;  // may read or write it

Observation unreadable(const std::string& file, Error error) {
  if (error.code == Code::kPermission) error.fix = Fix::command({"chmod", "u+r", file});
  return problem(std::move(error));
}

Observation state_of(const std::string& file, const io::FileInfo& info) {
  if (info.kind != io::FileKind::kRegular || (info.mode & kOthers) == 0) return fine("netrc: " + file);
  return warning(Code::kBadSetting, file + ": other users can read the passwords in it")
      .with(Fix::command({"chmod", "600", file}));
}

}  // namespace

std::string netrc_to_look_at(const std::string& file, const io::FileReader& files) {
  const auto info = files.stat(file).or_nothing();
  return info && info->kind == io::FileKind::kOther ? "" : file;
}

std::string look_at_netrc(const std::string& file, const io::FileReader& files, std::vector<Observation>& seen) {
  if (file.empty()) {
    seen.push_back(fine("netrc: there is none, as HOME is not set"));
    return {};
  }
  const auto info = files.stat(file).if_there();
  if (info && !*info) seen.push_back(fine("netrc: " + file + " is not there"));
  if (info && !*info) return {};
  if (netrc_to_look_at(file, files).empty()) {
    seen.push_back(fine("netrc: " + file + " is a pipe or a device, and not read here"));
    return {};
  }
  auto text = info ? files.read(file).required() : Result<std::string>(fail(info.error()));
  seen.push_back(text ? state_of(file, **info) : unreadable(file, text.error()));
  return std::move(text).value_or("");
}

}  // namespace modtool::source
