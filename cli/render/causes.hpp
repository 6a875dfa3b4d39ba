// Many failures of one cause, told once.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace modtool::cli {

// Of a message about one module what it has in common with those about others: what stands behind the address.
std::string_view cause_of(std::string_view message);

// Of errors of the network that differ only in the address, the first, with a note that names what else it kept away;
// all others as they are, in their order.
std::vector<Error> one_for_each_cause(const std::vector<Error>& errors);

}  // namespace modtool::cli
