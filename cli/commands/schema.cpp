
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/manifest_schema.hpp"

namespace modtool::cli {
namespace {

Action configure(FlagSet&) {
  return [](Session& session) -> Result<int> {
    session.console.print(manifest_schema());
    return kSuccess;
  };
}

}  // namespace

constinit const Command kSchemaCommand = {
    .name = "schema",
    .group = "machine",
    .summary = "print the JSON schema of modtool.json",
    .example = "modtool schema >modtool.schema.json",
    .configure = configure,
};

}  // namespace modtool::cli
