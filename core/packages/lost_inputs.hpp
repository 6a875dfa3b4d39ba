// What cgo and the C compiler read of a module, and `go mod vendor` leaves out (golang/go#26366): it copies the
// directories of packages alone, and a package may include headers beside it, or link libraries below it.
//
//     #cgo CFLAGS: -I${SRCDIR}/../include        in a Go file that imports "C", or its C files:
//     #include "foo.h"                           ../include/foo.h, and what that includes
//     #cgo LDFLAGS: -L${SRCDIR}/lib -lfoo        the libraries in lib
//
// Conditions are not looked at: what any platform reads counts.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/usage.hpp"
#include "core/packages/indexed_tree.hpp"

namespace modtool::packages {

// As UsageAnalysis::find_lost_inputs. A module that has no such file outside its packages is not read.
Result<std::vector<manifest::LostInputs>> find_lost_inputs(const IndexedTree& module,
                                                           const std::vector<std::string>& packages,
                                                           const std::vector<std::string>& vendored);

}  // namespace modtool::packages
