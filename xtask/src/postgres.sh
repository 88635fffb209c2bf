# A private PostgreSQL that lives exactly as long as its standard input stays open.
#
#   sh postgres.sh PROGRAMS PORT [WORDS THAT SWITCH THE USER …]
#
# Prints its URL when it takes connections. Whoever started this holds the other end of the pipe: when that closes,
# by intent, panic, Ctrl-C or kill, the server is stopped and its directory removed. So there is one way to stop.
set -eu
umask 077
programs=$1
port=$2
shift 2
trap '' INT TERM HUP

dir=$(mktemp -d "${TMPDIR:-/tmp}/shundan-postgres-XXXXXX")
trap 'cd / && rm -rf "$dir"' EXIT
if [ $# -gt 0 ]; then
  chown "$("$@" id -u):$("$@" id -g)" "$dir"
fi
cd "$dir"

locale=C
if locale -a 2>/dev/null | grep -qx -e C.UTF-8 -e C.utf8; then
  locale=C.UTF-8
fi
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" | "$@" sh -c 'cat >password'

# Nothing here outlives the tests, so nothing needs to reach the disk.
"$@" "$programs/initdb" -D "$dir/data" -U shundan -A scram-sha-256 --pwfile=password --encoding=UTF8 \
  --locale="$locale" --no-sync >log 2>&1 || { cat log >&2; exit 1; }
"$@" sh -c 'cat >>data/postgresql.conf' <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
CONF

# A child of this shell, not a daemon: waited for, so that not even a zombie stays.
"$@" "$programs/postgres" -D "$dir/data" </dev/null >log 2>&1 &
server=$!
tries=600
until grep -q '^ready' data/postmaster.pid 2>/dev/null; do
  tries=$((tries - 1))
  if [ $tries -eq 0 ] || ! kill -0 $server 2>/dev/null; then
    cat log >&2
    kill -QUIT $server 2>/dev/null || :
    wait $server || :
    exit 1
  fi
  sleep 0.1
done

echo "postgres://shundan:$password@127.0.0.1:$port/postgres"
read -r _ || :
"$@" "$programs/pg_ctl" -D "$dir/data" -m fast -w -t 20 stop >/dev/null 2>&1 || kill -QUIT $server 2>/dev/null || :
wait $server || :
