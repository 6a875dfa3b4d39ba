// The Go dialect: go.mod and go.sum behind the interface that all dialects share.
#pragma once

#include <memory>
#include <string>

#include "core/manifest/dialect.hpp"

namespace modtool::gomod {

// What becomes of a manifest that is written for a newer Go than a run stands for.
enum class NewerGo {
  kRefuse,  // as the go command does, which cannot build it
  kTake,    // it is read by the rules of the Go that is known
};

// `go_version` is the Go that this run stands for ("1.26.8").
std::shared_ptr<const manifest::Dialect> make_go_dialect(std::string go_version, NewerGo newer = NewerGo::kRefuse);

}  // namespace modtool::gomod
