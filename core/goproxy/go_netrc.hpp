// The netrc file as the go command reads it (cmd/go's internal/auth). Its rules are not those of curl and Git
// (core/source/netrc.hpp), and whoever has a file for go must be served the same: the machine is the URL without its
// scheme up to some slash, port included; `default` and quotation marks do not count; nothing is malformed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/io/http.hpp"

namespace modtool::goproxy {

struct MachineLogin {
  std::string machine;  // "host", "host:port" or "host/path"
  io::HttpLogin login;
};

// Whether an entry with a password and no name counts: for go it does not.
enum class LonePasswords { kPassOver, kTake };

// A line that a person may take for more than go does.
struct NetrcSlip {
  int line = 0;
  std::string what;  // no word of the file but those of its grammar

  bool operator==(const NetrcSlip&) const = default;
};
std::vector<NetrcSlip> find_netrc_slips(std::string_view text, LonePasswords lone = LonePasswords::kPassOver);

std::vector<MachineLogin> parse_go_netrc(std::string_view text, LonePasswords lone = LonePasswords::kPassOver);

}  // namespace modtool::goproxy
