// Random edits of random documents, in every layout that people and tools write.
#include "core/native/json_document.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "core/base/text.hpp"
#include "tests/support/check.hpp"

namespace modtool::native {
namespace {

// Writes random objects of objects and texts, with comments and blanks wherever JSON lets them stand.
class DocumentWriter {
 public:
  explicit DocumentWriter(std::mt19937& random)
      : random_(random), line_end_(below(4) == 0 ? "\r\n" : "\n"), unit_(below(3) == 0 ? "\t" : "  ") {}

  std::string write() { return trivia("") + object(0) + (below(3) == 0 ? "" : line_end_); }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string indent(std::size_t depth) const {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += unit_;
    return text;
  }
  // Mostly nothing.
  std::string trivia(const std::string& otherwise) {
    switch (below(12)) {
      case 0:
        return " /* b" + std::to_string(++comments_) + " \" { */ ";
      case 1:
        return " // l" + std::to_string(++comments_) + " , }" + line_end_;
      case 2:
        return line_end_ + "/* m" + std::to_string(++comments_) + line_end_ + "// of more lines */" + line_end_;
      default:
        return otherwise;
    }
  }

  std::string object(std::size_t depth) {
    const bool has_lines = below(3) != 0;
    const std::size_t size = below(5);
    std::set<std::string> names;
    while (names.size() < size) names.insert(std::string(1, static_cast<char>('a' + below(8))));
    std::vector<std::string> keys(names.begin(), names.end());
    if (below(3) == 0) std::ranges::shuffle(keys, random_);
    std::string text = "{";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      text += has_lines ? trivia("") + line_end_ + (below(5) == 0 ? line_end_ : "") : trivia(" ");
      if (has_lines && below(6) == 0) text += indent(depth + 1) + "// l" + std::to_string(++comments_) + line_end_;
      text += (has_lines ? indent(depth + 1) : "") + "\"" + keys[i] + "\":" + trivia(" ") + value(depth + 1);
      if (i + 1 < keys.size()) text += trivia("") + ",";
    }
    if (has_lines) return text + trivia("") + line_end_ + indent(depth) + "}";
    return text + trivia(" ") + "}";
  }

  std::string value(std::size_t depth) {
    if (depth < 3 && below(2) == 0) return object(depth);
    return "\"v" + std::to_string(below(100)) + (below(8) == 0 ? R"(\"\\)" : "") + "\"";
  }

