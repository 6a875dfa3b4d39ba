// go.mod files read, written and refused as the real go command does.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/sha256.hpp"
#include "core/base/utf8.hpp"
#include "core/gomod/go_mod.hpp"
#include "core/gomod/printer.hpp"
#include "tests/support/check.hpp"
#include "tests/support/files.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::gomod {
namespace {

namespace fs = std::filesystem;
using test::read_file;
using test::write_file;
using Json = nlohmann::json;

constexpr std::size_t kMutations = 3000;

const std::vector<std::string> kTexts = {
    "",
    "\n\n\n",
    "// only a comment",
    "module m",
    "module   m   // name\n\n\n\n\ngo    1.21\n",
    "// a\n\n// b\nmodule m\n// c\n\n\n// d\n\n",
    "//\n// x  \t\n//\nmodule m // y \t \n",
    "module m\r\n\r\nrequire (\r\n\ta.com/b v1.0.0 // indirect\r\n\r\n)\r\n",
    "module m\nrequire (\n)\nexclude ()\nreplace () // none\n",
    "module m\nrequire ( // open\n\n\n\ta.com/b v1.0.0\n\n\n\n\t// before\n\n\t// c\n\n\ta.com/c v1.0.0 // after\n\n) "
    "// close\n",
    "module m\nrequire (\n\n// only comments\n\n)\nrequire (\n\ta.com/b v1.0.0\n\n\t// last\n)\nrequire (\n\n\n)\n",
    "// before\nrequire (\n// in\na.com/b v1.0.0\n// end\n\n)\n// after\nmodule m\n",
    "module \"m\"\nrequire \"a.com/b\" \"v1.0.0\"\nreplace \"a.com/b\" => \"./x y\"\nreplace a.com/c => \"./c\"\n",
    "module m\nretract [ v1.0.0 , v1.1.0 ]\nretract (\n[v1.2.0,v1.3.0] // bad\n\tv1.4.0\n\n)\n",
    "module m\nretract v1\nretract foo\nretract \"v1.0.0\"\n",
    "module m\nrequire a.com/b v1\nrequire a.com/c v1.2 // x\nrequire a.com/d v1.2.3+meta\nrequire a.com/e "
    "v2.0.0+incompatible\n",
    "module \"m\\x2f\\u00e9\\t\"\n",
    "module \"a\\\\b\"\ntool \"a//b\"\ntool \"x y\"\ntool \"(\"\ntool \"(x\"\ntool é\ntool \"é\\u200b\"\nignore "
    "\"\\303\\251\"\n",
    "module m // Deprecated: use n\n\n// why\nretract v1.0.0 // because\n",
    "// Deprecated: one\n// two\n//\n// three\nmodule m\n",
    "// x\n//\n//\n// Deprecated: y\nmodule (\n\tm\n)\n",
    "module m\ngo 1.21rc1\ntoolchain default\n// debug\ngodebug (\n\tdefault=go1.21\n\n\tpanicnil=1 // x\n)\n",
    "module m\ntool (\n\ta.com/b/cmd\n)\nignore (\n\t./a\n\tb\n)\n",
    "module m\nrequire a.com/b v1.0.0 // \u00a0spaces\u00a0\n//\u00a0x\u00a0\n",
    "module m; x\n",
    "module go\n",
    "module m\nreplace a => ../a\nreplace a => ../b\n",
    "module /m\n",
    "module m\nrequire (\n\ta.com/b v1.0.0; x\n",
    "module m\nfoo ( ) bar\nfoo (x)\nfoo ()\nfoo (\n)\nfoo ( [ x , y ] )\n",
    "module m\n)\n(\n[ a\n",
    "module m\nrequire (\n\ta.com/b v1.0.0 (\n)\n",
    "module m\nrequire a.com/b v1.0.0 (\n)\n",
    "module m\nreplace (\n\ta.com/b => a.com/c v1\n\ta.com/b v1 => ../x\n)\n",
    "module m\nreplace a.com/b => C:\\x\nreplace a.com/b => \"..\\\\x\"\nreplace a.com/b => .\\x\n",
    "module m\nreplace a.com/b => a.com/c\nreplace a.com/b\nreplace => x\nreplace a.com/b v1 v2 => c\nreplace a => b c "
    "d\n",
    "module m\nreplace a.com/b/v1 => ../x\nreplace a.com/b/v2 v1.0.0 => ../x\nreplace a.com/b => ../x v1.0.0\n",
    "module m\nrequire a.com/b/v2 v1.0.0\nrequire a.com/b/v1 v1.0.0\nrequire gopkg.in/yaml.v2 v3.0.0\n",
    "module m\nrequire gopkg.in/yaml.v2 v2.0.0-gopkgin-v2.1.0\nrequire gopkg.in/yaml v1.0.0\n",
    "module m\nrequire a.com/b v2.0.0\nrequire a.com/b 'v1.0.0'\nrequire `a.com/b` v1.0.0\nrequire \"a.com/\\q\" "
    "v1.0.0\n",
    "module m n\nmodule\nmodule m\nmodule m\n",
    "go 1.21\ngo 1.22\ngo\ngo 1\ngo v1.21\n",
    "toolchain go1.21\ntoolchain go1.22\n",
    "toolchain go2\n",
    "module m\ngodebug a\ngodebug\ngodebug a=b,c\ngodebug \"a=b\"\n",
    "module m\ngo (\n\t1.21\n)\nrequire x (\n)\nnothing (\n)\n",
    "module m\nrequire (\n",
    "module m\n  foo (\n x\n",
    "module m\nrequire (\n) x\n",
    "module m\nrequire (\n)x\n",
    "module m /* x */\n",
    "module m\nrequire a/*b v1.0.0\n",
    "module m\nrequire a//b v1.0.0\n",
    "module \"m\n",
    "module `m\n",
    "module \"m\\",
    "module \"m",
    "module m\n\x01\n",
    "module m\n\tx \x7f\n",
    "module m\nr\xc3\xa9 x\xff\n",
    "module m\n\xff \xe2\x80\x8b\n",
    std::string("module m\n a\0b\n", 13),
    "module m\n<<<<<<< HEAD\nrequire a.com/b v1.0.0\n=======\n>>>>>>> x\n",
    "module m\n\f\n",
    "module m\nrequire a.com/b v1.0.0 // a // b\n",
    "module m\nexclude a.com/b v1\nexclude a.com/b\nexclude a.com/b/v3 v1.0.0\n",
    "module m\ntool a b\nignore\ntool 'x'\nignore \"x\n",
};

// The go.mod files of the module cache.
std::vector<std::string> cached_go_mods() {
  std::vector<std::string> texts;
  const auto root = test::run_shell("go env GOMODCACHE").output;
  const fs::path cache = fs::path(root.substr(0, root.find('\n'))) / "cache/download";
  if (!fs::is_directory(cache)) return texts;
  for (const auto& entry : fs::recursive_directory_iterator(cache)) {
    if (entry.path().extension() == ".mod") texts.push_back(read_file(entry.path()));
  }
  return texts;
}

// JSON strings are UTF-8; Go writes the replacement character for what is not.
std::string as_json_text(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    append_rune(valid, rune.value);
    text.remove_prefix(rune.size);
  }
  return valid;
}

