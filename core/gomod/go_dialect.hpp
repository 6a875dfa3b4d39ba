// The Go dialect: go.mod and go.sum behind the interface that all dialects share.
#pragma once

#include <memory>
#include <string>

#include "core/manifest/dialect.hpp"

namespace modtool::gomod {

// `go_version` is the Go that this run stands for ("1.26.8"): what needs a newer one is refused.
std::shared_ptr<const manifest::Dialect> make_go_dialect(std::string go_version);

}  // namespace modtool::gomod
