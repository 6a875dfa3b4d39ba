// Readers of the values that several parts of modtool.json and modtool.lock share: paths, versions, directories.
// Each tells a problem to the FieldReader and gives an empty value then.
#pragma once

#include <string>
#include <vector>

#include "core/module/module_version.hpp"
#include "core/native/fields.hpp"

namespace modtool::native {

void check_path_text(FieldReader& fields, std::size_t offset, const FieldPath& field_path, const std::string& path);
void check_version_text(FieldReader& fields, std::size_t offset, const FieldPath& field_path,
                        const std::string& version);

std::string read_path(FieldReader& fields, const Field& field);
std::string read_version(FieldReader& fields, const Field& field);
// A directory, as written; absolute ones are allowed.
std::string read_directory(FieldReader& fields, const Field& field);
// A file or directory below the project's root.
std::string read_inside(FieldReader& fields, const Field& field);

// The value of a "require": paths with versions, in the order of the text.
struct Required {
  module::ModuleVersion module;
  Where where;
};
std::vector<Required> read_required(FieldReader& fields, const Field& field);

}  // namespace modtool::native
