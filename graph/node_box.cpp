#include "graph/node_box.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "graph/escape.hpp"
#include "graph/label.hpp"

namespace modtool::graph {

namespace {

constexpr double kNameSize = 11;
constexpr double kVersionSize = 9.5;
constexpr double kParentSize = 8.5;
constexpr double kMargin = 9;
constexpr double kTop = 5;
constexpr double kBottom = 6;
constexpr double kDoubleBorder = 3;
constexpr double kVersionGap = 6;
constexpr double kLeading = 1.22;
constexpr std::size_t kMembersShown = 24;
constexpr std::size_t kLongestText = 120;

// A hostile name must not make a picture of any width.
std::string shortened(const std::string& text) {
  std::string shown = visible(text);
  if (shown.size() <= kLongestText) return shown;
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80) --end;
  return shown.substr(0, end) + "…";
}

// Builds a box line by line, from the top.
class BoxBuilder {
 public:
  // `inset` is what the border takes on each side.
  explicit BoxBuilder(double inset) : inset_(inset), baseline_(inset) {}

  void start_line(double size) {
    baseline_ += box_.texts.empty() ? kTop + size * 0.9 : size * kLeading;
    x_ = kMargin + inset_;
  }

  void add(const std::string& text, double size, Weight weight = Weight::kNormal, bool faint = false) {
    const std::string shown = shortened(text);
    const double width = text_width(shown, size, weight);
    box_.texts.push_back(
        {.text = shown, .origin = {x_, baseline_}, .size = size, .width = width, .weight = weight, .faint = faint});
    x_ += width;
    widest_ = std::max(widest_, x_);
  }

  void add_version(const std::string& version, bool struck) {
    if (version.empty()) return;
    x_ += kVersionGap;
    add(version, kVersionSize, Weight::kNormal, /*faint=*/true);
    box_.texts.back().struck = struck;
  }

  NodeBox finish() && {
    box_.size = {std::ceil(widest_ + kMargin + inset_), std::ceil(baseline_ + kBottom + inset_)};
    return std::move(box_);
  }

 private:
  double inset_;
  double baseline_;
  NodeBox box_;
  double x_ = 0;
  double widest_ = 0;
};

void add_module(BoxBuilder& builder, const Node& node) {
  const auto [parent, name] = split_name(node.path);
  if (!parent.empty()) {
    builder.start_line(kParentSize);
    builder.add(parent, kParentSize, Weight::kNormal, /*faint=*/true);
  }
  builder.start_line(kNameSize);
  builder.add(name, kNameSize, Weight::kBold);
  builder.add_version(node.version, node.kind == NodeKind::kLosing);
}

void add_members(BoxBuilder& builder, const std::vector<Node>& members) {
  builder.start_line(kParentSize);
  builder.add(fmt::format("cycle of {} modules", members.size()), kParentSize, Weight::kNormal, /*faint=*/true);
  const auto shown = std::min(members.size(), kMembersShown);
  for (std::size_t i = 0; i < shown; ++i) {
    builder.start_line(kNameSize);
    builder.add(members[i].path, kVersionSize, Weight::kBold);
    builder.add_version(members[i].version, members[i].kind == NodeKind::kLosing);
  }
  if (shown == members.size()) return;
  builder.start_line(kNameSize);
  builder.add(fmt::format("and {} more", members.size() - shown), kVersionSize, Weight::kNormal, /*faint=*/true);
}

}  // namespace

NodeBox make_box(const Node& node) {
  BoxBuilder builder(node.is_cycle() ? kDoubleBorder : 0);
  if (node.is_cycle()) {
    add_members(builder, node.members);
  } else {
    add_module(builder, node);
  }
  if (node.is_replaced()) {
    builder.start_line(kVersionSize);
    builder.add("=> " + replacement_text(node), kVersionSize);
  }
  return std::move(builder).finish();
}

}  // namespace modtool::graph
