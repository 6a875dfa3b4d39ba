#include "core/base/fix.hpp"

#include "core/base/fix_words.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("a fix is worded as what is typed into a shell") {
  struct Case {
    Fix fix;
    std::string command;
  };
  const Fix vendor = Fix::modtool("vendor");
  for (const auto& [fix, command] : {
           Case{{}, ""},
           Case{vendor, "modtool vendor"},
           Case{Fix::modtool("vendor", {"--sums-only"}), "modtool vendor --sums-only"},
           Case{Fix::modtool("mod graph", {"-x"}), "modtool mod graph -x"},
           Case{Fix::command({"go", "mod", "download"}).with("a.org/a@v1.0.0"), "go mod download a.org/a@v1.0.0"},
           Case{Fix::command({"rm", "-r", "x/modtool.sums"}).then(vendor), "rm -r x/modtool.sums && modtool vendor"},
           Case{vendor.under("GOWORK=off").then(Fix::command({"git", "init"})),
                "GOWORK=off modtool vendor && git init"},
           Case{Fix::command({"ssh-keyscan", "a.org"}).appending_to("~/.ssh/known_hosts"),
                "ssh-keyscan a.org >> ~/.ssh/known_hosts"},
           Case{Fix::command({"echo", "vendor/** -text"}).appending_to(".gitattributes").then(vendor),
                "echo 'vendor/** -text' >> .gitattributes && modtool vendor"},
       }) {
    CHECK(to_command(fix) == command);
    CHECK(fix.empty() == command.empty());
  }
}

TEST_CASE("a word stays one word, whatever a shell would make of it") {
  struct Case {
    Fix fix;
    std::string command;
  };
  for (const auto& [fix, command] : {
           Case{Fix::command({"rm", "-r", "/my project/modtool.sums"}), "rm -r '/my project/modtool.sums'"},
           Case{Fix::command({"rm", ""}), "rm ''"},
           Case{Fix::modtool("get", {"a.org/a@>=v1 && reboot"}), "modtool get 'a.org/a@>=v1 && reboot'"},
           Case{Fix::modtool("why", {"$(x)", "it's"}), "modtool why '$(x)' 'it'\\''s'"},
           Case{Fix::command({"cat", "~"}), "cat '~'"},
           Case{Fix::command({"cat", "a"}).appending_to("a b"), "cat a >> 'a b'"},
           Case{Fix::command({"cat", "a"}).appending_to("~/a b"), "cat a >> ~/'a b'"},
           Case{Fix::modtool("graph").under("GOFLAGS=-x -y").under("GOWORK="), "GOFLAGS='-x -y' GOWORK= modtool graph"},
       }) {
    CHECK(to_command(fix) == command);
  }
}

TEST_CASE("a fix names the project that it is for") {
  struct Case {
    Fix fix;
    std::string command;
  };
  const Fix tidy = Fix::modtool("tidy");
  for (const auto& [fix, command] : {
           Case{{}, ""},
           Case{tidy, "modtool tidy --dialect=native"},
           Case{Fix::modtool("vendor", {"--sums-only"}), "modtool vendor --dialect=native --sums-only"},
           Case{Fix::command({"rm", "native/modtool.sums"}).then(tidy).then(Fix::modtool("vendor", {"-q"})),
                "rm native/modtool.sums && modtool tidy --dialect=native && modtool vendor --dialect=native -q"},
           Case{Fix::modtool("graph").under("GOWORK=off"), "GOWORK=off modtool graph --dialect=native"},
           Case{tidy.naming("go"), "modtool tidy --dialect=go"},
           Case{tidy.naming(""), "modtool tidy --dialect=native"},
           Case{Fix::modtool("init", {"x", "--dialect=go"}), "modtool init x --dialect=go"},
           Case{Fix::modtool("mod graph").under("GOWORK=off"), "GOWORK=off modtool mod graph"},
           Case{Fix::modtool("mod", {"tidy"}), "modtool mod tidy"},
           Case{Fix::modtool("modify"), "modtool modify --dialect=native"},
           Case{Fix::command({"go", "mod", "tidy"}), "go mod tidy"},
           Case{Fix::command({"echo", "modtool tidy"}), "echo 'modtool tidy'"},
       }) {
    CHECK(to_command(fix.naming("native")) == command);
    CHECK(fix.naming("") == fix);
  }
  CHECK(to_command(tidy.then(tidy.naming("go"))) == "modtool tidy --dialect=go && modtool tidy --dialect=go");
}

