// A file system that shows some files otherwise than they lie on the disk: Go's -overlay
// (https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies). Only reading is overlaid; what writes, locks or
// renames goes to the file system below.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/io/file_system.hpp"

namespace modtool::io {

// What is shown in the place of what: absolute clean paths of files, each with the file whose bytes it shows; an empty
// one hides it. Directories that a shown file needs are there, too.
class Overlay {
 public:
  // Code::kBadSetting with Go's words where a shown file lies below another one.
  static Result<Overlay> create(std::map<std::string, std::string> replacements);

  struct Place {
    enum class Kind {
      kBelow,      // as the file system below has it
      kHidden,     // not there
      kFile,       // shown: `file` has its bytes
      kDirectory,  // there because of a shown file in it, whether or not the file system below has it
    };
    Kind kind = Kind::kBelow;
    std::string file = {};
  };
  Place find(const std::string& path) const;

  // The names directly inside a directory of which the overlay knows more than the file system below.
  std::vector<std::string> names_in(const std::string& directory) const;

 private:
  explicit Overlay(std::map<std::string, std::string> replacements);

  std::map<std::string, std::string> replacements_;
  std::map<std::string, std::set<std::string>> children_;  // directory → names of what is replaced in or below it
  std::set<std::string> directories_;                      // those with a shown file in or below them
};

// `below` outlives it.
std::unique_ptr<FileSystem> make_overlay_file_system(FileSystem& below, Overlay overlay);

}  // namespace modtool::io
