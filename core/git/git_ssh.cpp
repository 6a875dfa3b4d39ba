#include "core/git/git_ssh.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "core/base/sha256.hpp"
#include "core/git/git_library.hpp"
#include "core/git/ssh_setup.hpp"
#include "core/io/system_call.hpp"

namespace modtool::git {
namespace {

constexpr const char* kDefaultUser = "git";

// "SHA256:…", as ssh prints it.
std::string fingerprint_of(std::string_view key) {
  const auto digest = sha256(key);
  std::string text = to_base64(digest);
  while (text.ends_with('=')) text.pop_back();
  return "SHA256:" + text;
}

// A key begins with its type: four bytes that count the letters, then the letters.
std::string type_of(std::string_view key) {
  constexpr std::size_t kCount = 4;
  const std::size_t letters = key.size() > kCount ? static_cast<unsigned char>(key[kCount - 1]) : 0;
  return std::string(key.substr(std::min(kCount, key.size()), letters));
}

bool holds(const std::vector<HostKey>& keys, std::string_view bytes) {
  return std::ranges::any_of(keys, [&](const HostKey& key) { return key.bytes == bytes; });
}

}  // namespace

int GitSshTalk::refuse(Code code, const std::string& what, Fix fix) {
  refusal_ = Error{.code = code, .message = fmt::format("{}: {}", url_.shown(), what), .fix = std::move(fix)};
  git_.error_set_str(GIT_ERROR_SSH, what.c_str());
  return GIT_ECERTIFICATE;
}

int GitSshTalk::check(const git_cert* certificate) {
  const auto* const shown = reinterpret_cast<const git_cert_hostkey*>(certificate);
  const bool has_key = certificate->cert_type == GIT_CERT_HOSTKEY_LIBSSH2 && (shown->type & GIT_CERT_SSH_RAW) != 0;
  if (!has_key) return refuse(Code::kHostKeyUnknown, "the server shows no key", {});
  const std::string_view key(shown->hostkey, shown->hostkey_len);
  const std::string named = fmt::format("{} ({})", type_of(key), fingerprint_of(key));
  if (holds(ssh_.revoked, key)) {
    return refuse(Code::kHostKeyChanged, fmt::format("the server shows a key that is revoked: {}", named), {});
  }
  if (holds(ssh_.trusted, key)) return 0;
  const std::string name = known_host_name(url_.host, url_.effective_port());
  const Fix scan = known_hosts_fix(url_);
  if (ssh_.trusted.empty()) {
    return refuse(Code::kHostKeyUnknown,
                  fmt::format("nobody knows the server's key, {}; once its fingerprint is checked with who runs {}, "
                              "known_hosts can have it",
                              named, name),
                  scan);
  }
  return refuse(Code::kHostKeyChanged,
                fmt::format("the server shows another key than the known one, {}: somebody may be in between; only "
                            "where who runs {} says that it changed, known_hosts can have the new one",
                            named, name),
                scan);
}

int GitSshTalk::next_key(git_credential** out, const char* user, unsigned allowed) {
  if ((allowed & GIT_CREDENTIAL_USERNAME) != 0) return git_.credential_username_new(out, kDefaultUser);
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) == 0) return GIT_EAUTH;
  if (!asked_agent_) {
    asked_agent_ = true;
    if (agent_answers()) return git_.credential_ssh_key_from_agent(out, user);
  }
  if (next_file_ == ssh_.key_files.size()) return GIT_EAUTH;
  return git_.credential_ssh_key_new(out, user, nullptr, ssh_.key_files[next_file_++].c_str(), nullptr);
}

// libgit2 gives up altogether where there is a socket and nobody behind it.
bool GitSshTalk::agent_answers() const {
  sockaddr_un address{};
  if (ssh_.agent.empty() || ssh_.agent.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, ssh_.agent.data(), ssh_.agent.size());
  const io::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return socket.is_open() && ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace modtool::git