  std::mt19937& random_;
  std::string line_end_;
  std::string unit_;
  int comments_ = 0;
};

std::string random_document(std::mt19937& random) { return DocumentWriter(random).write(); }

KeyPath random_path(std::mt19937& random) {
  KeyPath path;
  for (std::size_t depth = random() % 3; path.size() <= depth;)
    path.emplace_back(1, static_cast<char>('a' + random() % 8));
  return path;
}

// The value that a document shall have, worked out without its text. False where an edit cannot be.
bool set_in(json::Value& root, const KeyPath& path, const std::string& text) {
  json::Value* value = &root;
  for (const auto& key : path) {
    if (!value->is_object()) return false;
    auto found = std::ranges::find(value->members, key, &json::Member::key);
    if (found == value->members.end()) {
      value->members.push_back({.key = key, .value = {.kind = json::Kind::kObject}});
      found = value->members.end() - 1;
    }
    value = &found->value;
  }
  *value = {.kind = json::Kind::kString, .text = text};
  return true;
}

bool remove_in(json::Value& root, const KeyPath& path) {
  json::Value* value = &root;
  for (std::size_t depth = 0; depth + 1 < path.size(); ++depth) {
    auto found = std::ranges::find(value->members, path[depth], &json::Member::key);
    if (found == value->members.end()) return true;
    value = &found->value;
    if (!value->is_object()) return false;
  }
  std::erase_if(value->members, [&](const json::Member& member) { return member.key == path.back(); });
  return true;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  return text;
}

// How many lines the entry at a path takes; 0 where there is none.
std::size_t lines_of_entry(const JsonDocument& document, const KeyPath& path) {
  const auto* holder = document.find({path.begin(), path.end() - 1});
  if (holder == nullptr) return 0;
  const auto member = std::ranges::find(holder->members, path.back(), &json::Member::key);
  if (member == holder->members.end()) return 0;
  return split(document.text().substr(member->begin, member->value.end - member->begin), '\n').size();
}

// How many lines of one text the other lacks, blanks not regarded.
std::size_t lines_lost(const std::string& before, const std::string& after) {
  std::map<std::string, int> left;
  for (const auto line : split(after, '\n')) ++left[without_blanks(std::string(line))];
  return static_cast<std::size_t>(std::ranges::count_if(
      split(before, '\n'), [&](std::string_view line) { return left[without_blanks(std::string(line))]-- <= 0; }));
}

bool is_subsequence(std::string_view part, std::string_view whole) {
  for (const char c : whole) {
    if (!part.empty() && part.front() == c) part.remove_prefix(1);
  }
  return part.empty();
}

TEST_CASE("an edit makes the value that was asked for, and touches nothing else") {
  std::mt19937 random(20240102);
  for (int round = 0; round < 4000; ++round) {
    std::string text = random_document(random);
    auto document = REQUIRE_OK(JsonDocument::parse(text, "x.json"));
    for (int step = 0; step < 4; ++step) {
      json::Value wanted = REQUIRE_OK(json::parse(text, "x.json"));
      const KeyPath path = random_path(random);
      const bool removes = random() % 2 == 0;
      const std::size_t lines = lines_of_entry(document, path);
      const bool is_possible = removes ? remove_in(wanted, path) : set_in(wanted, path, "new");
      const auto change = [&] { return removes ? document.remove(path) : document.set(path, "\"new\""); };
      INFO(text << "\n" << join(path, "/") << (removes ? " removed" : " set"));
      REQUIRE(change().has_value() == is_possible);
      const std::string now = document.text();
      if (!is_possible) {
        REQUIRE(now == text);
        continue;
      }
      INFO(now);
      REQUIRE(json::canonical(REQUIRE_OK(json::parse(now, "x.json"))) == json::canonical(wanted));
      // Its own lines, and that of a comma or a bracket.
      REQUIRE(lines_lost(text, now) <= lines + 2);
      const bool adds = !removes && lines == 0;
      if (adds) REQUIRE(is_subsequence(without_blanks(text), without_blanks(now)));
      if (removes) REQUIRE(is_subsequence(now, text));
      REQUIRE_OK(change());
      REQUIRE(document.text() == now);
      text = now;
    }
  }
}

TEST_CASE("a list of texts is edited in the same way") {
  std::mt19937 random(7);
  const auto before = [](std::string_view a, std::string_view b) { return a < b; };
  for (int round = 0; round < 500; ++round) {
    const bool has_lines = random() % 2 == 0;
    std::set<std::string> strings;
    std::string text = "{ \"list\": [";
    for (const auto* name : {"b", "d", "f"}) {
      if (random() % 2 == 0) continue;
      text += (strings.empty() ? "" : ",") + std::string(has_lines ? "\n  " : " ") + "\"" + name + "\"";
      strings.insert(name);
    }
    text += has_lines ? "\n] }" : " ] }";
    auto document = REQUIRE_OK(JsonDocument::parse(text, "x.json"));
    const std::string name(1, static_cast<char>('a' + random() % 7));
    const bool removes = random() % 2 == 0;
    const auto change = [&] {
      return removes ? document.remove_string({"list"}, name) : document.add_string({"list"}, name, before);
    };
    REQUIRE_OK(change());
    removes ? static_cast<void>(strings.erase(name)) : static_cast<void>(strings.insert(name));
    std::vector<std::string> left;
    for (const auto& element : document.find({"list"})->elements) left.push_back(element.text);
    REQUIRE(left == std::vector<std::string>(strings.begin(), strings.end()));
    const std::string once = document.text();
    REQUIRE_OK(change());
    REQUIRE(document.text() == once);
  }
}

}  // namespace
}  // namespace modtool::native
