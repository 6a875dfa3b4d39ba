#include <fmt/format.h>

#include <map>

#include "cli/commands/commands.hpp"
#include "cli/commands/edit_report.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/edit.hpp"

namespace modtool::cli {
namespace {

using manifest::ManifestDocument;
using module::ModuleVersion;

// Makes the edit that the value of a flag asks for.
using EditParser = std::function<Result<engine::DocumentEdit>(const std::string& value)>;

std::unexpected<Error> bad_value(const std::string& value, const std::string& form) {
  return fail(Code::kUsage, fmt::format("{} is not {}", quote(value), form));
}

// Splits "path@version" or "path=version".
Result<ModuleVersion> parse_module(const std::string& value, char separator) {
  const auto at = value.find(separator);
  const bool is_whole = at != value.npos && at > 0 && at + 1 < value.size();
  if (!is_whole) return bad_value(value, fmt::format("path{}version", separator));
  return ModuleVersion{value.substr(0, at), value.substr(at + 1)};
}

// "path" or "path@version".
ModuleVersion parse_side(const std::string& value) {
  const auto at = value.find('@');
  return {value.substr(0, at), at == value.npos ? "" : value.substr(at + 1)};
}

using ModuleEdit = Result<void> (ManifestDocument::*)(const ModuleVersion&);
using PathEdit = Result<void> (ManifestDocument::*)(const std::string&);

EditParser with_module(ModuleEdit edit, char separator) {
  return [=](const std::string& value) -> Result<engine::DocumentEdit> {
    MODTOOL_TRY(const auto module, parse_module(value, separator));
    return [=](ManifestDocument& document) { return (document.*edit)(module); };
  };
}

EditParser with_path(PathEdit edit) {
  return [=](const std::string& value) -> Result<engine::DocumentEdit> {
    return [=](ManifestDocument& document) { return (document.*edit)(value); };
  };
}

Result<engine::DocumentEdit> parse_replacement(const std::string& value) {
  const auto equals = value.find('=');
  if (equals == value.npos || equals == 0) return bad_value(value, "old[@version]=new[@version]");
  const ModuleVersion from = parse_side(value.substr(0, equals));
  const ModuleVersion to = parse_side(value.substr(equals + 1));
  const bool is_directory = to.path.starts_with("./") || to.path.starts_with("../") || to.path.starts_with('/');
  if (to.version.empty() != is_directory) {
    return bad_value(value, "old[@version]=new@version, or old[@version]=./directory");
  }
  return [=](ManifestDocument& document) { return document.set_replacement(from, to); };
}

// The flags of `edit` with their values, in the order in which they were typed.
class EditFlags {
 public:
  explicit EditFlags(FlagSet& set) : set_(set) {
    add("--require", "PATH@VERSION", "require it, or change the version",
        [this](const std::string& value) { return require(value); });
    add("--droprequire", "PATH", "require it no more", [this](const std::string& value) { return drop(value); });
    add("--replace", "OLD[@V]=NEW", "NEW is PATH@V or a directory (./, ../ or / in front)", parse_replacement);
    add("--dropreplace", "OLD[@V]", "replace it no more", [](const std::string& value) -> Result<engine::DocumentEdit> {
      return [from = parse_side(value)](ManifestDocument& document) { return document.drop_replacement(from); };
    });
    add("--exclude", "PATH@VERSION", "pass that version over", with_module(&ManifestDocument::add_exclusion, '@'));
    add("--dropexclude", "PATH@VERSION", "pass it over no more", with_module(&ManifestDocument::drop_exclusion, '@'));
    add("--major", "PATH=VERSION", "let that version serve whoever needs an older class",
        with_module(&ManifestDocument::set_major, '='));
    add("--dropmajor", "PATH", "accept no class in particular", with_path(&ManifestDocument::drop_major));
    set.add_option("--group", group_, "of the requirements: that group of the manifest").value("NAME");
  }

  // As `go mod edit` takes them; it knows no classes of versions.
  std::vector<std::string> for_go() const {
    std::vector<std::string> flags;
    for (const auto& flag : set_.typed()) {
      const bool is_known = parsers_.contains("--" + flag.name) && !flag.name.ends_with("major");
      if (is_known) flags.push_back(fmt::format("-{}={}", flag.name, flag.value));
    }
    return flags;
  }

  Result<std::vector<engine::DocumentEdit>> edits() const {
    std::vector<engine::DocumentEdit> edits;
    for (const auto& flag : set_.typed()) {
      const auto parser = parsers_.find("--" + flag.name);
      if (parser == parsers_.end()) continue;
      MODTOOL_TRY(auto edit, parser->second(flag.value));
      edits.push_back(std::move(edit));
    }
    return edits;
  }

 private:
  void add(const std::string& flag, const std::string& form, const std::string& meaning, EditParser parser) {
    set_.add_option(flag, values_[flag], meaning).value(form).one_value_each_time();
    parsers_.emplace(flag, std::move(parser));
  }

  Result<engine::DocumentEdit> require(const std::string& value) const {
    MODTOOL_TRY(const auto module, parse_module(value, '@'));
    return [module, group = group_](ManifestDocument& document) { return document.set_requirement(module, group); };
  }

  Result<engine::DocumentEdit> drop(const std::string& path) const {
    return [path, group = group_](ManifestDocument& document) { return document.drop_requirement(path, group); };
  }

  FlagSet& set_;
  std::string group_;
  std::map<std::string, std::vector<std::string>> values_;  // by flag
  std::map<std::string, EditParser> parsers_;               // likewise
};

// Without the comments.
Result<std::string> as_json(const engine::EditReport& report) {
  MODTOOL_TRY(const auto manifest, json::parse(report.text, report.manifest_name));
  return json::format_document(manifest);
}

Action configure(FlagSet& set) {
  auto flags = std::make_shared<EditFlags>(set);
  auto print = std::make_shared<bool>(false);
  auto dry_run = std::make_shared<bool>(false);
  set.add_switch("--print", *print, "print the manifest, and write nothing; with --json, without its comments");
  set.add_switch("--dry-run", *dry_run, "show what would change, and write nothing");
  set.add_idle_switch("--fmt", "nothing: the layout of a manifest is its author's");
  return [=](Session& session) -> Result<int> {
    const bool prints = *print || session.global.json;
    engine::EditOptions options{.write = !prints && !*dry_run};
    MODTOOL_TRY(options.edits, flags->edits());
    options.for_go = flags->for_go();
    MODTOOL_TRY(const auto report, engine::edit_manifest(session.context, options));
    if (!prints) return render_edit(session, report, *dry_run);
    MODTOOL_TRY(const auto text, session.global.json ? as_json(report) : report.text);
    session.console.print(text);
    return kSuccess;
  };
}

}  // namespace

constinit const Command kEditCommand = {
    .name = "edit",
    .group = "change",
    .summary = "change modtool.json without resolving anything",
    .example = "modtool edit -require=example.com/log@v1.4.0 -exclude=example.com/fmt@v2.0.0",
    .configure = configure,
};

}  // namespace modtool::cli
