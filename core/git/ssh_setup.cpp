#include "core/git/ssh_setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kPlaceDigits = 32;
constexpr int kSshPort = 22;

// Those that every libssh2 checks well come first. "ssh-rsa" stands for a way of signing that servers have given up.
constexpr std::array<std::string_view, 5> kPreferred = {"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
                                                        "ecdsa-sha2-nistp521", "ssh-rsa"};

std::size_t rank_of(const HostKey& key) {
  return static_cast<std::size_t>(std::ranges::find(kPreferred, key.type) - kPreferred.begin());
}

KnownKeys find_known_keys(const GitUrl& url, const GitNetworkSettings& settings, const io::FileReader& files) {
  KnownKeys known;
  for (const auto& file : settings.known_hosts) {
    const auto text = files.read_given(file).or_nothing();  // a host that is not known is refused
    if (text) add_known_keys(*text, file, url.host, url.effective_port(), known);
  }
  std::ranges::stable_sort(known.trusted, {}, rank_of);
  return known;
}

// libgit2 asks the server for the kind of key that stands first in $HOME/.ssh/known_hosts, and for any kind where there
// is none; that might then be one that is not known here.
Result<std::string> write_preference(const GitUrl& url, const std::vector<HostKey>& trusted, const std::string& cache,
                                     io::FileSystem& files) {
  const std::string name = known_host_name(url.host, url.effective_port());
  std::string text;
  for (const auto& key : trusted) {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(key.bytes.data()), key.bytes.size());
    text += fmt::format("{} {} {}\n", name, key.type, to_base64(bytes));
  }
  std::string home = io::join_path(cache, "ssh/" + to_hex(sha256(name)).substr(0, kPlaceDigits));
  const std::string directory = io::join_path(home, ".ssh");
  MODTOOL_CHECK(files.make_directories(directory));
  MODTOOL_CHECK(files.write_atomic(io::join_path(directory, "known_hosts"), text));
  return home;
}

void find_key_files(const GitNetworkSettings& settings, const io::FileReader& files, SshSetup& setup) {
  if (settings.home.empty()) return;
  for (const auto* name : {"id_ed25519", "id_ecdsa", "id_rsa"}) {
    std::string file = io::join_path(settings.home, std::string(".ssh/") + name);
    const auto text = files.read(file).or_nothing();
    if (!text) continue;
    (is_locked_key(*text) ? setup.locked_files : setup.ssh.key_files).push_back(std::move(file));
  }
}

}  // namespace

bool is_locked_key(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN OPENSSH PRIVATE KEY-----";
  constexpr std::string_view kMagic{"openssh-key-v1\0\0\0\0\4none", 23};
  const auto start = text.find(kBegin);
  if (start == std::string_view::npos) return text.contains("ENCRYPTED");
  std::string body;
  for (const auto line : split_lines(text.substr(start + kBegin.size()))) {
    if (!line.starts_with("-----")) body += trim(line);
  }
  const auto bytes = from_base64(body);
  return !bytes || !bytes->starts_with(kMagic);
}

Fix known_hosts_fix(const GitUrl& url) {
  Fix scan = Fix::command({"ssh-keyscan"});
  if (url.effective_port() != kSshPort) scan = scan.with("-p").with(std::to_string(url.effective_port()));
  return scan.with(known_host_name(url.host, kSshPort)).appending_to("~/.ssh/known_hosts");
}

SshSetup gather_ssh(const GitUrl& url, const GitNetworkSettings& settings, const io::FileReader& files) {
  KnownKeys known = find_known_keys(url, settings, files);
  SshSetup setup{.name = known_host_name(url.host, url.effective_port()), .known_at = known.where};
  setup.ssh.trusted = std::move(known.trusted);
  setup.ssh.revoked = std::move(known.revoked);
  setup.ssh.agent = settings.ssh_agent;
  find_key_files(settings, files, setup);
  return setup;
}

Result<SshSetup> prepare_ssh(const GitUrl& url, const GitNetworkSettings& settings, const std::string& cache,
                             io::FileSystem& files) {
  SshSetup setup = gather_ssh(url, settings, files);
  MODTOOL_TRY(setup.ssh.home, write_preference(url, setup.ssh.trusted, cache, files));
  return setup;
}

Error explain_ssh(Error error, const SshSetup& setup) {
  if (error.code == Code::kHostKeyChanged) {
    error.where = setup.known_at;
    // The old key has to go before the new one can come.
    if (!error.fix.empty()) {
      error.fix = Fix::command({"ssh-keygen", "-f", setup.known_at.file, "-R", setup.name}).then(error.fix);
    }
  }
  if (error.code != Code::kKeyRefused) return error;
  std::vector<std::string> tried = setup.ssh.key_files;
  if (!setup.ssh.agent.empty()) tried.insert(tried.begin(), "those of ssh-agent");
  error.message +=
      tried.empty() ? "; there is none to try, neither in ssh-agent nor in ~/.ssh" : "; tried " + join(tried, ", ");
  for (const auto& file : setup.locked_files) error.message += fmt::format("; {} has a passphrase", file);
  if (!setup.locked_files.empty()) error.fix = Fix::command({"ssh-add", setup.locked_files.front()});
  return error;
}

}  // namespace modtool::git
