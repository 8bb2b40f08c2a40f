#!/bin/bash
# Makes the database at the first start from POSTGRES_USER, POSTGRES_DB and POSTGRES_PASSWORD(_FILE), as the official
# image does; scripts in /docker-entrypoint-initdb.d run then too.
set -eu
case " $* " in *' --version '* | *' --help '*) exec "$@" ;; esac
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
  exec gosu postgres "$BASH_SOURCE" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  password=${POSTGRES_PASSWORD:-$(cat "${POSTGRES_PASSWORD_FILE:?no password given}")}
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") --auth-local=trust --auth-host=scram-sha-256 >/dev/null
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl --pgdata="$PGDATA" -o "-c listen_addresses=''" --wait start >/dev/null
  query=(psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$user")
  [ "$database" = postgres ] || "${query[@]}" --dbname postgres -c "CREATE DATABASE \"$database\"" >/dev/null
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) "${query[@]}" --dbname "$database" --file "$file" ;;
    esac
  done
  pg_ctl --pgdata="$PGDATA" --mode fast --wait stop >/dev/null
fi
exec "$@"
