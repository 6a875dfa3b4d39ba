#include "core/build/inputs/read_files.hpp"

#include <cstdint>
#include <cstring>
#include <map>
#include <set>
#include <span>

namespace modtool::build {
namespace {

// A log is a line, a version and records: a size in bytes, whose highest bit tells what follows. Numbers are those of
// the machine.
//
//     a path      its bytes, up to three NULs, a check sum; its number is how many came before it
//     what was    the number of a path, when it was made (version 4: eight bytes, 3: four), the numbers of the paths
//     made
class NinjaLog {
 public:
  explicit NinjaLog(std::string_view bytes) : rest_(bytes) {}

  Result<std::vector<ReadFile>> read() {
    constexpr std::string_view kFirstLine = "# ninjadeps\n";
    if (!rest_.starts_with(kFirstLine)) return damaged("begins otherwise");
    rest_.remove_prefix(kFirstLine.size());
    const std::uint32_t version = number();
    if (version != 3 && version != 4) return damaged("is of another version");
    words_before_files_ = version == 4 ? 3 : 2;
    while (is_good_ && !rest_.empty()) read_record();
    if (!is_good_) return damaged("is cut off, or holds what it cannot hold");
    return files();
  }

 private:
  static std::unexpected<Error> damaged(const char* how) {
    return fail(Code::kBuildFailed, std::string("ninja's log of what was read ") + how);
  }

  std::uint32_t number() {
    std::uint32_t value = 0;
    if (rest_.size() < sizeof value) {
      is_good_ = false;
      return 0;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }

  void read_record() {
    constexpr std::uint32_t kIsMade = 1U << 31U;
    const std::uint32_t head = number();
    const std::uint32_t size = head & ~kIsMade;
    is_good_ = is_good_ && size % 4 == 0 && size <= rest_.size();
    if (!is_good_) return;
    const std::string_view record = rest_.substr(0, size);
    rest_.remove_prefix(size);
    if ((head & kIsMade) != 0) {
      read_made(record);
    } else {
      read_path(record);
    }
  }

  void read_path(std::string_view record) {
    if (record.size() < 8) {
      is_good_ = false;
      return;
    }
    record.remove_suffix(4);
    for (int padding = 0; padding < 3 && record.ends_with('\0'); ++padding) record.remove_suffix(1);
    paths_.push_back(record);
  }

  // The last record of what was made counts.
  void read_made(std::string_view record) {
    std::vector<std::uint32_t> words(record.size() / 4);
    std::memcpy(words.data(), record.data(), words.size() * 4);
    is_good_ = words.size() >= words_before_files_;
    for (std::size_t i = 0; is_good_ && i < words.size(); ++i) {
      const bool is_time = i > 0 && i < words_before_files_;
      is_good_ = is_time || words[i] < paths_.size();
    }
    if (!is_good_) return;
    const std::uint32_t made = words.front();
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(words_before_files_));
    made_[made] = std::move(words);
  }

  std::vector<ReadFile> files() const {
    std::vector<ReadFile> files;
    std::set<std::uint32_t> known;
    for (const auto& [made, read] : made_) {
      for (const auto file : read) {
        if (known.insert(file).second) files.push_back({std::string(paths_[file]), std::string(paths_[made])});
      }
    }
    return files;
  }

  std::string_view rest_;
  bool is_good_ = true;
  std::size_t words_before_files_ = 3;
  std::vector<std::string_view> paths_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> made_;
};

// The words of a rule; a line goes on behind a backslash at its end.
std::vector<std::string> words_of_rule(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '\\' && (next == '\n' || next == '\r')) {
      end_word();
      i += next == '\r' ? 2 : 1;
    } else if (text[i] == '\\' && (next == ' ' || next == '#' || next == ':')) {
      word += next;
      ++i;
    } else if (text[i] == '$' && next == '$') {
      word += '$';
      ++i;
    } else if (text[i] == '\n') {
      end_word();
      words.emplace_back("\n");  // the rule's end
    } else if (text[i] == ' ' || text[i] == '\t' || text[i] == '\r') {
      end_word();
    } else {
      word += text[i];
    }
  }
  end_word();
  return words;
}

}  // namespace

Result<std::vector<ReadFile>> read_ninja_log(std::string_view bytes) { return NinjaLog(bytes).read(); }

std::vector<ReadFile> read_depfile(std::string_view text) {
  std::vector<ReadFile> files;
  std::string made;
  for (auto& word : words_of_rule(text)) {
    if (word == "\n") {
      made.clear();
    } else if (!made.empty()) {
      files.push_back({std::move(word), made});
    } else if (word.ends_with(':')) {
      made = word.substr(0, word.size() - 1);
    }
  }
  return files;
}

}  // namespace modtool::build
