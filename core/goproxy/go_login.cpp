#include "core/goproxy/go_login.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/base/text.hpp"

namespace modtool::goproxy {
namespace {

// What go keeps while it reads: an entry counts once it has all three.
class NetrcReader {
 public:
  // False where nothing that follows counts.
  bool take_line(std::string_view line) {
    if (in_macro_) {
      in_macro_ = !line.empty();
      return true;
    }
    const auto words = split_fields(line);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) take_pair(words[i], words[i + 1]);
    return words.size() % 2 == 0 || words.back() != "default";
  }

  std::vector<MachineLogin> finish() && { return std::move(logins_); }

 private:
  void take_pair(std::string_view name, std::string_view value) {
    if (name == "machine") entry_ = {.machine = std::string(value), .login = {}};
    if (name == "login") entry_.login.user = value;
    if (name == "password") entry_.login.password = value;
    if (name == "macdef") in_macro_ = true;
    if (entry_.machine.empty() || entry_.login.user.empty() || entry_.login.password.empty()) return;
    logins_.push_back(std::move(entry_));
    entry_ = {};
  }

  bool in_macro_ = false;
  MachineLogin entry_;
  std::vector<MachineLogin> logins_;
};

constexpr std::string_view kHttps = "https://";

std::string_view without_ends(std::string_view url) {
  if (url.starts_with(kHttps)) url.remove_prefix(kHttps.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// Whether the netrc file is to be looked at.
Result<bool> asks_netrc(const std::string& methods) {
  const auto parts = split(methods, ';');
  for (const auto part : parts) {
    const auto words = split_fields(part);
    if (words.empty()) {
      return fail(Code::kBadSetting, fmt::format("GOAUTH encountered an empty command (GOAUTH={})", methods));
    }
    if (words[0] == "off" && parts.size() > 1) {
      return fail(Code::kBadSetting,
                  fmt::format("GOAUTH=off cannot be combined with other authentication commands (GOAUTH={})", methods));
    }
    if (words[0] == "off") return false;
    if (words[0] == "netrc") continue;
    return fail(Code::kNotSupported, "GOAUTH: logins by " + quote(words[0]) + " are not supported yet, only by netrc");
  }
  return true;
}

class GoLogins {
 public:
  GoLogins(GoAuth auth, const io::FileReader& files) : auth_(std::move(auth)), files_(files) {}

  Result<std::optional<io::HttpLogin>> find(std::string_view url) {
    std::call_once(read_, [this] { logins_ = read(); });
    if (!logins_) return fail(logins_.error());
    return find_go_login(*logins_, url);
  }

 private:
  Result<std::vector<MachineLogin>> read() const {
    std::vector<MachineLogin> logins;
    MODTOOL_TRY(const bool asked, asks_netrc(auth_.methods.empty() ? "netrc" : auth_.methods));
    if (!asked || auth_.netrc.empty()) return logins;
    return parse_go_netrc(files_.read_given(auth_.netrc).or_nothing().value_or(""));
  }

  GoAuth auth_;
  const io::FileReader& files_;
  std::once_flag read_;
  Result<std::vector<MachineLogin>> logins_;
};

}  // namespace

std::vector<MachineLogin> parse_go_netrc(std::string_view text) {
  NetrcReader reader;
  for (const auto line : split(text, '\n')) {
    if (!reader.take_line(line)) break;
  }
  return std::move(reader).finish();
}

std::optional<io::HttpLogin> find_go_login(const std::vector<MachineLogin>& logins, std::string_view url) {
  for (std::string_view place = without_ends(url);;) {
    const auto found =
        std::ranges::find_if(logins, [&](const auto& each) { return without_ends(each.machine) == place; });
    if (found != logins.end()) return found->login;
    const auto slash = place.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    place = place.substr(0, slash);
  }
}

io::HttpLogins make_go_logins(GoAuth auth, const io::FileReader& files) {
  auto logins = std::make_shared<GoLogins>(std::move(auth), files);
  return [logins](const std::string& url) { return logins->find(url); };
}

}  // namespace modtool::goproxy
