// What most sources include, compiled once for all of them (modtool_precompile in ModtoolBuild.cmake). Nothing includes
// this file, and nothing leans on it: every header and source compiles without it, too.
// What takes long to compile belongs here, and no header of ours: `#pragma once` does not hold between a checkout and a
// precompiled header that a compiler cache made in another one.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
