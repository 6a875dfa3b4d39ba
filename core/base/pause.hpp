// A wait that ends with the run.
#pragma once

#include <chrono>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"

namespace modtool {

// Waits for that time, or until the run is cancelled or its own time is over: then the cancellation's error.
Result<void> pause(std::chrono::milliseconds time, const Cancellation& cancellation);

}  // namespace modtool
