// The words that belong to a status of HTTP, where a server sends none.
#pragma once

#include <string_view>

namespace modtool::io {

// "Not Found" for 404, as Go's http.StatusText; empty for what it does not know.
std::string_view status_words(int status);

}  // namespace modtool::io
