#include "graph/pattern.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace modtool::graph {

namespace {

// The usual linear matching: on a mismatch, the last `*` takes one byte more.
bool matches_glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_end = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_end = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_end;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool names_version(std::string_view pattern) { return pattern.contains('@'); }

std::string nearest_node(const Graph& graph, std::string_view pattern) {
  std::vector<std::string> names;
  names.reserve(graph.nodes.size());
  for (const auto& node : graph.nodes) names.push_back(names_version(pattern) ? node_id(node) : node.path);
  return nearest_name(pattern, names);
}

// The versions that the graph holds of the path in "path@version", where it holds some.
std::string known_versions(const Graph& graph, std::string_view pattern) {
  const auto path = pattern.substr(0, pattern.find('@'));
  std::vector<std::string> versions;
  for (const auto& node : graph.nodes) {
    if (node.path == path && !node.version.empty()) versions.push_back(node.version);
  }
  return names_version(pattern) ? join(versions, ", ") : "";
}

Error no_such_node(const Graph& graph, std::string_view flag, std::string_view pattern) {
  Error error{.code = Code::kNoSuchNode,
              .message = fmt::format("{}: no module of the graph is `{}`", flag, make_printable(pattern))};
  if (const auto versions = known_versions(graph, pattern); !versions.empty()) {
    const auto path = pattern.substr(0, pattern.find('@'));
    error.message += fmt::format("; it holds {} at {}", make_printable(path), make_printable(versions));
    error.fix = Fix::again("graph", {std::string(flag), std::string(path)});
  } else if (const auto name = nearest_node(graph, pattern); !name.empty()) {
    error.message += fmt::format("; the nearest is `{}`", make_printable(name));
    error.fix = Fix::again("graph", {std::string(flag), name});
  }
  return error;
}

}  // namespace

bool matches(std::string_view pattern, const Node& node) {
  if (!names_version(pattern)) return matches_glob(pattern, node.path);
  return matches_glob(pattern, node.version.empty() ? node.path : node.path + "@" + node.version);
}

Result<NodeSet> find_nodes(const Graph& graph, std::string_view flag, const std::vector<std::string>& patterns) {
  NodeSet found(graph.nodes.size());
  for (const auto& pattern : patterns) {
    bool any = false;
    for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
      if (!matches(pattern, graph.nodes[i])) continue;
      found[i] = true;
      any = true;
    }
    if (!any) return fail(no_such_node(graph, flag, pattern));
  }
  return found;
}

std::vector<NodeIndex> indices_of(const NodeSet& set) {
  std::vector<NodeIndex> indices;
  for (NodeIndex i = 0; i < set.size(); ++i) {
    if (set[i]) indices.push_back(i);
  }
  return indices;
}

}  // namespace modtool::graph
