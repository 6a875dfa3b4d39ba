#include "graph/layout.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/base/child_reply.hpp"
#include "core/base/text.hpp"
#include "core/io/process.hpp"
#include "graph/layout_child.hpp"

// The pipe's format. A request: "request BOXES ARROWS", then "WIDTH HEIGHT" of each box and "FROM TO" of each arrow. A
// layout: "layout WIDTH HEIGHT BOXES ARROWS", then "X Y" of each box's centre and the coordinates of each arrow's
// control points. One record a line.
namespace modtool::graph {

namespace {

// Reads numbers separated by spaces and line ends.
class NumberReader {
 public:
  explicit NumberReader(std::string_view text) : fields_(split_fields(text)) {}

  bool read_word(std::string_view word) {
    if (next_ == fields_.size()) return false;
    return fields_[next_++] == word;
  }

  template <class Number>
  Result<Number> read() {
    Number value{};
    if (next_ == fields_.size()) return malformed();
    const auto field = fields_[next_++];
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc{} || end != field.data() + field.size()) return malformed();
    return value;
  }

  // A count of records that are still to come, so no more than there are fields.
  Result<std::size_t> read_count() {
    MODTOOL_TRY(const auto count, read<std::size_t>());
    if (count > fields_.size()) return malformed();
    return count;
  }

  Result<Point> read_point() {
    MODTOOL_TRY(const auto x, read<double>());
    MODTOOL_TRY(const auto y, read<double>());
    return Point{x, y};
  }

  Result<void> check_end() const {
    if (next_ != fields_.size()) return malformed();
    return {};
  }

  static std::unexpected<Error> malformed() { return fail(Code::kLayoutFailed, "malformed numbers between processes"); }

 private:
  std::vector<std::string_view> fields_;
  std::size_t next_ = 0;
};

Result<Edge> read_arrow(NumberReader& reader, std::size_t box_count) {
  MODTOOL_TRY(const auto from, reader.read<NodeIndex>());
  MODTOOL_TRY(const auto to, reader.read<NodeIndex>());
  if (from >= box_count || to >= box_count) return NumberReader::malformed();
  return Edge{from, to};
}

Result<std::vector<Point>> read_curve(NumberReader& reader) {
  MODTOOL_TRY(const auto count, reader.read_count());
  std::vector<Point> curve;
  for (std::size_t i = 0; i < count; ++i) {
    MODTOOL_TRY(const auto point, reader.read_point());
    curve.push_back(point);
  }
  return curve;
}

Error timed_out(const LayoutRequest& request, const LayoutChild& child) {
  const auto seconds = std::chrono::duration<double>(child.time).count();
  return {.code = Code::kLayoutTimeout,
          .message = fmt::format("laying out {} boxes and {} arrows took longer than {:g} s", request.boxes.size(),
                                 request.arrows.size(), seconds)};
}

Error child_failed(const io::ChildResult& result) {
  std::string message = fmt::format("the layout ended with status {}", result.status);
  if (const auto words = trim(result.err); !words.empty()) message += ": " + make_printable(words);
  return {.code = Code::kLayoutFailed, .message = std::move(message)};
}

}  // namespace

Result<LayoutEffort> choose_effort(const LayoutRequest& request) {
  const auto work = request.boxes.size() + request.arrows.size();
  if (work <= 600) return LayoutEffort{.iterations = 0, .column_gap = 50, .row_gap = 7, .splines = "true"};
  if (work <= 3'000) return LayoutEffort{.iterations = 0.1, .column_gap = 90, .row_gap = 7, .splines = "true"};
  if (work <= 12'000) return LayoutEffort{.iterations = 0.1, .column_gap = 160, .row_gap = 3, .splines = "true"};
  if (work <= 40'000) return LayoutEffort{.iterations = 0.02, .column_gap = 200, .row_gap = 3, .splines = "line"};
  return fail(Code::kTooLarge, fmt::format("a picture of {} boxes and {} arrows is more than can be laid out",
                                           request.boxes.size(), request.arrows.size()));
}

std::string format_request(const LayoutRequest& request) {
  auto text = fmt::format("request {} {}\n", request.boxes.size(), request.arrows.size());
  for (const auto& box : request.boxes) text += fmt::format("{:.1f} {:.1f}\n", box.width, box.height);
  for (const auto& arrow : request.arrows) text += fmt::format("{} {}\n", arrow.from, arrow.to);
  return text;
}

Result<LayoutRequest> parse_request(std::string_view text) {
  NumberReader reader(text);
  if (!reader.read_word("request")) return NumberReader::malformed();
  MODTOOL_TRY(const auto boxes, reader.read_count());
  MODTOOL_TRY(const auto arrows, reader.read_count());
  LayoutRequest request;
  for (std::size_t i = 0; i < boxes; ++i) {
    MODTOOL_TRY(const auto size, reader.read_point());
    request.boxes.push_back({size.x, size.y});
  }
  for (std::size_t i = 0; i < arrows; ++i) {
    MODTOOL_TRY(const auto arrow, read_arrow(reader, boxes));
    request.arrows.push_back(arrow);
  }
  MODTOOL_CHECK(reader.check_end());
  return request;
}

std::string format_layout(const Layout& layout) {
  auto text = fmt::format("layout {:.1f} {:.1f} {} {}\n", layout.page.width, layout.page.height, layout.centres.size(),
                          layout.curves.size());
  for (const auto& centre : layout.centres) text += fmt::format("{:.1f} {:.1f}\n", centre.x, centre.y);
  for (const auto& curve : layout.curves) {
    text += fmt::format("{}", curve.size());
    for (const auto& point : curve) text += fmt::format(" {:.1f} {:.1f}", point.x, point.y);
    text += "\n";
  }
  return text;
}

Result<Layout> parse_layout(std::string_view text) {
  NumberReader reader(text);
  if (!reader.read_word("layout")) return NumberReader::malformed();
  MODTOOL_TRY(const auto page, reader.read_point());
  MODTOOL_TRY(const auto boxes, reader.read_count());
  MODTOOL_TRY(const auto arrows, reader.read_count());
  Layout layout{.page = {page.x, page.y}, .centres = {}, .curves = {}};
  for (std::size_t i = 0; i < boxes; ++i) {
    MODTOOL_TRY(const auto centre, reader.read_point());
    layout.centres.push_back(centre);
  }
  for (std::size_t i = 0; i < arrows; ++i) {
    MODTOOL_TRY(auto curve, read_curve(reader));
    layout.curves.push_back(std::move(curve));
  }
  MODTOOL_CHECK(reader.check_end());
  return layout;
}

Result<Layout> lay_out(const LayoutRequest& request, const LayoutChild& child, const Cancellation& cancellation) {
  MODTOOL_CHECK(choose_effort(request));
  const io::ChildLimits limits{.time = child.time, .memory = io::own_memory_limit(child.memory)};
  MODTOOL_TRY(const auto result,
              io::run_child(child.command, {"LC_ALL=C"}, format_request(request), limits, cancellation));
  if (result.timed_out) return fail(timed_out(request, child));
  if (result.status != 0) return fail(child_failed(result));
  MODTOOL_CHECK(check_child_reply(result.out, Code::kLayoutFailed));
  MODTOOL_TRY(auto layout, parse_layout(result.out));
  if (layout.centres.size() != request.boxes.size() || layout.curves.size() != request.arrows.size()) {
    return NumberReader::malformed();
  }
  return layout;
}

}  // namespace modtool::graph
