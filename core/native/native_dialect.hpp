// The native dialect: modtool.json and modtool.lock, for sources in Git and anywhere else.
#pragma once

#include <memory>
#include <string>

#include "core/manifest/dialect.hpp"

namespace modtool::native {

// `version` is that of this modtool, for manifests that ask for a newer one.
std::shared_ptr<const manifest::Dialect> make_native_dialect(std::string version);

}  // namespace modtool::native
