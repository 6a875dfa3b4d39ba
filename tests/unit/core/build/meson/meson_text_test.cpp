#include "core/build/meson/meson_text.hpp"

#include <doctest/doctest.h>

namespace modtool::build {

TEST_CASE("what a meson.build says of itself is read without running it") {
  const auto file = read_meson_file(R"(# project('no')
project ( 'it\'s', 'c',
  subproject_dir : 'third_party', version: '''1.0''')
text = '''project('no')'''
if a == b
  it_dep = declare_dependency()  # other_dep = x
endif
meson.override_dependency('it', it_dep)
meson.override_dependency(name, it_dep)
foo(bar: 'override_dependency')
subdir('src')
subdir(name)
static_library('z', 'a.c')
library(name)
pkg.generate(z, filebase: 'zlib')
)");
  CHECK(file.subdirs == std::vector<std::string>{"src"});
  CHECK(file.libraries == std::vector<std::string>{"z"});
  CHECK(file.pc_files == std::vector<std::string>{"zlib"});
  CHECK(file.project == "it's");
  CHECK(file.subprojects_directory == "third_party");
  CHECK(file.overrides == std::vector<std::string>{"it"});
  CHECK(file.variables == std::vector<std::string>{"text", "it_dep"});
  CHECK(read_meson_file("").subprojects_directory == "subprojects");
  CHECK(read_meson_file("project(name)").project.empty());
}

TEST_CASE("a meson.build that ends early is read as far as it goes") {
  for (const auto* text :
       {"project('a", "project('", "project(", "project('''", "project('''a''", "project('a\\", "#"}) {
    CAPTURE(text);
    CHECK(read_meson_file(text).overrides.empty());
  }
  CHECK(read_meson_file("project('a").project == "a");
}

TEST_CASE("any text is a string of Meson") {
  CHECK(meson_string("") == "''");
  CHECK(meson_string("a'b\\c") == "'a\\'b\\\\c'");
  CHECK(read_meson_file("project(" + meson_string("a'b\\c\\'") + ")").project == "a'b\\c\\'");
}

}  // namespace modtool::build
