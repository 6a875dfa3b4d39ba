// The certificates of authorities, as Go finds them on Linux (crypto/x509, root_unix.go).
#pragma once

#include <string>

#include "core/io/file_system.hpp"
#include "core/io/http.hpp"

namespace modtool::io {

// The "CERTIFICATE" blocks (RFC 7468) of the file and of every file of the directories, one behind another; what of it
// cannot be read vouches for nobody. Of the system's files, where none is named, the first that is there counts.
std::string read_certificates(const FileReader& files, const HttpAuthorities& authorities);

// The file that counts: the one that is named, or the first of the system's that is there; empty where there is none.
std::string certificate_file(const FileReader& files, const HttpAuthorities& authorities);

// Where these are from, and how that is changed, for who is told that nobody vouches for a server.
std::string describe_authorities(const FileReader& files, const HttpAuthorities& authorities);

}  // namespace modtool::io
