// The directives of go.mod and go.work: their words, versions, intervals and comments, and the collection of a file's
// problems. Messages are Go's, without the place, which `Problems` adds.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/gomod/parse_options.hpp"
#include "core/gomod/syntax.hpp"
#include "core/manifest/manifest.hpp"

namespace modtool::gomod {

// The words of a directive behind its verb. Reading a word replaces it in the tree by its standard spelling.
using Arguments = std::span<std::string_view>;

// The problems of one file, in the order in which the go command tells them.
class Problems {
 public:
  Problems(const SyntaxTree& tree, const FileName& file) : tree_(tree), file_(file) {}

  void add(Position position, Error error);
  bool empty() const { return problems_.empty(); }
  // The error that stands for all of them, "errors parsing FILE:".
  Error finish(const std::string& file) &&;

 private:
  const SyntaxTree& tree_;
  const FileName& file_;
  std::vector<Error> problems_;
};

// What is said of a block that the file does not have, or that has more words than its verb.
Error unknown_block(const Block& block);

// "errors parsing FILE:" with the problems; one that stands on a conflict marker makes it Code::kConflictMarker.
Error parse_error(const std::string& file, std::vector<Error> problems);

// Reads words and directives; writes standard spellings back into the tree.
class DirectiveReader {
 public:
  DirectiveReader(SyntaxTree& tree, const ParseOptions& options) : tree_(tree), options_(options) {}

  Result<std::string> read_word(std::string_view& word);
  // A version of the module at `path`, canonical.
  Result<std::string> read_version(std::string_view verb, std::string_view path, std::string_view& word);
  // The version of a retraction as it is written; what it stands for depends on the module line, which may follow.
  Result<std::string> read_plain_version(std::string_view verb, std::string_view path, std::string_view& word);
  // "path version", checked against each other.
  Result<module::ModuleVersion> read_module(std::string_view verb, Arguments arguments);
  Result<manifest::Replacement> read_replace(Arguments arguments);

 private:
  Result<std::string> find_version(std::string_view verb, std::string_view path, std::string_view version);
  Result<std::string> find_main_version(std::string_view verb, std::string_view path, std::string_view version);
  Result<module::ModuleVersion> read_replaced(Arguments arguments, bool versioned);
  Result<module::ModuleVersion> read_replacing(Arguments arguments);
  void write(std::string_view& word, const std::string& spelling);

  SyntaxTree& tree_;
  const ParseOptions& options_;
};

// Each takes all arguments of its directive.
Result<std::string> read_go(Arguments arguments, Strictness strictness);
Result<std::string> read_toolchain(Arguments arguments);
Result<std::pair<std::string, std::string>> read_godebug(Arguments arguments);

struct VersionInterval {
  std::string low;
  std::string high;
};
using VersionReader = std::function<Result<std::string>(std::string_view& word)>;

// Takes the versions of a retraction, "v1.2.3" or "[v1.2.3, v1.4.0]", off the front; what follows stays there.
Result<VersionInterval> read_interval(Arguments& arguments, const VersionReader& read_version);

// Whether the line's first suffix comment is "// indirect" or starts with "// indirect;".
bool is_indirect(const Line& line);
// The comments of a line without their slashes, a line each; those of its block (nullptr: it is in none) where the
// line has none of its own.
std::string directive_comment(const Block* block, const Line& line);
// The message of the first paragraph of a comment that starts with "Deprecated:"; empty where there is none.
std::string deprecation_in(std::string_view comment);

// Whether the right side of a replacement is a directory, on any system: rooted, or starting with . or ..
bool is_directory_path(std::string_view path);

}  // namespace modtool::gomod
