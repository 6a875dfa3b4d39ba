// Whether a certificate is for an address (RFC 5280, 4.2.1.6: subjectAltName, iPAddress).
#pragma once

#include <string_view>

namespace modtool::git {

// `der`: an X.509 certificate, of which nothing else is checked; any bytes may be given. `address`: "127.0.0.1", "::1".
bool names_address(std::string_view der, std::string_view address);

}  // namespace modtool::git
