#include "core/build/meson/meson_layout.hpp"

#include <doctest/doctest.h>

#include "core/build/meson/meson_options.hpp"
#include "core/build/meson/meson_wrap.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {
namespace {

using Names = std::vector<std::string>;

PlannedModule planned(const std::string& path) {
  return {.module = {path, "v1.2.3"}, .directory = "vendor/" + path, .cmake_version = "1.2.3"};
}

struct Project {
  test::MemoryFileSystem files;
  BuildPlan plan;

  Project() { files.add("/p/meson.build", "project('p', subproject_dir: 'third/party')"); }

  PlannedModule& add(const std::string& path) {
    files.add("/p/vendor/" + path + "/meson.build", "project('" + path.substr(path.rfind('/') + 1) + "')");
    return plan.modules.emplace_back(planned(path));
  }

  Result<Names> save() {
    MODTOOL_TRY(const auto layout, plan_layout(files, "/p", plan));
    return save_layout(files, "/p", layout);
  }
};

}  // namespace

TEST_CASE("a wrap leads to a directory, and names what it provides") {
  const auto module = planned("a.org/x/z");
  const PlacedSubproject placed{
      .subproject = {.module = &module, .name = "z", .names = {"Z", "z", "y"}, .variables = {{"Z", "z_dep"}}},
      .directory = "z-v1.2.3"};
  CHECK(format_wrap(placed) == R"(# Made by modtool.
[wrap-file]
directory = z-v1.2.3

[provide]
dependency_names = y
z = z_dep
)");
  const Wrap wrap = read_wrap(format_wrap(placed), "z");
  CHECK(wrap.directory == "z-v1.2.3");
  CHECK(wrap.provided == Names{"y", "z"});
}

TEST_CASE("a wrap tells its directory, what it provides, and where it leads") {
  CHECK(read_wrap("[wrap-git]\n", "name").directory == "name");
  const Wrap wrap = read_wrap(
      "# [provide]\n[wrap-git]\n Directory = z \n[provide]\ndependency_names = a, B\nC = c_dep\n"
      "program_names = p\ndirectory = d_dep\n",
      "name");
  CHECK(wrap.directory == "z");
  CHECK(wrap.provided == Names{"a", "b", "c", "directory"});
  CHECK(wrap.redirection.empty());
  CHECK(read_wrap("[wrap-redirect]\nfilename = a/b.wrap\n", "b").redirection == "a/b.wrap");
  for (const auto* text : {"", "=", "[", "[provide]\n=", "[provide]\ndependency_names"}) {
    CHECK(read_wrap(text, "name").directory == "name");
  }
}

TEST_CASE("a wrap of the project's own that would fetch something else is told") {
  struct Case {
    const char* source;
    const char* other;
  };
  for (const auto& test :
       {Case{"[wrap-git]\nrevision = v1.2.3\n", ""}, Case{"[wrap-git]\nrevision = v2.0.0\n", "revision = v2.0.0"},
        Case{"[wrap-file]\nsource_url = https://a.org/z-1.2.3.zip\n", ""},
        Case{"[wrap-file]\nsource_url = https://a.org/z-1.3.zip\n", "source_url = https://a.org/z-1.3.zip"}}) {
    CAPTURE(test.source);
    Project project;
    project.add("a.org/x/z");
    project.files.add("/p/third/party/z.wrap", std::string(test.source) + "directory = z\n");
    const auto layout = REQUIRE_OK(plan_layout(project.files, "/p", project.plan));
    REQUIRE(layout.subprojects.size() == 1);
    CHECK(layout.subprojects[0].has_own_wrap);
    CHECK(layout.subprojects[0].other_source == test.other);
  }
}

TEST_CASE("subprojects are links to the sources, wherever the project has them") {
  Project project;
  project.add("a.org/x/z");
  project.add("a.org/x/y").directory = "/store/y";
  project.files.add("/store/y/meson.build", "project('y')");
  CHECK(REQUIRE_OK(project.save()).size() == 5);
  CHECK(REQUIRE_OK(project.files.read_link("/p/third/party/z-v1.2.3")) == "../../vendor/a.org/x/z");
  CHECK(REQUIRE_OK(project.files.read_link("/p/third/party/y-v1.2.3")) == "/store/y");
  CHECK(REQUIRE_OK(project.files.read("/p/third/party/z-v1.2.3/meson.build")) == "project('z')");
  project.files.clear_paths();
  CHECK(REQUIRE_OK(project.save()).empty());
  CHECK(project.files.written_paths().empty());
}

