#include "core/io/file_system.hpp"

namespace modtool::io {
namespace {

class OwnedBytes final : public FileBytes {
 public:
  explicit OwnedBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string_view view() const override { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace

std::unique_ptr<FileBytes> own_bytes(std::string bytes) { return std::make_unique<OwnedBytes>(std::move(bytes)); }

}  // namespace modtool::io
