// What `get` is asked for, as people write it.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/engine/get.hpp"
#include "core/resolve/version_query.hpp"

namespace modtool::engine {

struct GetRequest {
  std::string path;
  std::string version;  // as it is written; empty where none is
  resolve::VersionQuery query;
};

// "path", or "path@version". A URL, which is no path, is an error that names the path (Code::kBadModulePath).
Result<GetRequest> parse_get_request(const std::string& text, const GetOptions& options);

// What may be meant where that is not found: a version with its v, a path without ".git".
std::vector<GetRequest> other_spellings(const GetRequest& request, const GetOptions& options);

// The error with the command for what is meant by a request.
Error did_you_mean(Error error, const GetRequest& request, const GetRequest& meant);

}  // namespace modtool::engine