TEST_CASE("an overlay lies over the sources, file for file") {
  Project project;
  project.add("a.org/x/z").overlay = "over";
  project.files.add("/p/vendor/a.org/x/z/src/a.c", "a");
  project.files.add("/p/vendor/a.org/x/z/src/b.c", "b");
  project.files.add("/p/vendor/a.org/x/z/doc/c", "c");
  project.files.add("/p/over/meson.build", "project('z')  # over");
  project.files.add("/p/over/src/b.c", "other");
  REQUIRE_OK(project.save());
  const std::string place = "/p/third/party/z-v1.2.3/";
  CHECK(REQUIRE_OK(project.files.read(place + "meson.build")) == "project('z')  # over");
  CHECK(REQUIRE_OK(project.files.read(place + "src/a.c")) == "a");
  CHECK(REQUIRE_OK(project.files.read(place + "src/b.c")) == "other");
  CHECK(REQUIRE_OK(project.files.read_link(place + "doc")) == "../../../vendor/a.org/x/z/doc");
  // What is in neither any more is in the subproject no more.
  REQUIRE_OK(project.files.remove_all("/p/vendor/a.org/x/z/src/a.c"));
  REQUIRE_OK(project.save());
  CHECK_FALSE(has_entry(project.files, place + "src/a.c"));
  CHECK(has_entry(project.files, place + "src/b.c"));
}

TEST_CASE("what an earlier layout had goes, but for what is not modtool's any more") {
  Project project;
  project.add("a.org/x/z");
  project.add("a.org/x/y");
  REQUIRE_OK(project.save());
  REQUIRE_OK(project.files.write_atomic("/p/third/party/y.wrap", "[wrap-file]\ndirectory = y-v1.2.3\n"));
  project.plan.modules.clear();
  REQUIRE_OK(project.save());
  CHECK_FALSE(has_entry(project.files, "/p/third/party/z.wrap"));
  CHECK_FALSE(has_entry(project.files, "/p/third/party/z-v1.2.3"));
  CHECK_FALSE(has_entry(project.files, "/p/third/party/y-v1.2.3"));
  CHECK(has_entry(project.files, "/p/third/party/y.wrap"));
}

TEST_CASE("wraps that Meson put there for those of a module go, and others stay") {
  Project project;
  project.add("a.org/x/z");
  REQUIRE_OK(project.save());
  project.files.add("/p/third/party/in.wrap", "[wrap-redirect]\nfilename = z-v1.2.3/subprojects/in.wrap\n");
  project.files.add("/p/third/party/own.wrap", "[wrap-redirect]\nfilename = own/subprojects/own.wrap\n");
  project.files.add("/p/third/party/other.wrap", "[wrap-file]\nfilename = z-v1.2.3/subprojects/in.wrap\n");
  REQUIRE_OK(project.save());
  CHECK_FALSE(has_entry(project.files, "/p/third/party/in.wrap"));
  CHECK(has_entry(project.files, "/p/third/party/own.wrap"));
  CHECK(has_entry(project.files, "/p/third/party/other.wrap"));
}

TEST_CASE("a record that names what is elsewhere removes nothing") {
  Project project;
  project.files.add("/p/.modtool/subprojects", "../..\nown\n.gitignore\nsub/own\n");
  project.files.add("/p/third/party/own/file", "mine");
  REQUIRE_OK(project.save());
  CHECK(has_entry(project.files, "/p/third/party/own/file"));
  CHECK(has_entry(project.files, "/p/meson.build"));
}

TEST_CASE("what modtool made is known by its .gitignore where its record is gone") {
  Project project;
  project.add("a.org/x/z").recipe.header_only = {"include"};
  REQUIRE_OK(project.save());
  REQUIRE_OK(project.files.remove_all("/p/.modtool"));
  project.plan.modules[0].module.version = "v1.3.0";
  REQUIRE_OK(project.save());
  CHECK_FALSE(has_entry(project.files, "/p/third/party/z-v1.2.3"));
  CHECK(has_entry(project.files, "/p/third/party/z-v1.3.0/meson.build"));
  project.plan.modules.clear();
  REQUIRE_OK(project.save());
  CHECK(REQUIRE_OK(project.files.list("/p/third/party")).empty());
}

TEST_CASE("a project's own wrap that provides what a module does tells the place") {
  Project project;
  project.add("a.org/x/z");
  project.files.add("/p/third/party/libz.wrap", "[wrap-file]\ndirectory = zdir\n[provide]\nZ = z_dep\n");
  project.files.add("/p/third/party/in.wrap", "[wrap-redirect]\nfilename = zdir/subprojects/in.wrap\n");
  REQUIRE_OK(project.save());
  CHECK(has_entry(project.files, "/p/third/party/zdir"));
  CHECK_FALSE(has_entry(project.files, "/p/third/party/z.wrap"));
  CHECK(REQUIRE_OK(plan_layout(project.files, "/p", project.plan)).subprojects[0].subproject.name == "libz");
  REQUIRE_OK(project.save());
  CHECK(has_entry(project.files, "/p/third/party/in.wrap"));  // Meson made it, or the project has it: who knows
}

