// The checks that look at settings, projects, and the ways to their modules.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/engine/doctor_checks.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/source_settings.hpp"
#include "core/io/url.hpp"

namespace modtool::engine {
namespace {

// Each of several in one error by itself.
void add_problems(const Error& error, std::vector<Observation>& seen) {
  if (error.problems.empty()) return seen.push_back(problem(error));
  for (const auto& each : error.problems) seen.push_back(problem(each));
}

project::DialectRow row_for(const Context& context, const ProjectChoice& choice) {
  const auto rows = project::dialects(context.settings.tools);
  const auto found = project::find_dialect(rows, named_dialect(context, choice));
  if (found) return *found;
  return choice.root != nullptr ? choice.root->rows.front() : rows.front();
}

void open_side(Patient& patient, const ProjectChoice& choice) {
  const Context& context = patient.context;
  auto opened = OpenProject::open(context, {.command = "doctor",
                                            .choice = choice,
                                            .offline = !patient.options.online,
                                            .use_index = false,
                                            .is_held = true,
                                            .relock = true,
                                            .asks_once = true});
  if (opened) return void(patient.sides.emplace_back(std::move(*opened)));
  add_problems(opened.error(), patient.opening);
  patient.sides.emplace_back(context, row_for(context, choice));
}

// Without a project every dialect is looked at that is meant.
void open_without_project(Patient& patient) {
  const auto& settings = patient.context.settings;
  for (const auto& row : project::dialects(settings.tools)) {
    const bool is_meant = !settings.which.names_dialect() || settings.which.name() == row.dialect->name();
    if (is_meant) patient.sides.emplace_back(patient.context, row);
  }
}

bool finds_project(Patient& patient) {
  const auto& settings = patient.context.settings;
  const auto root = project::find_root(
      patient.context.files,
      {.directory = settings.directory, .not_a_root = settings.temp_directory, .which = settings.which},
      settings.tools);
  if (root || !settings.modfile.empty()) return true;
  patient.opening.push_back(root.error().code == Code::kNoProject ? fine("there is none here") : problem(root.error()));
  return false;
}

void open_projects(Patient& patient) {
  const auto choices = choose_projects(patient.context, "");
  if (!choices) {
    add_problems(choices.error(), patient.opening);
    return open_without_project(patient);
  }
  for (const auto& choice : *choices) open_side(patient, choice);
}

std::string counted(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// Answers of servers that are asked at once; a server that several routes lead to by one address is asked once.
struct Enquiry {
  Side& side;
  const source::Route& route;
  source::Answer answer = {};
};

std::vector<Enquiry> list_enquiries(Patient& patient) {
  std::map<std::string, Enquiry> each;
  for (std::size_t i = 0; i < patient.routes.size(); ++i) {
    for (const auto& route : patient.routes[i]) {
      if (!route.url.empty()) each.try_emplace(route.url, Enquiry{.side = patient.sides[i], .route = route});
    }
  }
  std::vector<Enquiry> enquiries;
  enquiries.reserve(each.size());
  for (auto& [url, enquiry] : each) enquiries.push_back(std::move(enquiry));
  return enquiries;
}

}  // namespace

Side::Side(std::unique_ptr<OpenProject> opened) : opened_(std::move(opened)) {}

Side::Side(const Context& context, const project::DialectRow& row)
    : none_(std::make_unique<const project::Project>(
          project::no_project({row}, project::Which::dialect(std::string(row.dialect->name()))))),
      lock_(std::make_unique<const resolve::LockIndex>(none_->lock)),
      supply_(none_->make_supply(source_settings(context.settings, {.asks_once = true}),
                                 {.project = *none_,
                                  .lock = *lock_,
                                  .files = context.files,
                                  .pool = context.pool,
                                  .reporter = context.reporter,
                                  .cancellation = context.cancellation})) {}

std::vector<module::ModuleVersion> Side::modules() const {
  if (opened_ == nullptr) return {};
  std::vector<module::ModuleVersion> modules;
  const auto add = [&](const module::ModuleVersion& module) {
    const auto stand_in = opened_->replacements().stand_in(module);
    if (!stand_in.is_directory()) modules.push_back(stand_in);
  };
  for (const auto& locked : opened_->project().lock.modules) {
    if (!locked.sum.empty()) add(locked.module);
  }
  for (const auto& requirement : opened_->project().manifest.require) add(requirement.module);
  std::ranges::stable_sort(modules, {}, &module::ModuleVersion::path);
  const auto rest = std::ranges::unique(modules, {}, &module::ModuleVersion::path);
  modules.erase(rest.begin(), rest.end());
  return modules;
}

void open_sides(Patient& patient) {
  if (finds_project(patient)) {
    open_projects(patient);
  } else {
    open_without_project(patient);
  }
  for (auto& side : patient.sides) patient.routes.push_back(side.supply().routes(side.modules()));
}

std::vector<Observation> check_settings(Patient& patient) {
  const auto& problems = patient.context.settings.problems;
  if (problems.empty()) return {fine("all of them can be used; `modtool env` shows each")};
  std::vector<Observation> seen;
  seen.reserve(problems.size());
  for (const auto& error : problems) seen.push_back(problem(error));
  return seen;
}

std::vector<Observation> check_project(Patient& patient) {
  auto seen = patient.opening;
  for (const auto& side : patient.sides) {
    if (side.project() == nullptr) continue;
    const auto& project = *side.project();
    const std::string path = project.manifest.path.empty() ? "" : project.manifest.path + ", ";
    seen.push_back(fine(
        fmt::format("{}: {}{}", io::base_name(project.manifest_path), path, counted(side.modules().size(), "module"))));
  }
  return seen;
}

std::vector<Observation> check_modules(Patient& patient) {
  std::vector<Observation> seen;
  for (const auto& routes : patient.routes) {
    for (const auto& route : routes) seen.push_back(route.seen);
  }
  return seen;
}

std::vector<Observation> check_logins(Patient& patient) {
  std::vector<Observation> seen;
  for (auto& side : patient.sides) std::ranges::move(side.supply().login_places(), std::back_inserter(seen));
  return seen;
}

std::vector<Observation> check_servers(Patient& patient) {
  auto enquiries = list_enquiries(patient);
  const auto asked = patient.context.pool.for_each(enquiries.size(), [&](std::size_t i) -> Result<void> {
    const WorkerPool::Wait wait(patient.context.pool);
    enquiries[i].answer = enquiries[i].side.supply().ask(enquiries[i].route);
    return {};
  });
  if (!asked) return {problem(asked.error())};
  std::vector<Observation> seen;
  for (const auto& [side, route, answer] : enquiries) {
    seen.push_back(answer.seen);
    const std::string server = "a server, " + std::string(io::split_url(route.url).place);
    if (answer.date) add_drift(patient.options.now, *answer.date, server, seen);
  }
  if (seen.empty()) seen.push_back(fine("there is none to ask"));
  return seen;
}

}  // namespace modtool::engine
