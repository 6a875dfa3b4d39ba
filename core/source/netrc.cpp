#include "core/source/netrc.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/io/url.hpp"

namespace modtool::source {
namespace {

struct Word {
  std::string text;
  int line = 0;
};

struct Entry {
  std::optional<std::string> machine;  // nothing: the default
  std::optional<std::string> user;
  std::optional<std::string> password;
};

constexpr std::string_view kBlank = " \t\r";

// Cuts a file into words; "macdef" takes what follows it until an empty line.
class Lexer {
 public:
  Lexer(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Result<std::vector<Word>> run() {
    bool in_macro = false;
    for (const auto line : split_lines(text_)) {
      ++line_;
      if (in_macro) {
        in_macro = !trim(line).empty();
        continue;
      }
      const std::size_t before = words_.size();
      MODTOOL_CHECK(take_line(line));
      const auto macro =
          std::ranges::find(words_.begin() + static_cast<std::ptrdiff_t>(before), words_.end(), "macdef", &Word::text);
      in_macro = macro != words_.end();
      words_.erase(macro, words_.end());
    }
    return std::move(words_);
  }

 private:
  Result<void> take_line(std::string_view line) {
    for (;;) {
      const auto start = line.find_first_not_of(kBlank);
      if (start == std::string_view::npos || line[start] == '#') return {};
      line.remove_prefix(start);
      if (line[0] == '"') {
        MODTOOL_CHECK(take_quoted(line));
        continue;
      }
      const auto end = line.find_first_of(kBlank);
      words_.push_back({std::string(line.substr(0, end)), line_});
      line = end == std::string_view::npos ? "" : line.substr(end);
    }
  }

  // curl's escapes: \" \\ \n \r \t
  Result<void> take_quoted(std::string_view& line) {
    constexpr std::string_view kLetters = "nrt";
    constexpr std::string_view kMeanings = "\n\r\t";
    std::string word;
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (line[i] == '"') {
        words_.push_back({std::move(word), line_});
        line.remove_prefix(i + 1);
        return {};
      }
      const bool is_escape = line[i] == '\\' && i + 1 < line.size();
      const char c = is_escape ? line[++i] : line[i];
      const auto letter = is_escape ? kLetters.find(c) : std::string_view::npos;
      word += letter == std::string_view::npos ? c : kMeanings[letter];
    }
    return fail(Error{.code = Code::kBadSetting, .message = "a quotation mark is not closed", .where = {file_, line_}});
  }

  std::string_view text_;
  const std::string& file_;
  int line_ = 0;
  std::vector<Word> words_;
};

Result<std::vector<Entry>> parse_entries(const std::vector<Word>& words, const std::string& file) {
  const auto malformed = [&](const Word& word, const std::string& what) {
    return fail(Error{.code = Code::kBadSetting, .message = what, .where = {file, word.line}});
  };
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& name = words[i].text;
    if (name == "default") {
      entries.emplace_back();
      continue;
    }
    const bool is_known = name == "machine" || name == "login" || name == "password" || name == "account";
    // The word itself may be a password that lost its name.
    if (!is_known) return malformed(words[i], "neither machine, default, login, password, account nor macdef");
    if (i + 1 == words.size()) return malformed(words[i], "nothing follows " + quote(name));
    const std::string& value = words[++i].text;
    if (name == "machine") {
      entries.push_back({.machine = value, .user = {}, .password = {}});
    } else if (entries.empty()) {
      return malformed(words[i], quote(name) + " before the first machine");
    } else if (name == "login") {
      entries.back().user = value;
    } else if (name == "password") {
      entries.back().password = value;
    }
  }
  return entries;
}

class NetrcLogins final : public io::HttpLogins {
 public:
  NetrcLogins(std::string file, const io::FileReader& files) : file_(std::move(file)), files_(files) {}

  Result<std::optional<io::HttpCredential>> find(const std::string& url) override {
    const auto [host, port] = io::host_and_port(url);
    MODTOOL_TRY(const auto found, load_netrc_login(files_, file_, {.host = host, .port = port}));
    if (!found) return std::optional<io::HttpCredential>();
    return io::HttpCredential{.prefix = std::string(io::split_url(url).place),
                              .headers = {io::basic_login({.user = found->user, .password = found->password})}};
  }

  std::vector<std::string> explain(const std::string& url) override {
    const auto login = find(url);
    if (login && *login) return {"the login that " + file_ + " has for " + (*login)->prefix + " was shown"};
    return {file_.empty() ? "there is no netrc file, as HOME is not set" : file_ + " has no login for it"};
  }

 private:
  std::string file_;
  const io::FileReader& files_;
};

}  // namespace

Result<std::optional<NetrcLogin>> find_netrc_login(std::string_view text, const std::string& file,
                                                   const NetrcQuestion& question) {
  const auto& [host, port, user, takes_default] = question;
  MODTOOL_TRY(const auto words, Lexer(text, file).run());
  MODTOOL_TRY(const auto entries, parse_entries(words, file));
  const std::string with_port = fmt::format("{}:{}", host, port);
  const auto fits = [&](const Entry& entry) {
    const std::string machine = to_lower(entry.machine.value_or(""));  // names of hosts have no case
    const bool is_here = entry.machine ? machine == to_lower(host) || machine == to_lower(with_port) : takes_default;
    return is_here && entry.password && (user.empty() || entry.user.value_or(user) == user);
  };
  // The default counts only where no machine fits.
  const Entry* found = nullptr;
  for (const auto& entry : entries) {
    if (fits(entry) && (found == nullptr || (!found->machine && entry.machine))) found = &entry;
  }
  if (found == nullptr) return std::optional<NetrcLogin>();
  return NetrcLogin{found->user.value_or(user), *found->password};
}

Result<void> check_netrc(std::string_view text, const std::string& file) {
  MODTOOL_TRY(const auto words, Lexer(text, file).run());
  MODTOOL_CHECK(parse_entries(words, file));
  return {};
}

Result<std::optional<NetrcLogin>> load_netrc_login(const io::FileReader& files, const std::string& file,
                                                   const NetrcQuestion& question) {
  if (file.empty()) return std::optional<NetrcLogin>();
  MODTOOL_TRY(const auto text, files.read_given(file).if_there());
  if (!text) return std::optional<NetrcLogin>();
  return find_netrc_login(*text, file, question);
}

std::shared_ptr<io::HttpLogins> make_netrc_logins(std::string file, const io::FileReader& files) {
  return std::make_shared<NetrcLogins>(std::move(file), files);
}

}  // namespace modtool::source