TEST_CASE("what the project has where a module has to be is left alone") {
  struct Case {
    const char* file;
    const char* text;
    const char* named;
  };
  for (const auto& test : {
           Case{"z.wrap/file", "mine", "`third/party/z.wrap` is not modtool's, and a.org/x/z@v1.2.3 has to be there"},
           Case{"z-v1.2.3/file", "mine", "`third/party/z-v1.2.3` is not modtool's"},
           Case{"z.wrap", "[wrap-redirect]\nfilename = y/subprojects/z.wrap\n", "`third/party/z.wrap`"},
           Case{"zz.wrap", "[wrap-file]\ndirectory = ../z\n[provide]\nz = z_dep\n", "`third/party/zz.wrap`"},
       }) {
    CAPTURE(test.file);
    Project project;
    project.add("a.org/x/z");
    const std::string file = std::string("/p/third/party/") + test.file;
    project.files.add(file, test.text);
    CHECK_ERROR(project.save(), Code::kNameClash, test.named);
    CHECK(REQUIRE_OK(project.files.read(file)) == test.text);
  }
}

TEST_CASE("two modules do not share a directory") {
  Project project;
  project.add("a.org/x/z");
  project.add("a.org/x/y");
  project.files.add("/p/third/party/both.wrap", "[wrap-file]\n[provide]\ndependency_names = z, y\n");
  CHECK_ERROR(project.save(), Code::kNameClash, "`third/party/both` is not modtool's, and a.org/x/y@v1.2.3");
}

TEST_CASE("a .gitignore that is none of modtool's files stays") {
  Project project;
  project.add("a.org/x/z");
  project.files.add("/p/third/party/.gitignore/file", "mine");
  REQUIRE_OK(project.save());
  CHECK(has_entry(project.files, "/p/third/party/.gitignore/file"));
}

TEST_CASE("subprojects outside the project, or among the modules, are refused before anything is written") {
  for (const auto* place : {"..", "../out", "/out", ".", "", "a/../../out", ".git", "a//b", "vendor", "vendor/a.org"}) {
    CAPTURE(place);
    Project project;
    project.add("a.org/x/z");
    project.files.add("/p/meson.build", "project('p', subproject_dir: '" + std::string(place) + "')");
    project.files.clear_paths();
    CHECK_ERROR(project.save(), Code::kBuildFailed, "`subproject_dir`");
    CHECK(project.files.written_paths().empty());
  }
}

TEST_CASE("a user's definitions come last, and lists of his behind those of modtool") {
  Project project;
  project.add("a.org/x/z").recipe.meson.options = {{"loud", "true"}};
  const auto layout = REQUIRE_OK(plan_layout(project.files, "/p", project.plan));
  CHECK(define_options(layout,
                       {.prefix = "",
                        .pkg_config_path = "/pc",
                        .users = {"z:loud=false", "force_fallback_for=a,b", "pkg_config_path=/x", "CMAKE_A=1"}}) ==
        Names{"-Dwrap_mode=nodownload", "-Dforce_fallback_for=z,a,b", "-Dz:loud=true", "-Dz:loud=false",
              "-Dpkg_config_path=/x"});
  const std::string own = "-Dpkg_config_path=/i/lib/pkgconfig,/i/lib64/pkgconfig,/i/share/pkgconfig,";
  CHECK(define_options(layout, {.prefix = "/i", .pkg_config_path = "/a:/b", .users = {"cmake_prefix_path=/c"}}) ==
        Names{"-Dwrap_mode=nodownload", "-Dforce_fallback_for=z", "-Dz:loud=true", "-Dcmake_prefix_path=/i,/c",
              own + "/a,/b"});
  CHECK(define_options(layout, {.prefix = "/i", .pkg_config_path = "/a", .users = {"pkg_config_path=/x"}}).back() ==
        own + "/x");
  CHECK_ERROR(check_definitions({"a=b", "wrap_mode=default"}), Code::kUsage, "`-D wrap_mode` is modtool's own");
  REQUIRE_OK(check_definitions({"wrap_modes=default"}));
}

TEST_CASE("Meson is told to take the modules by all of their names") {
  Project project;
  project.add("a.org/x/z").recipe.meson = {.names = {"Z", "z2"}, .provide = {}, .options = {{"tests", "false"}}};
  project.files.add("/p/vendor/a.org/x/c/CMakeLists.txt", "project(c)");
  project.plan.modules.push_back(planned("a.org/x/c"));
  project.plan.modules.back().recipe.meson.options = {{"not", "used"}};
  const auto layout = REQUIRE_OK(plan_layout(project.files, "/p", project.plan));
  CHECK(meson_options(layout) ==
        Values{{"wrap_mode", "nodownload"}, {"force_fallback_for", "Z,z2"}, {"Z:tests", "false"}});
  CHECK(meson_files(layout)[1].text == R"(# Made by modtool.
[built-in options]
wrap_mode = 'nodownload'
force_fallback_for = ['Z', 'z2']

[Z:project options]
tests = 'false'
)");
}

}  // namespace modtool::build
