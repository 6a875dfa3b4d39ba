// A strict reader of the XML that SVG pictures are made of: elements, attributes in double quotes, text. Anything else
// fails the test.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace modtool::test {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // directly inside, entities resolved
  std::string parent;
};

class XmlParser {
 public:
  explicit XmlParser(std::string_view text) : text_(text) {}

  // All elements in the order of their start tags.
  std::vector<XmlElement> parse() && {
    while (at_ < text_.size()) {
      if (text_[at_] == '<') {
        tag();
      } else {
        const auto words = until('<');
        if (!open_.empty()) elements_[open_.back()].text += words;
      }
    }
    CHECK(open_.empty());
    return std::move(elements_);
  }

 private:
  void tag() {
    ++at_;
    if (accept("/")) {
      const auto closed = name();
      if (open_.empty() || elements_[open_.back()].name != closed) FAIL("closes what is not open: " << closed);
      open_.pop_back();
      expect(">");
      return;
    }
    XmlElement element{.name = name(), .attributes = {}, .text = {}, .parent = {}};
    if (!open_.empty()) element.parent = elements_[open_.back()].name;
    while (accept(" ")) attribute(element);
    elements_.push_back(element);
    if (accept("/")) return expect(">");
    expect(">");
    open_.push_back(elements_.size() - 1);
  }

  void attribute(XmlElement& element) {
    const auto key = name();
    expect("=\"");
    const auto value = until('"');
    expect("\"");
    if (!element.attributes.emplace(key, value).second) FAIL("a second time: " << key);
  }

  std::string name() {
    const auto start = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '-'))
      ++at_;
    if (at_ == start) FAIL("expected a name at: " << std::string(text_.substr(at_, 60)));
    return std::string(text_.substr(start, at_ - start));
  }

  std::string until(char end) {
    std::string result;
    for (; at_ < text_.size() && text_[at_] != end; ++at_) {
      const char byte = text_[at_];
      if (byte == '<' || (byte == '>' && end == '"')) FAIL("a bare " << byte);
      if (static_cast<unsigned char>(byte) < ' ' && byte != '\n') FAIL("a control character");
      result += byte == '&' ? entity() : byte;
    }
    return result;
  }

  char entity() {
    static const std::map<std::string_view, char> kEntities{
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (const auto& [text, byte] : kEntities) {
      if (!text_.substr(at_).starts_with(text)) continue;
      at_ += text.size() - 1;
      return byte;
    }
    FAIL("a bare &");
    return '&';
  }

  bool accept(std::string_view token) {
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token)) FAIL("expected " << token << " at: " << std::string(text_.substr(at_, 60)));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<XmlElement> elements_;
  std::vector<std::size_t> open_;
};

inline std::vector<XmlElement> parse_xml(std::string_view text) { return XmlParser(text).parse(); }

}  // namespace modtool::test
