#include <CLI/CLI.hpp>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/operations/vendor.hpp"
#include "cli/render_error.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

// What Go says while it vendors: with -v each line of modules.txt.
void tell_as_go(Session& session, const VendorReport& report, bool verbose) {
  for (const auto& error : report.errors) session.console.say(render_go_error(error));
  if (verbose && !report.plan.empty()) session.console.say(trim(report.plan.modules_txt));
  if (report.plan.empty()) session.console.say("go: no dependencies to vendor");
}

Task configure_mod(CLI::App& app) {
  auto options = std::make_shared<VendorOptions>(VendorOptions{.go_face = true});
  auto verbose = std::make_shared<bool>(false);
  app.add_option("-o,--o", options->output);
  app.add_option("--modfile", options->manifest_file);
  app.add_flag("--modcacherw", options->writable_cache);
  app.add_flag("-e,--e", options->allow_errors);
  app.add_flag("-v,--v", *verbose);
  app.add_flag("-x,--x");
  return [options, verbose](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, vendor_project(session, *options));
    tell_as_go(session, report, *verbose);
    return kSuccess;
  };
}

}  // namespace

constinit const Command kModVendorCommand = {
    .name = "mod vendor",
    .group = "",
    .summary = "make the vendor directory, as the go command does",
    .example = "modtool mod vendor -v",
    .configure = configure_mod,
    .is_go_face = true,
    .go_usage = "mod vendor [-e] [-v] [-o outdir]",
};

}  // namespace modtool::cli
