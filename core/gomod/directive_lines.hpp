// What a go.mod says besides its requirements, as lines: for merges, which keep the bytes of what they do not touch.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/three_way.hpp"

namespace modtool::gomod {

// A line that says something: `go 1.24`, or one in the block of a verb.
struct DirectiveLine {
  std::string verb;  // "go", "tool", "replace"
  std::string text;  // what stands behind the verb, the comment of its line too
  std::size_t line = 0;
  bool is_in_block = false;
};

// By what each is about: "go", "tool example.com/c/cmd/c", "replace example.com/a v1.0.0".
using DirectiveLines = std::map<std::string, DirectiveLine>;

// Of a go.mod that can be parsed. Requirements are left out.
DirectiveLines read_directives(const std::vector<std::string>& lines);

// The lines that hold nothing but a comment, in order.
std::vector<std::string> read_comments(const std::vector<std::string>& lines);

// What both sides made of a directive: what one of them alone changed, of two language versions or toolchains the
// higher one. Nothing where they contradict each other; an empty optional inside where it goes.
std::optional<std::optional<std::string>> merge_directive(std::string_view verb, const Three<std::string>& texts);

}  // namespace modtool::gomod
