#include "cli/render/go_json.hpp"

#include "core/base/json_writer.hpp"
#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("records are indented with tabs, and what means something in HTML is escaped") {
  const auto record = json::object({{"Query", "<v1&>"}, {"Origin", json::object({{"VCS", "git"}})}, {"Reuse", true}});
  CHECK(cli::format_go_json(record) ==
        "{\n\t\"Query\": \"\\u003cv1\\u0026\\u003e\",\n\t\"Origin\": {\n\t\t\"VCS\": \"git\"\n\t},\n"
        "\t\"Reuse\": true\n}");
  CHECK(cli::format_go_json(json::object()) == "{}");
}
