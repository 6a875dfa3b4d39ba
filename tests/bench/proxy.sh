#!/bin/bash
# Downloads 300 modules from a real https server on the loopback interface that takes 20 ms for each file, and fails
# where that is not twice as fast as `go mod download`, takes more than 64 MB, or more than 10 % more memory than 30
# modules. The same for one module of 100 MB: its zip never lies in memory as a whole.
#
#   tests/bench/proxy.sh
#   ROUNDS=3 MODTOOL=PATH tests/bench/proxy.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
. tests/bench/measure.sh
need_modtool
for program in /usr/sbin/nginx openssl python3 /usr/bin/time; do
  need_oracle "$program" command -v "$program"
done
need_oracle go command -v go

bench=$PWD/tests/bench
scratch=$(mktemp -d)
started=()
trap 'kill "${started[@]}" && wait; rm -rf "$scratch"' EXIT
mkdir "$scratch/targets" "$scratch/home"
cd "$scratch"

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
behind=$(free_port)
port=$(free_port)

certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout key.pem -out certificate.pem 2>/dev/null
}

configuration() {
  cat <<END
daemon off; pid $scratch/pid; error_log $scratch/errors;
events {}
http {
$(for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $scratch/$kind;"; done)
access_log off;
upstream slow { server 127.0.0.1:$behind; keepalive 64; }
server {
listen 127.0.0.1:$port ssl http2;
ssl_certificate $scratch/certificate.pem;
ssl_certificate_key $scratch/key.pem;
keepalive_requests 100000;
location / { proxy_pass http://slow; proxy_http_version 1.1; proxy_set_header Connection ""; }
}
}
END
}

certificate
configuration >nginx.conf
[ "$(id -u)" != 0 ] || sed -i '1i user root;' nginx.conf
for set in 'many 300' 'few 30' 'big 1 100000000'; do
  read -r name count size <<<"$set"
  mkdir "$name"
  python3 "$bench/make_proxy.py" "$count" "$name" ${size:+"$size"}
done
mkdir served
for set in many few big; do ln -s "$scratch/$set/proxy" "served/$set"; done
python3 "$bench/slow_proxy.py" served 20 "$behind" &
started+=($!)
/usr/sbin/nginx -c "$scratch/nginx.conf" -e "$scratch/errors" &
started+=($!)
for _ in $(seq 100); do
  curl -skf -o /dev/null "https://localhost:$port/few/example.com/module000/@v/list" && break
  sleep 0.1
done

export HOME=$scratch/home XDG_CACHE_HOME= GOENV=off GOFLAGS=-modcacherw GOSUMDB=off GOTOOLCHAIN=local GOWORK=off
export SSL_CERT_FILE=$scratch/certificate.pem

# download SET PROGRAM…: in the set's project, into an empty cache
download() { (cd "$scratch/$1/project" && GOPROXY="https://localhost:$port/$1" GOMODCACHE="$target" "${@:2}"); }
export -f download
export port scratch target

contender 'go mod download' : 'download many go mod download'
contender 'modtool download' : 'download many "$MODTOOL" download'
compare '300 zips, 20 ms each'
share=$(echo "$(medians_of 0) $(medians_of 1)" | awk '{ print $5 / $1 }')

status=0
hold() { # hold WHAT VALUE MOST
  awk -v what="$1" -v value="$2" -v most="$3" 'BEGIN { printf "%-44s %8.2f (at most %.1f)\n", what, value, most; exit value > most }' || status=1
}
memory_of() {
  export target=$scratch/targets/memory-$1
  (cd "$1/project" && GOPROXY="https://localhost:$port/$1" GOMODCACHE="$target" peak_memory "'$MODTOOL' download")
  [ -d "$target/example.com/module000@v1.0.0" ] || { echo "$1 was not downloaded" >&2; exit 1; }
}
many=$(memory_of many)
few=$(memory_of few)
hold 'time of 300 zips, of that of go' "$share" 0.5
hold 'memory for 300 zips, MB' "$many" 64
hold 'memory for 300 zips, of that for 30' "$(awk -v a="$many" -v b="$few" 'BEGIN { print a / b }')" 1.1
hold 'memory for a zip of 100 MB, MB' "$(memory_of big)" 64
exit $status
