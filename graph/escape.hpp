// Module paths may hold anything a hostile manifest wrote; these make them harmless in what is drawn.
#pragma once

#include <string>
#include <string_view>

namespace modtool::graph {

// One line that shows everything: control characters, bidirectional overrides, invalid UTF-8 and backslashes appear as
// Go's escapes (`\n`, `\u202e`, `\xff`, `\\`), so that different texts look different. Ordinary names stay as they are.
std::string visible(std::string_view text);

// A DOT identifier in double quotes. The backslashes in it are part of the name, as DOT has it, save those before
// quotes.
std::string dot_id(std::string_view text);

// A line of a DOT label (an "escString"), without the quotes around it.
std::string dot_label_line(std::string_view text);

// Text for XML elements and attributes: valid in both.
std::string xml_text(std::string_view text);

// The same for text that went through `visible` already.
std::string xml_escape(std::string_view visible_text);

}  // namespace modtool::graph
