#include "graph/layout.hpp"

#include <iostream>
#include <iterator>

#include "graph/layout_child.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/graph/test_layout_child.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::layout_child;

// Not a test: what the child processes of other tests do.
TEST_CASE("layout child" * doctest::skip()) {
  std::cin >> std::noskipws;
  std::cout << run_layout_child(std::string(std::istream_iterator<char>(std::cin), {}));
}

namespace {

const LayoutRequest kTriangle{.boxes = {{100, 30}, {80, 30}, {60, 30}}, .arrows = {{0, 1}, {0, 2}, {1, 2}}};

Result<Layout> lay_out_with(const LayoutRequest& request, const LayoutChild& child) {
  const Cancellation cancellation;
  return lay_out(request, child, cancellation);
}

bool overlap(const LayoutRequest& request, const Layout& layout, std::size_t a, std::size_t b) {
  const auto apart = [](double p, double q, double length) { return std::abs(p - q) > length / 2; };
  return !apart(layout.centres[a].x, layout.centres[b].x, request.boxes[a].width + request.boxes[b].width) &&
         !apart(layout.centres[a].y, layout.centres[b].y, request.boxes[a].height + request.boxes[b].height);
}

}  // namespace

TEST_CASE("boxes do not overlap, and arrows lead to the right from box to box") {
  const auto layout = REQUIRE_OK(lay_out_with(kTriangle, layout_child()));
  for (const auto& [a, b] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
    CHECK_FALSE(overlap(kTriangle, layout, static_cast<std::size_t>(a), static_cast<std::size_t>(b)));
  }
  for (std::size_t i = 0; i < kTriangle.arrows.size(); ++i) {
    const auto& curve = layout.curves[i];
    const auto [from, to] = kTriangle.arrows[i];
    REQUIRE(curve.size() % 3 == 1);
    CHECK(curve.front().x == doctest::Approx(layout.centres[from].x + kTriangle.boxes[from].width / 2).epsilon(0.02));
    CHECK(curve.back().x == doctest::Approx(layout.centres[to].x - kTriangle.boxes[to].width / 2).epsilon(0.02));
  }
  CHECK(layout.page.width > 240);
}

TEST_CASE("the same request has the same layout") {
  LayoutRequest request;
  for (NodeIndex i = 0; i < 120; ++i) {
    request.boxes.push_back({50.0 + i, 30});
    if (i > 0) request.arrows.push_back({i / 3, i});
    if (i > 7) request.arrows.push_back({i - 7, i});
  }
  CHECK(format_layout(REQUIRE_OK(lay_out_with(request, layout_child()))) ==
        format_layout(REQUIRE_OK(lay_out_with(request, layout_child()))));
}

TEST_CASE("cycles, arrows to oneself and lonely boxes are laid out too") {
  const LayoutRequest request{.boxes = {{50, 20}, {50, 20}, {50, 20}}, .arrows = {{0, 1}, {1, 0}, {1, 1}}};
  CHECK(REQUIRE_OK(lay_out_with(request, layout_child())).centres.size() == 3);
  CHECK(REQUIRE_OK(lay_out_with({}, layout_child())).centres.empty());
}

TEST_CASE("a child that misbehaves is an error, not the end of the run") {
  struct Case {
    std::string script;
    Code code;
    std::string message;
  };
  for (const auto& [script, code, message] : {
           Case{"sleep 100", Code::kLayoutTimeout, "3 boxes and 3 arrows took longer than 0.2 s"},
           Case{"kill -SEGV $$", Code::kLayoutFailed, "status 139"},
           Case{"echo no memory >&2; exit 1", Code::kLayoutFailed, "status 1: no memory"},
           Case{"echo gibberish", Code::kLayoutFailed, "malformed"},
           Case{"echo layout 10 10 0 0", Code::kLayoutFailed, "malformed"},
           Case{"echo layout 10 10 99999999999 0", Code::kLayoutFailed, "malformed"},
           // untyped graph/graphviz.cpp:missing since the child has no environment that could hide the libraries
           Case{"printf 'error\\nMT3004\\n[\"\"]\\nnot there\\n'", Code::kGraphvizMissing, "not there"},
           Case{"printf 'error\\nMT3004\\napt install x\\nnot there\\n'", Code::kLayoutFailed, "malformed"},
       }) {
    CAPTURE(script);
    const LayoutChild child{.command = {"/bin/sh", "-c", script}, .time = std::chrono::milliseconds(200)};
    CHECK_ERROR(lay_out_with(kTriangle, child), code, message);
  }
}

TEST_CASE("a cancelled run ends the layout") {
  Cancellation cancellation;
  cancellation.request(Code::kInterrupted);
  CHECK_ERROR(lay_out(kTriangle, layout_child(), cancellation), Code::kInterrupted, "");
}

TEST_CASE("a graph that is too large is refused before any work") {
  LayoutRequest request{.boxes = std::vector<Size>(50'000, Size{10, 10}), .arrows = {}};
  CHECK_ERROR(lay_out_with(request, layout_child()), Code::kTooLarge, "50000 boxes and 0 arrows");
}

TEST_CASE("what the child is sent can only be numbers that fit") {
  for (const std::string text :
       {"", "request", "request 1 0", "request 1 0 5", "request 1 0 5 x", "request 1 1 5 5 0 1",
        "request 1 0 5 5 extra", "request -1 0", "request 99999999 0", "layout 1 1 0 0"}) {
    CAPTURE(text);
    CHECK_ERROR(parse_request(text), Code::kLayoutFailed, "malformed");
    CHECK(run_layout_child(text).starts_with("error\nMT3001\n"));
  }
  CHECK(format_request(REQUIRE_OK(parse_request(format_request(kTriangle)))) == format_request(kTriangle));
}