template <class List, class Convert>
Json list_json(const List& list, Convert convert) {
  if (list.empty()) return nullptr;
  Json json = Json::array();
  for (const auto& element : list) json.push_back(convert(element));
  return json;
}

Json module_json(const module::ModuleVersion& module) {
  Json json{{"Path", as_json_text(module.path)}};
  if (!module.version.empty()) json["Version"] = as_json_text(module.version);
  return json;
}

Json requirement_json(const manifest::Requirement& requirement) {
  return as_json_text(to_string(requirement.module)) + (requirement.indirect ? " true " : " false ") +
         std::to_string(requirement.where.line);
}

Json manifest_json(const manifest::Manifest& manifest) {
  return {
      {"Path", as_json_text(manifest.path)},
      {"Deprecated", as_json_text(manifest.deprecated)},
      {"Go", manifest.go},
      {"Toolchain", as_json_text(manifest.toolchain)},
      {"Require", list_json(manifest.require, requirement_json)},
      {"Exclude", list_json(manifest.exclude, module_json)},
      {"Replace", list_json(manifest.replace,
                            [](const auto& r) { return Json::array({module_json(r.from), module_json(r.to)}); })},
      {"Retract", list_json(manifest.retract,
                            [](const auto& r) {
                              return Json{{"Low", as_json_text(r.low)},
                                          {"High", as_json_text(r.high)},
                                          {"Rationale", as_json_text(r.rationale)}};
                            })},
      {"Tool", list_json(manifest.tool, as_json_text)},
      {"Ignore", list_json(manifest.ignore, as_json_text)},
      {"Godebug",
       list_json(manifest.godebug,
                 [](const auto& g) { return Json::array({as_json_text(g.first), as_json_text(g.second)}); })},
  };
}

