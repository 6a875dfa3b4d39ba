// Libraries that are loaded when they are first needed, so that commands which do not need them start fast. The
// doors of libcurl, Graphviz, libgit2 and libarchive use it; their headers give the types.
#pragma once

#include <string>
#include <utility>

#include "core/base/result.hpp"

namespace modtool::io {

class SharedLibrary {
 public:
  // Loads by soname ("libcurl.so.4"), for the life of the process. Code::kLibraryMissing names the package to install.
  static Result<SharedLibrary> load(const std::string& soname, const std::string& debian_package);

  // The function of that name; `Function` is a pointer type, usually `decltype(&curl_easy_init)`.
  template <class Function>
  Result<Function> function(const std::string& name) const {
    MODTOOL_TRY(void* const address, symbol(name));
    return reinterpret_cast<Function>(address);
  }
  // The address of a symbol, for data.
  Result<void*> symbol(const std::string& name) const;

 private:
  SharedLibrary(void* handle, std::string soname) : handle_(handle), soname_(std::move(soname)) {}
  void* handle_;
  std::string soname_;
};

// Fills in a table of functions, one after the other, until one is missing: that is the outcome then.
class FunctionLoader {
 public:
  // `library` outlives it.
  explicit FunctionLoader(const SharedLibrary& library) : library_(library) {}

  template <class Function>
  void operator()(Function& function, const char* name) {
    if (!outcome_) return;
    if (auto found = library_.function<Function>(name)) {
      function = *found;
    } else {
      outcome_ = fail(std::move(found).error());
    }
  }

  const Result<void>& outcome() const { return outcome_; }

 private:
  const SharedLibrary& library_;
  Result<void> outcome_;
};

}  // namespace modtool::io
