#include "core/io/shared_library.hpp"

#include <dlfcn.h>

namespace modtool::io {
namespace {

std::string loader_message() {
  const char* const message = ::dlerror();
  return message != nullptr ? message : "unknown reason";
}

}  // namespace

Result<SharedLibrary> SharedLibrary::load(const std::string& soname, const std::string& debian_package) {
  void* const handle = ::dlopen(soname.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle != nullptr) return SharedLibrary(handle, soname);
  Error missing{.code = Code::kLibraryMissing, .message = "cannot load a library: " + loader_message()};
  return fail(std::move(missing).with(Fix::command({"apt", "install", debian_package})));
}

Result<void*> SharedLibrary::symbol(const std::string& name) const {
  void* const address = ::dlsym(handle_, name.c_str());
  if (address != nullptr) return address;
  return fail(Code::kLibraryMissing, "`" + soname_ + "` is too old: it has no `" + name + "`");
}

}  // namespace modtool::io
