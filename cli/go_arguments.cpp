#include "cli/go_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

// The flags of all of Go's commands: GOFLAGS may hold any, and nothing else. (go 1.26)
constexpr std::array<std::string_view, 112> kGoFlags = {
    "C",
    "a",
    "artifacts",
    "asan",
    "asmflags",
    "bench",
    "benchmem",
    "benchtime",
    "blockprofile",
    "blockprofilerate",
    "buildmode",
    "buildvcs",
    "c",
    "cache",
    "changed",
    "compat",
    "compiled",
    "compiler",
    "count",
    "cover",
    "covermode",
    "coverpkg",
    "coverprofile",
    "cpu",
    "cpuprofile",
    "d",
    "deps",
    "diff",
    "dropexclude",
    "dropgodebug",
    "dropignore",
    "dropreplace",
    "droprequire",
    "dropretract",
    "droptool",
    "dropuse",
    "e",
    "exclude",
    "exec",
    "export",
    "f",
    "failfast",
    "find",
    "fix",
    "fmt",
    "fullpath",
    "fuzz",
    "fuzzcache",
    "fuzzminimizetime",
    "fuzztime",
    "gccgoflags",
    "gcflags",
    "go",
    "godebug",
    "i",
    "ignore",
    "insecure",
    "installsuffix",
    "json",
    "ldflags",
    "linkshared",
    "list",
    "m",
    "memprofile",
    "memprofilerate",
    "mod",
    "modcache",
    "modcacherw",
    "modfile",
    "module",
    "msan",
    "mutexprofile",
    "mutexprofilefraction",
    "n",
    "o",
    "outputdir",
    "overlay",
    "p",
    "parallel",
    "pgo",
    "pkgdir",
    "print",
    "r",
    "race",
    "replace",
    "require",
    "retract",
    "retracted",
    "reuse",
    "run",
    "short",
    "shuffle",
    "skip",
    "t",
    "tags",
    "test",
    "testcache",
    "timeout",
    "tool",
    "toolchain",
    "toolexec",
    "trace",
    "trimpath",
    "u",
    "use",
    "v",
    "vendor",
    "versions",
    "vet",
    "w",
    "work",
    "x",
};

std::optional<bool> parse_bool(std::string_view text) {
  constexpr std::array<std::string_view, 6> kTrue = {"1", "t", "T", "TRUE", "true", "True"};
  constexpr std::array<std::string_view, 6> kFalse = {"0", "f", "F", "FALSE", "false", "False"};
  if (std::ranges::find(kTrue, text) != kTrue.end()) return true;
  if (std::ranges::find(kFalse, text) != kFalse.end()) return false;
  return std::nullopt;
}

// A word that starts with a dash, taken apart.
struct GoFlag {
  std::string name;
  std::optional<std::string> value;
};

// Nothing where it is no flag by its form.
std::optional<GoFlag> take_apart(std::string_view word) {
  word.remove_prefix(word.starts_with("--") ? 2 : 1);
  if (word.empty() || word[0] == '-' || word[0] == '=') return std::nullopt;
  const auto equals = word.find('=');
  if (equals == std::string_view::npos) return GoFlag{.name = std::string(word), .value = {}};
  return GoFlag{.name = std::string(word.substr(0, equals)), .value = std::string(word.substr(equals + 1))};
}

class Reader {
 public:
  Reader(const FlagSet& set, const std::vector<std::string>& words) : declared_(set.declared()), words_(words) {}

  GoArguments read(const std::vector<std::string>& go_flags) {
    for (const auto& word : go_flags) {
      if (!take_setting(word)) return std::move(read_);
    }
    take_directory();
    while (at_ < words_.size() && words_[at_].size() > 1 && words_[at_].starts_with('-')) {
      const std::string& word = words_[at_++];
      if (word == "--") break;
      if (!take(word)) return std::move(read_);
    }
    for (const auto& [name, value] : values_) {
      if (!value.empty()) read_.flags.push_back(fmt::format("--{}={}", name, value));
    }
    read_.rest.assign(words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end());
    return std::move(read_);
  }

 private:
  const DeclaredFlag* find(const std::string& name) const {
    for (const auto& flag : declared_) {
      if (std::ranges::find(flag.long_names, name) != flag.long_names.end()) return &flag;
    }
    return nullptr;
  }

  void take_directory() {
    if (words_.empty() || !words_[0].starts_with('-')) return;
    const auto flag = take_apart(words_[0]);
    if (!flag || flag->name != "C" || (!flag->value && words_.size() < 2)) return;
    read_.directory = flag->value ? *flag->value : words_[1];
    at_ = flag->value ? 1 : 2;
  }

  // A word of GOFLAGS, whose problems Go words in its own way.
  bool take_setting(const std::string& word) {
    const auto flag = take_apart(word);
    const DeclaredFlag* declared = flag ? find(flag->name) : nullptr;
    if (declared == nullptr) return true;
    const bool is_switch = !declared->takes_value;
    if (!is_switch && !flag->value) {
      return refuse(fmt::format("go: flag needs an argument: -{} (from $GOFLAGS)", flag->name));
    }
    if (!is_switch) {
      values_[flag->name] = *flag->value;
      return true;
    }
    const auto value = parse_bool(flag->value.value_or("true"));
    if (!value) {
      return refuse(fmt::format("go: invalid boolean value {} for flag -{} (from $GOFLAGS): parse error",
                                quote(*flag->value), flag->name));
    }
    values_[flag->name] = *value ? "true" : "false";
    return true;
  }

  bool take(const std::string& word) {
    auto flag = take_apart(word);
    if (!flag) return refuse("bad flag syntax: " + word);
    const DeclaredFlag* declared = find(flag->name);
    read_.asks_for_help = flag->name == "h" || flag->name == "help";
    if (read_.asks_for_help) return false;
    if (declared == nullptr && flag->name != "C") return refuse("flag provided but not defined: -" + flag->name);
    if (declared != nullptr && !declared->takes_value) return take_switch(*flag);
    if (!flag->value && at_ == words_.size()) return refuse("flag needs an argument: -" + flag->name);
    const std::string& value = flag->value ? *flag->value : words_[at_++];
    if (flag->name == "C") {
      return refuse(
          fmt::format("invalid value {} for flag -C: -C flag must be first flag on command line", quote(value)));
    }
    values_[flag->name] = value;
    return true;
  }

  bool take_switch(const GoFlag& flag) {
    const auto value = parse_bool(flag.value.value_or("true"));
    if (!value) {
      return refuse(fmt::format("invalid boolean value {} for -{}: parse error", quote(*flag.value), flag.name));
    }
    values_[flag.name] = *value ? "true" : "false";
    return true;
  }

  bool refuse(std::string problem) {
    read_.problem = std::move(problem);
    return false;
  }

  const std::vector<DeclaredFlag> declared_;
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  std::map<std::string, std::string> values_;
  GoArguments read_;
};

}  // namespace

Result<void> check_go_flags(const std::vector<std::string>& go_flags) {
  for (const auto& word : go_flags) {
    const auto flag = take_apart(word);
    const bool is_known = !flag || std::ranges::find(kGoFlags, flag->name) != kGoFlags.end();
    if (!is_known) return fail(Code::kBadSetting, "parsing $GOFLAGS: unknown flag -" + flag->name);
  }
  return {};
}

GoArguments read_go_arguments(const FlagSet& set, const std::vector<std::string>& words,
                              const std::vector<std::string>& go_flags) {
  return Reader(set, words).read(go_flags);
}

}  // namespace modtool::cli
