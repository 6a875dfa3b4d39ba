// The "describe" part of modtool.json.
#pragma once

#include <string_view>

#include "core/manifest/description.hpp"
#include "core/native/fields.hpp"

namespace modtool::native {

manifest::Descriptions read_descriptions(FieldReader& fields, const Field& field, std::string_view text);

}  // namespace modtool::native
