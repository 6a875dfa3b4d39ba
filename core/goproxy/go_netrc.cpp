#include "core/goproxy/go_netrc.hpp"

#include <fmt/format.h>

#include <algorithm>
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

// What is wrong with each line, and with each entry where it ends.
class SlipFinder {
 public:
  explicit SlipFinder(LonePasswords lone) : takes_lone_(lone == LonePasswords::kTake) {}

  // False where go reads no further.
  bool take_line(std::string_view line) {
    ++line_;
    if (in_macro_) {
      in_macro_ = !line.empty();
      return true;
    }
    if (trim(line).starts_with('#')) return true;
    const auto words = split_fields(line);
    for (std::size_t i = 0; i < words.size(); i += 2) {
      if (!take_words(words, i)) break;
    }
    return words.size() % 2 == 0 || words.back() != "default";
  }

  std::vector<NetrcSlip> finish() && {
    end_entry();
    std::ranges::stable_sort(slips_, {}, &NetrcSlip::line);
    return std::move(slips_);
  }

 private:
  // False where there is no more to say of the line.
  bool slip(std::string what) {
    slips_.push_back({.line = line_, .what = std::move(what)});
    return false;
  }

  bool take_words(const std::vector<std::string_view>& words, std::size_t i) {
    const auto name = words[i];
    if (name == "default") return slip("`default` is for other programs: go passes it over");
    const bool is_known =
        name == "machine" || name == "login" || name == "password" || name == "account" || name == "macdef";
    // The word itself may be a password that lost its name.
    if (!is_known) return slip("neither machine, login, password, account nor macdef: go passes it over");
    if (i + 1 == words.size()) return slip(quote(name) + " has no value on its line: go passes it over");
    if (words[i + 1].starts_with('"')) return slip("go takes quotation marks as they are, and a blank ends a value");
    return take_pair(name);
  }

  bool take_pair(std::string_view name) {
    if (name == "macdef") in_macro_ = true;
    if (name == "machine") {
      end_entry();
      entry_line_ = line_;
    }
    const bool is_lost = entry_line_ == 0 && (name == "login" || name == "password");
    if (is_lost) return slip(quote(name) + " before the first machine");
    has_login_ = has_login_ || name == "login";
    has_password_ = has_password_ || name == "password";
    return true;
  }

  void end_entry() {
    const bool lacks_login = !has_login_ && !takes_lone_;
    if (entry_line_ != 0 && (!has_password_ || lacks_login)) {
      slips_.push_back(
          {.line = entry_line_,
           .what = fmt::format("this machine has no {} that go takes", has_password_ ? "login" : "password")});
    }
    entry_line_ = 0;
    has_login_ = has_password_ = false;
  }

  bool takes_lone_;
  bool in_macro_ = false;
  bool has_login_ = false;
  bool has_password_ = false;
  int line_ = 0;
  int entry_line_ = 0;  // of the machine that is being read; 0: none
  std::vector<NetrcSlip> slips_;
};

}  // namespace

std::vector<NetrcSlip> find_netrc_slips(std::string_view text, LonePasswords lone) {
  SlipFinder finder(lone);
  for (const auto line : split(text, '\n')) {
    if (!finder.take_line(line)) break;
  }
  return std::move(finder).finish();
}

std::vector<MachineLogin> parse_go_netrc(std::string_view text, LonePasswords lone) {
  NetrcReader reader(lone);
  for (const auto line : split(text, '\n')) {
    if (!reader.take_line(line)) break;
  }
  return std::move(reader).finish();
}

}  // namespace modtool::goproxy
