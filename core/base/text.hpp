// Small text helpers that several layers need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool {

// The pieces between separators; "a,,b" has three.
std::vector<std::string_view> split(std::string_view text, char separator);

// The lines of a text without their line ends ("\n" or "\r\n"); a last line without a line end counts.
std::vector<std::string_view> split_lines(std::string_view text);

// Fields separated by spaces, tabs and line ends, none of them empty.
std::vector<std::string_view> split_fields(std::string_view text);

// Without leading and trailing spaces, tabs, carriage returns and line feeds.
std::string_view trim(std::string_view text);

// ASCII letters in lower case; all other bytes as they are.
std::string to_lower(std::string_view text);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

// The text in double quotes with Go's escapes, as fmt's %q prints it (printable UTF-8 stays).
std::string quote(std::string_view text);

// The text as one word for a POSIX shell: as it is where that is safe, else in single quotes.
std::string shell_word(std::string_view text);

// Control characters, bidirectional overrides and invalid UTF-8 made visible, for terminals.
std::string make_printable(std::string_view text);
// The same for a piece of one line: line feeds and tabs are made visible, too, so that no file name begins a line.
std::string make_printable_line(std::string_view text);

// The candidate nearest to `word`, if near enough to be a likely slip (a third of its bytes inserted, removed, replaced
// or swapped), the first of several; empty otherwise.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);
// "; did you mean `x`?" with the nearest, to stand behind a message; empty where none is near enough.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

// Of names with slashes the one that is meant by a word: one that ends in it, as `cobra` stands for
// `github.com/spf13/cobra`, else the nearest; empty where there is none.
std::string nearest_name(std::string_view word, const std::vector<std::string>& names);

// Whether `path` is `prefix` or lies below it: "a/b" is below "a", "ab" is not.
bool has_path_prefix(std::string_view path, std::string_view prefix);

}  // namespace modtool