// The problems as the go command prints them.
std::string go_text(const Error& error) {
  if (error.problems.empty()) return to_line(error).substr(std::string_view("parsing go.mod: ").size());
  std::string text;
  for (const auto& problem : error.problems) text += (text.empty() ? "" : "\n") + to_line(problem);
  return text;
}

// Our answer in the form of the oracle's.
Json answer(std::string_view text, Strictness strictness) {
  const VersionFixer offline = [](std::string_view, std::string_view) -> Result<std::string> {
    return fail(Code::kOffline, "offline");
  };
  const auto mod = parse_go_mod(text, {.shown = "go.mod"}, {.strictness = strictness, .fix_version = offline});
  if (!mod) {
    return {{"Error", as_json_text(go_text(mod.error()))},
            {"Manifest", manifest_json(manifest::Manifest{})},
            {"Format", ""}};
  }
  return {{"Error", ""}, {"Manifest", manifest_json(mod->manifest)}, {"Format", as_json_text(format(mod->syntax))}};
}

// What Go's own package makes of the texts.
Json ask(const test::ModOracle& oracle, const std::vector<std::string>& texts) {
  Json request = Json::array();
  for (const auto& text : texts) {
    request.push_back(to_base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  }
  return Json::parse(oracle.ask(request.dump()));
}

void compare(const test::ModOracle& oracle, const std::vector<std::string>& texts) {
  const Json answers = ask(oracle, texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CAPTURE(texts[i]);
    CHECK(answer(texts[i], Strictness::kMain) == answers[i]["main"]);
    CHECK(answer(texts[i], Strictness::kEdit) == answers[i]["edit"]);
    CHECK(answer(texts[i], Strictness::kLax) == answers[i]["lax"]);
  }
}

// Texts made of `texts` by cutting, doubling and putting pieces of one into another. The same at every run.
std::vector<std::string> mutations(const std::vector<std::string>& texts, std::size_t count) {
  std::mt19937 random(1);
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  std::vector<std::string> mutated;
  while (mutated.size() < count) {
    std::string text = texts[below(texts.size())];
    for (auto edits = 1 + below(4); edits > 0; --edits) {
      const auto& other = texts[below(texts.size())];
      const auto piece = other.substr(below(other.size()), below(20));
      text.replace(below(text.size() + 1), below(10), piece);
    }
    mutated.push_back(std::move(text));
  }
  return mutated;
}

// What `go list -m` says of each text as a main module's go.mod.
std::vector<std::string> list_errors(const test::TempDirectory& temp, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    fs::create_directory(temp / std::to_string(i));
    write_file(temp / (std::to_string(i) + "/go.mod"), texts[i]);
  }
  const auto run = test::run_shell("cd " + temp.path() +
                                   " && export GOPROXY=off GOWORK=off GOFLAGS= GOTOOLCHAIN=local\n"
                                   "for d in *; do (cd $d; go list -m >/dev/null 2>errors); done");
  REQUIRE(run.status == 0);
  std::vector<std::string> errors;
  for (std::size_t i = 0; i < texts.size(); ++i) errors.push_back(read_file(temp / (std::to_string(i) + "/errors")));
  return errors;
}

// The same from us: all that can be said of the file alone.
std::string list_error(std::string_view text, const std::string& path) {
  const VersionFixer offline = [](std::string_view, std::string_view) -> Result<std::string> {
    return fail(Code::kOffline, "module lookup disabled by GOPROXY=off");
  };
  const auto mod = parse_go_mod(text, {.shown = "go.mod", .full = path}, {.fix_version = offline});
  if (!mod) return "go: " + test::whole_text(mod.error()) + "\n";
  const auto checked = check_main_module(mod->manifest, "go.mod");
  return checked ? "" : "go: " + to_line(checked.error()) + "\n";
}

TEST_CASE("go.mod is read, written and refused as Go's own package does") {
  if (!test::has_oracle("go")) return;
  const test::ModOracle oracle("modfile_oracle.go");
  compare(oracle, kTexts);
  compare(oracle, mutations(kTexts, kMutations));
  compare(oracle, cached_go_mods());
}

TEST_CASE("a main module's go.mod is refused in the words of the go command") {
  if (!test::has_oracle("go")) return;
  const test::TempDirectory temp;
  const auto errors = list_errors(temp, kTexts);
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    CAPTURE(kTexts[i]);
    // This one needs more than the file to be told.
    if (errors[i].starts_with("go: updates to go.mod needed")) continue;
    CHECK(list_error(kTexts[i], temp / (std::to_string(i) + "/go.mod")) == errors[i]);
  }
}

}  // namespace
}  // namespace modtool::gomod
