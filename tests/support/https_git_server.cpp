#include "tests/support/https_git_server.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/files.hpp"
#include "tests/support/oracle.hpp"

namespace modtool::test {
namespace {

void run(const std::string& script) {
  const auto outcome = run_shell("set -e\n" + script);
  REQUIRE_MESSAGE(outcome.status == 0, outcome.output);
}

// nginx needs a directory for each kind of temporary file, and its worker the rights of who made the test's files.
std::string write_configuration(const std::string& directory, int port, const std::string& base,
                                const CertificateAuthority& authority, const HttpsOptions& options) {
  run(fmt::format("printf '%s:%s\\n' '{}' \"$(openssl passwd -apr1 '{}')\" >{}/users", HttpsGitServer::kUser,
                  HttpsGitServer::kPassword, directory));
  const std::string backend = fmt::format(
      "fastcgi_pass unix:{}/backend; fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend; "
      "fastcgi_param GIT_PROJECT_ROOT {}; fastcgi_param GIT_HTTP_EXPORT_ALL 1; fastcgi_param PATH_INFO $1; "
      "fastcgi_param QUERY_STRING $query_string; fastcgi_param REQUEST_METHOD $request_method; "
      "fastcgi_param CONTENT_TYPE $content_type; fastcgi_param CONTENT_LENGTH $content_length; "
      "fastcgi_param REMOTE_USER $remote_user;",
      directory, base);
  std::string text = fmt::format("daemon off; pid {0}/pid; error_log {0}/errors;\n", directory);
  if (::getuid() == 0) text += "user root;\n";
  text += "events {}\nhttp {\nlog_format seen '$status $uri $http_authorization';\n";
  text += fmt::format("access_log {}/requests seen;\n", directory);
  text += fmt::format("log_format spoken $server_protocol;\naccess_log {}/protocols spoken;\n", directory);
  for (const auto* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    text += fmt::format("{}_temp_path {}/{};\n", kind, directory, kind);
  }
  text += fmt::format("server {{ listen 127.0.0.1:{} ssl{};\nssl_certificate {};\nssl_certificate_key {};\n", port,
                      options.speaks_http2 ? " http2" : "", authority.path(options.certificate + ".pem"),
                      authority.path(options.certificate + ".key"));
  text += fmt::format("location ~ ^/open(/.*)$ {{ {} }}\n", backend);
  text += fmt::format("location ~ ^/private(/.*)$ {{ auth_basic tests; auth_basic_user_file {}/users; {} }}\n",
                      directory, backend);
  text += fmt::format("location ~ ^/away(/.*)$ {{ return 301 {}$1$is_args$args; }}\n", options.elsewhere);
  text += fmt::format("location /files/ {{ alias {}/; }}\n", base);
  text += fmt::format("location /locked/ {{ auth_basic tests; auth_basic_user_file {}/users; alias {}/; }}\n",
                      directory, base);
  text += "location /forbidden/ { return 403; }\nlocation /broken/ { return 503; }\n}\n}\n";
  std::ofstream(directory + "/conf") << text;
  return directory + "/conf";
}

}  // namespace

bool has_https_git() {
  return has_oracle("/usr/sbin/nginx") && has_oracle("/usr/sbin/fcgiwrap") && has_oracle("openssl") &&
         has_oracle("git");
}

CertificateAuthority::CertificateAuthority() {
  run("cd " + directory_.path() +
      "\nopenssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=Test Authority' "
      "-keyout ca.key -out ca.pem");
  sign("good", 2);
}

void CertificateAuthority::sign(const std::string& name, int days, const std::string& who) const {
  run(
      fmt::format("cd {0}\nopenssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost "
                  "-keyout {1}.key -out {1}.csr\nprintf 'subjectAltName={3}\\n' >names\n"
                  "openssl x509 -req -in {1}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days {2} -extfile names "
                  "-out {1}.pem",
                  directory_.path(), name, days, who));
}

HttpsGitServer::HttpsGitServer(const std::string& base, const CertificateAuthority& authority,
                               const HttpsOptions& options)
    : configuration_(write_configuration(directory_.path(), port_, base, authority, options)),
      backend_({"/usr/sbin/fcgiwrap", "-f", "-c", "2", "-s", "unix:" + (directory_ / "backend")}, 0,
               directory_ / "backend"),
      front_({"/usr/sbin/nginx", "-c", configuration_, "-e", directory_ / "errors"}, port_) {}

std::string HttpsGitServer::url(const std::string& host) const { return fmt::format("https://{}:{}/", host, port_); }

std::string HttpsGitServer::requests() const { return read_file(directory_ / "requests"); }

std::string HttpsGitServer::protocols() const { return read_file(directory_ / "protocols"); }

}  // namespace modtool::test
