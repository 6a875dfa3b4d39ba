// A strict parser of the DOT language (graphviz.org/doc/info/lang.html), as far as a directed graph without subgraphs
// and HTML labels needs it. Anything else fails the test.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modtool::test {

struct DotGraph {
  std::string name;
  std::map<std::string, std::map<std::string, std::string>> nodes;  // id → attributes
  std::vector<std::pair<std::string, std::string>> edges;
};

class DotParser {
 public:
  explicit DotParser(std::string_view text) : text_(text) {}

  DotGraph parse() && {
    REQUIRE(word() == "digraph");
    graph_.name = id();
    expect("{");
    while (!accept("}")) statement();
    skip_space();
    REQUIRE(text_.substr(at_).empty());
    return std::move(graph_);
  }

 private:
  void statement() {
    const auto subject = id();
    if (subject == "graph" || subject == "node" || subject == "edge") {
      attributes();
    } else if (accept("->")) {
      graph_.edges.emplace_back(subject, id());
      if (peek() == '[') attributes();
    } else {
      if (graph_.nodes.contains(subject)) FAIL("a second time: " << subject);
      graph_.nodes[subject] = attributes();
    }
    expect(";");
  }

  std::map<std::string, std::string> attributes() {
    std::map<std::string, std::string> result;
    expect("[");
    while (!accept("]")) {
      const auto key = id();
      expect("=");
      if (!result.emplace(key, id()).second) FAIL("a second time: " << key);
      if (peek() != ']') expect(",");
    }
    return result;
  }

  std::string id() { return peek() == '"' ? quoted() : word(); }

  // Within quotes only `\"` is an escape; every other backslash belongs to the text.
  std::string quoted() {
    std::string result;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (static_cast<unsigned char>(text_[at_]) < ' ') FAIL("a control character in quotes");
      if (text_[at_] == '\\') {
        if (at_ + 1 == text_.size()) FAIL("quotes are not closed");
        if (text_[at_ + 1] != '"') result += text_[at_];
        ++at_;
      }
      result += text_[at_];
    }
    REQUIRE(at_ < text_.size());
    ++at_;
    return result;
  }

  std::string word() {
    skip_space();
    const auto start = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_' ||
                                  text_[at_] == '.' || (text_[at_] == '-' && at_ == start))) {
      ++at_;
    }
    if (at_ == start) FAIL("expected a word at: " << std::string(text_.substr(at_, 60)));
    return std::string(text_.substr(start, at_ - start));
  }

  bool accept(std::string_view token) {
    skip_space();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token)) FAIL("expected " << token << " at: " << std::string(text_.substr(at_, 60)));
  }

  char peek() {
    skip_space();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  DotGraph graph_;
};

inline DotGraph parse_dot(std::string_view text) { return DotParser(text).parse(); }

}  // namespace modtool::test
