// What most sources include, compiled once for all of them (modtool_precompile in ModtoolBuild.cmake). Nothing includes
// this file, and nothing leans on it: every header and source compiles without it, too.
// What takes long to compile belongs here, and of our own headers only what nearly every source includes: whoever
// changes them compiles everything anew.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
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

#include "core/base/result.hpp"
