// Certificates, as text and as their bytes, and the dates of servers that are held against the clock, too.
#include "core/io/certificate_validity.hpp"
#include "core/io/http_date.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(certificates) {
  const auto validities = io::parse_certificate_validities(input);
  must(validities.size() <= input.size(), "each has its block");
  if (const auto validity = io::parse_certificate_validity(input)) {
    must(!validity->holds_at(validity->until + std::chrono::seconds(1)), "it ends");
    must(!validity->holds_at(validity->from - std::chrono::seconds(1)), "it begins");
  }
  static_cast<void>(io::parse_http_date(input));
}

}  // namespace modtool::fuzz
