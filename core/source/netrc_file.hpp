// The netrc file as people ask about it: whether it is there, can be read, and is for its owner alone.
#pragma once

#include <string>
#include <vector>

#include "core/base/observation.hpp"
#include "core/io/file_system.hpp"

namespace modtool::source {

// Adds what is to be said of the file, and gives its text; empty where it is absent or cannot be read.
std::string look_at_netrc(const std::string& file, const io::FileReader& files, std::vector<Observation>& seen);

// The file, for who only looks; empty where it is a pipe or a device: what is read from that is gone for who comes
// next.
std::string netrc_to_look_at(const std::string& file, const io::FileReader& files);

}  // namespace modtool::source