TEST_CASE("a fix for another directory goes there") {
  const Fix vendor = Fix::modtool("vendor", {"--sums-only"});
  const Fix checkout = Fix::command({"rm", "-r", "vendor"}).then(vendor);
  CHECK(to_command(vendor.inside("a b")) == "modtool -C 'a b' vendor --sums-only");
  CHECK(to_command(vendor.then(vendor).inside("x")) ==
        "modtool -C x vendor --sums-only && modtool -C x vendor --sums-only");
  CHECK(to_command(checkout.inside("x")) == "(cd x && rm -r vendor && modtool vendor --sums-only)");
  CHECK(to_command(vendor.inside("").inside("x").inside("y")) == "modtool -C x vendor --sums-only");
}

TEST_CASE("a fix is a program and its arguments, too, and a shell's where it takes one") {
  using Words = std::vector<std::string>;
  const Fix graph = Fix::modtool("mod graph", {"a b", "$c"});
  CHECK(to_words(Fix()).empty());
  CHECK(to_words(graph) == Words{"modtool", "mod", "graph", "a b", "$c"});
  CHECK(to_words(graph.under("A=b c").inside("-d")) ==
        Words{"env", "A=b c", "modtool", "-C", "./-d", "mod", "graph", "a b", "$c"});
  CHECK(to_words(Fix::modtool("tidy").naming("native")) == Words{"modtool", "tidy", "--dialect=native"});
  for (const auto& fix :
       {graph.then(graph), Fix::command({"a"}).appending_to("b"), Fix::command({"a"}).inside("b c")}) {
    CHECK(to_words(fix) == Words{"sh", "-c", to_command(fix)});
  }
}

TEST_CASE("a fix that is added to stays what it was") {
  const Fix download = Fix::command({"go", "mod", "download"});
  CHECK(to_command(download.with("a@v1.0.0")) == "go mod download a@v1.0.0");
  CHECK(to_command(download.with("b@v1.0.0")) == "go mod download b@v1.0.0");
  CHECK(to_command(download) == "go mod download");
}

TEST_CASE("a fix comes out of a line as it went in") {
  for (const auto& fix : {
           Fix(),
           Fix::modtool("vendor", {"--check", "a b\n\"c\"", ""}).naming("native"),
           Fix::again("get", {"a@v1"}),
           Fix::again("get", {"a@v1"}, "https://a"),
           Fix::command({"ssh-keygen", "-R", "[host]:2222"})
               .then(Fix::command({"ssh-keyscan", "höst"}).under("A=b").appending_to("~/.ssh/known_hosts")),
       }) {
    const std::string line = format_fix(fix);
    INFO(line);
    CHECK(!line.contains('\n'));
    CHECK(parse_fix(line) == fix);
  }
}

TEST_CASE("a line that no fix is written as is none") {
  for (const std::string line : {
           "",
           "go mod tidy",
           "[]",
           "{}",
           "null",
           R"("go mod tidy")",
           "[1]",
           R"(["",[]])",
           R"(["",{}])",
           R"(["", [[],"",["go"],"",""]])",
           R"(["",[[],"",["go"]]])",
           R"(["",[[],"",["go"],""]])",
           R"(["",[[],"",["go"],"","",""]])",
           R"(["",[[],"",["go",1],"",""]])",
           R"(["",[[],"",[["go"]],"",""]])",
           R"(["",[[],"",["go"],"","once"]])",
           R"(["",[[],[],["go"],"",""]])",
           R"(["",["","",["go"],"",""]])",
           R"(["",[[],"",["go"],"",""]]x)",
       }) {
    INFO(line);
    CHECK(parse_fix(line) == std::nullopt);
  }
  CHECK(parse_fix(R"(["",[[],"",["go"],"",""]])") == Fix::command({"go"}));
}
