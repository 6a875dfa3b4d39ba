// lint layers|quiet|codes|shape TOP, lint binary FILE: prints what a lint finds and exits 1 where it finds something.
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>

#include "tests/lint/lints.hpp"

namespace {

using namespace modtool::lint;

Findings check_binary_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {{path, 0, "cannot be read"}};
  return check_binary(path, std::string(std::istreambuf_iterator<char>(in), {}));
}

const std::map<std::string, std::function<Findings(const std::string&)>> kLints = {
    {"layers", [](const std::string& top) { return check_layers(load_tree(top)); }},
    {"quiet", [](const std::string& top) { return check_quiet(load_tree(top)); }},
    {"codes", [](const std::string& top) { return check_codes(load_tree(top)); }},
    {"shape", [](const std::string& top) { return check_shape(load_tree(top)); }},
    {"binary", check_binary_file},
};

}  // namespace

int main(int argc, char** argv) {
  const auto lint = argc == 3 ? kLints.find(argv[1]) : kLints.end();
  if (lint == kLints.end()) {
    std::fputs("usage: lint layers|quiet|codes|shape TOP, lint binary FILE\n", stderr);
    return 2;
  }
  const auto findings = lint->second(argv[2]);
  for (const auto& finding : findings) std::puts(to_string(finding).c_str());
  return findings.empty() ? 0 : 1;
}
