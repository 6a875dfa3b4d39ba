#include "cli/render/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "cli/render/causes.hpp"
#include "cli/render/fix.hpp"
#include "core/base/first_few.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

using vendor_tool::Finding;

constexpr std::size_t kShownOfModule = 5;

// What a finding about a module that no source gives has in common with others: behind the module, the reason.
std::string reason_of(const Finding& finding) {
  const auto behind = finding.message.find(": ");
  const std::string_view reason =
      std::string_view(finding.message).substr(behind == std::string::npos ? 0 : behind + 2);
  return std::string(cause_of(reason));
}

// One cause is told once, however many modules it keeps away.
std::vector<Finding> one_for_each_cause(const std::vector<Finding>& findings) {
  std::map<std::pair<Code, std::string>, std::vector<std::string>> others;
  std::vector<Finding> told;
  for (const auto& finding : findings) {
    if (finding.is_unavailable()) {
      const auto [known, is_new] = others.try_emplace({finding.code, reason_of(finding)});
      if (!is_new) {
        known->second.push_back(finding.module);
        continue;
      }
    }
    told.push_back(finding);
  }
  for (auto& finding : told) {
    if (!finding.is_unavailable()) continue;
    const auto& names = others.at({finding.code, reason_of(finding)});
    if (!names.empty()) finding.message += fmt::format("; nor can {} others: {}", names.size(), first_few(names));
  }
  return told;
}

std::string place(const Finding& finding) {
  const std::string path = make_printable_line(finding.path);
  return finding.line > 0 ? fmt::format("{}:{}", path, finding.line) : path;
}

// What is quoted may come from whoever changed the tree: it must not pass for lines or colours of ours.
std::string labelled(std::string_view label, std::string_view quoted) {
  return quoted.empty() ? "" : fmt::format("    {:<10}{}\n", label, make_printable_line(quoted));
}

std::string describe(const Finding& finding) {
  std::string text =
      fmt::format("{} {}: {}\n", to_string(finding.code), place(finding), make_printable_line(finding.message));
  text += labelled("expected:", finding.expected) + labelled("found:", finding.actual);
  if (finding.anchor.known()) text += labelled("anchor:", to_string(finding.anchor));
  if (!finding.fix.empty()) text += fmt::format("    fix: {}\n", make_printable_line(to_command(finding.fix)));
  return text;
}

json::Value as_json(const Finding& finding) {
  json::Value record = json::object({{"code", to_string(finding.code)}, {"path", finding.path}});
  if (finding.line > 0) add(record, "line", finding.line);
  add_if_any(record, "module", finding.module);
  add(record, "message", finding.message);
  add_if_any(record, "expected", finding.expected);
  add_if_any(record, "actual", finding.actual);
  if (finding.anchor.known()) add(record, "anchor", to_string(finding.anchor));
  add_fix(record, finding.fix);
  return record;
}

// Escapes as workflow commands ask; properties escape ':' and ',' too.
std::string escape_github(std::string_view text, bool is_property) {
  std::string escaped;
  for (const char c : make_printable_line(text)) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    escaped += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return escaped;
}

// A path as a URI reference.
std::string escape_uri(std::string_view path) {
  constexpr std::string_view kPlain = "/-._~@+";
  std::string escaped;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || kPlain.contains(c));
    escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return escaped;
}

json::Value sarif_location(const Finding& finding) {
  return json::object(
      {{"physicalLocation", json::object({{"artifactLocation", json::object({{"uri", escape_uri(finding.path)}})},
                                          {"region", json::object({{"startLine", std::max(finding.line, 1)}})}})}});
}

json::Value sarif_result(const Finding& finding) {
  return json::object({{"ruleId", to_string(finding.code)},
                       {"level", finding.is_stale() ? "warning" : "error"},
                       {"message", json::object({{"text", finding.message}})},
                       {"locations", json::array({sarif_location(finding)})}});
}

// The one fix of all findings; vendoring anew, where there are several.
Fix common_fix(const vendor_tool::CheckReport& report) {
  const Fix& first = report.findings.front().fix;
  const bool is_common = std::ranges::all_of(report.findings, [&](const auto& each) { return each.fix == first; });
  return is_common && !first.empty() ? first : Fix::modtool("vendor");
}

}  // namespace

std::string render_findings_text(const std::vector<Finding>& findings, bool all) {
  std::map<std::string, std::size_t> shown;
  std::string text;
  for (const auto& finding : all ? findings : one_for_each_cause(findings)) {
    if (++shown[finding.module] <= kShownOfModule || all) text += describe(finding);
  }
  for (const auto& [module, count] : shown) {
    if (count <= kShownOfModule || all) continue;
    text += fmt::format("… and {} more in {} (all with -v or --json)\n", count - kShownOfModule,
                        module.empty() ? "no module" : make_printable_line(module));
  }
  return text;
}

std::string render_findings_json(const std::vector<Finding>& findings, std::string_view summary) {
  json::Value list = json::array();
  for (const auto& finding : findings) append(list, as_json(finding));
  return json::format_document(
      json::object({{"schema", 1}, {"passed", findings.empty()}, {"summary", summary}, {"findings", std::move(list)}}));
}

std::string render_findings_github(const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) {
    text += fmt::format(
        "::{} file={},line={},title={}::{}\n", finding.is_stale() ? "warning" : "error",
        escape_github(finding.path, true), finding.line > 0 ? finding.line : 1, to_string(finding.code),
        escape_github(finding.message + (finding.fix.empty() ? "" : "; fix: " + to_command(finding.fix)), false));
  }
  return text;
}

std::string render_findings_sarif(const std::vector<Finding>& findings) {
  json::Value results = json::array();
  for (const auto& finding : findings) append(results, sarif_result(finding));
  const auto driver = json::object({{"name", "modtool"}, {"version", MODTOOL_VERSION}});
  auto run = json::object({{"tool", json::object({{"driver", driver}})}, {"results", std::move(results)}});
  return json::format_document(json::object({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                             {"version", "2.1.0"},
                                             {"runs", json::array({std::move(run)})}}));
}

std::string describe_check(const vendor_tool::CheckReport& report, const std::string& dialect) {
  const std::string findings =
      report.findings.size() == 1 ? "1 finding" : fmt::format("{} findings", report.findings.size());
  std::string text;
  if (report.passed()) {
    const std::string left_out =
        report.left_out > 0 ? fmt::format(", {} left out as .gitignore says", report.left_out) : "";
    const std::string added = report.added > 0 ? fmt::format(", {} of them kept by --with", report.added) : "";
    text = fmt::format("{}: {} files of {} modules proven by {}{}{}", report.vendor, report.files, report.modules,
                       report.evidence, added, left_out);
  } else if (report.has_unproven()) {
    text = report.vendor + ": not proven, " + findings;
  } else {
    text = fmt::format("{}: proven, but out of date, {}; fix: {}", report.vendor, findings,
                       to_command(common_fix(report).naming(dialect)));
  }
  for (const auto& copy : report.directories) text += "\n  as its directory is, which nothing vouches for: " + copy;
  for (const auto& module : report.unproven_allowed) text += "\n  allowed unproven: " + module;
  return text;
}

}  // namespace modtool::cli
