// lint layers|faces|house|quiet|codes|fixes|shape TOP, lint binary FILE: prints what a lint finds and exits 1 where it
// finds something.
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

Findings check_shape_at(const std::string& top) {
  const SourceTree tree = load_tree(top);
  for (const auto& finding : look_for_length(tree)) std::puts(("warning: " + to_string(finding)).c_str());
  return check_shape(tree);
}

const std::map<std::string, std::function<Findings(const std::string&)>> kLints = {
    {"layers", [](const std::string& top) { return check_layers(load_tree(top)); }},
    {"faces", [](const std::string& top) { return check_faces(load_tree(top)); }},
    {"house", [](const std::string& top) { return check_house(load_tree(top)); }},
    {"quiet", [](const std::string& top) { return check_quiet(load_tree(top)); }},
    {"codes", [](const std::string& top) { return check_codes(load_tree(top)); }},
    {"fixes", [](const std::string& top) { return check_fixes(load_tree(top)); }},
    {"shape", check_shape_at},
    {"binary", check_binary_file},
};

}  // namespace

int main(int argc, char** argv) {
  const auto lint = argc == 3 ? kLints.find(argv[1]) : kLints.end();
  if (lint == kLints.end()) {
    std::fputs("usage: lint layers|faces|house|quiet|codes|fixes|shape TOP, lint binary FILE\n", stderr);
    return 2;
  }
  const auto findings = lint->second(argv[2]);
  for (const auto& finding : findings) std::puts(to_string(finding).c_str());
  return findings.empty() ? 0 : 1;
}
