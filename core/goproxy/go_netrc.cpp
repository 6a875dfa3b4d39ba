#include "core/goproxy/go_netrc.hpp"

#include <utility>

#include "core/base/text.hpp"

namespace modtool::goproxy {
namespace {

// What go keeps while it reads: an entry counts once it has all three.
class NetrcReader {
 public:
  explicit NetrcReader(LonePasswords lone) : takes_lone_(lone == LonePasswords::kTake) {}

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

  std::vector<MachineLogin> finish() && {
    take_lone_password();
    return std::move(logins_);
  }

 private:
  void take_pair(std::string_view name, std::string_view value) {
    if (name == "machine") {
      take_lone_password();
      entry_ = {.machine = std::string(value), .login = {}};
    }
    if (name == "login") entry_.login.user = value;
    if (name == "password") entry_.login.password = value;
    if (name == "macdef") in_macro_ = true;
    if (entry_.machine.empty() || entry_.login.user.empty() || entry_.login.password.empty()) return;
    logins_.push_back(std::exchange(entry_, {}));
  }

  // A name may stand behind the password, so this is known only where the entry ends.
  void take_lone_password() {
    const bool is_one = takes_lone_ && !entry_.machine.empty() && !entry_.login.password.empty();
    if (is_one) logins_.push_back(std::exchange(entry_, {}));
  }

  bool takes_lone_;
  bool in_macro_ = false;
  MachineLogin entry_;
  std::vector<MachineLogin> logins_;
};

}  // namespace

std::vector<MachineLogin> parse_go_netrc(std::string_view text, LonePasswords lone) {
  NetrcReader reader(lone);
  for (const auto line : split(text, '\n')) {
    if (!reader.take_line(line)) break;
  }
  return std::move(reader).finish();
}

}  // namespace modtool::goproxy
