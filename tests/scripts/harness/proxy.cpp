#include "tests/scripts/harness/proxy.hpp"

#include <zip.h>

#include <cctype>
#include <ctime>
#include <stdexcept>

#include "core/base/sha256.hpp"
#include "tests/support/files.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

// 2020-01-01: zips and .info files are the same on every run.
constexpr std::time_t kTime = 1577836800;

// Upper-case letters as `!` and the lower-case one (https://go.dev/ref/mod#module-cache).
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isupper(letter) != 0) escaped += '!';
    escaped += static_cast<char>(std::tolower(letter));
  }
  return escaped;
}

void add_entry(zip_t* archive, const std::string& name, const std::string& bytes) {
  auto* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
  const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) throw std::runtime_error("cannot add " + name + ": " + zip_strerror(archive));
  zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), kTime, 0);
}

void write_zip(const ProxyModule& module, const fs::path& file) {
  int error = 0;
  auto* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("cannot write " + file.string());
  for (const auto& [name, bytes] : module.files) {
    add_entry(archive, module.path + "@" + module.version + "/" + name, bytes);
  }
  if (zip_close(archive) != 0) throw std::runtime_error("cannot write " + file.string());
}

// https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
std::string hash1(const std::map<std::string, std::string>& files) {
  std::string list;
  for (const auto& [name, bytes] : files) list += to_hex(sha256(bytes)) + "  " + name + "\n";
  return "h1:" + to_base64(sha256(list));
}

std::string zip_hash(const ProxyModule& module) {
  std::map<std::string, std::string> files;
  for (const auto& [name, bytes] : module.files) files[module.path + "@" + module.version + "/" + name] = bytes;
  return hash1(files);
}

}  // namespace

std::string ProxyModule::go_mod() const {
  const auto file = files.find("go.mod");
  return file == files.end() ? "module " + path + "\n" : file->second;
}

std::vector<ProxyModule> proxy_modules(const Txtar& archive) {
  std::map<std::string, ProxyModule> modules;
  for (const auto& file : archive.files) {
    if (!file.name.starts_with(kProxySections)) continue;
    const auto name = file.name.substr(kProxySections.size());
    const auto at = name.find('@');
    const auto slash = name.find('/', at);
    if (slash == std::string::npos) throw std::runtime_error(file.name + ": not .proxy/PATH@VERSION/FILE");
    auto& module = modules[name.substr(0, slash)];
    module.path = name.substr(0, at);
    module.version = name.substr(at + 1, slash - at - 1);
    module.files[name.substr(slash + 1)] = file.text;
  }
  std::vector<ProxyModule> sorted;
  for (auto& [name, module] : modules) sorted.push_back(std::move(module));
  return sorted;
}

void write_proxy(const std::vector<ProxyModule>& modules, const fs::path& directory) {
  for (const auto& module : modules) {
    const auto versions = directory / escape(module.path) / "@v";
    const auto stem = escape(module.version);
    write_file(versions / "list", module.version + "\n", std::ios::app);
    write_file(versions / (stem + ".info"),
               R"({"Version":")" + module.version + R"(","Time":"2020-01-01T00:00:00Z"})" + "\n");
    write_file(versions / (stem + ".mod"), module.go_mod());
    write_zip(module, versions / (stem + ".zip"));
  }
}

void write_download_cache(const std::vector<ProxyModule>& modules, const fs::path& directory) {
  write_proxy(modules, directory);
  for (const auto& module : modules) {
    write_file(directory / escape(module.path) / "@v" / (escape(module.version) + ".ziphash"), zip_hash(module));
  }
}

std::string format_go_sum(const std::vector<ProxyModule>& modules) {
  std::string text;
  for (const auto& module : modules) {
    const auto name = module.path + " " + module.version;
    text += name + " " + zip_hash(module) + "\n";
    text += name + "/go.mod " + hash1({{"go.mod", module.go_mod()}}) + "\n";
  }
  return text;
}

}  // namespace modtool::test
