# shellcheck shell=bash
# PostgreSQL of the Debian package: a role without rights of its own and a database that belongs to it, on loopback.

DATABASE_NAME=tessera

# native_ensure_database UNIT: makes the secret database-url, of --database-url-file or of a database on this machine.
native_ensure_database() {
  local unit=$1
  if [[ -n $DATABASE_URL_FILE ]]; then
    set_secret database-url "$unit" <"$DATABASE_URL_FILE"
    return 0
  fi
  if has_secret database-url && ! has_secret database-password; then return 0; fi
  ensure_packages postgresql
  ensure_unit postgresql.service
  ensure_secret database-password "$unit"
  if is_dry_run && ! has_package postgresql; then
    change "make the role and the database $DATABASE_NAME" true
  else
    ensure_database_role
  fi
  set_secret database-url "$unit" < <(
    printf 'postgres://%s:%s@127.0.0.1:%s/%s' "$DATABASE_NAME" "$(read_secret database-password)" "$(database_port)" \
      "$DATABASE_NAME"
  )
}

ensure_database_role() {
  if [[ $(ask_database "SELECT 1 FROM pg_roles WHERE rolname = '$DATABASE_NAME'") != 1 ]]; then
    change_with_input "make the role $DATABASE_NAME" tell_database < <(
      printf "CREATE ROLE %s LOGIN PASSWORD '%s';\n" "$DATABASE_NAME" "$(read_secret database-password)"
    )
  elif ! database_answers; then
    change_with_input "change the password of the role $DATABASE_NAME" tell_database < <(
      printf "ALTER ROLE %s PASSWORD '%s';\n" "$DATABASE_NAME" "$(read_secret database-password)"
    )
  fi
  if [[ $(ask_database "SELECT 1 FROM pg_database WHERE datname = '$DATABASE_NAME'") != 1 ]]; then
    change_with_input "make the database $DATABASE_NAME" tell_database < <(
      printf 'CREATE DATABASE %s OWNER %s;\nREVOKE ALL ON DATABASE %s FROM PUBLIC;\n' \
        "$DATABASE_NAME" "$DATABASE_NAME" "$DATABASE_NAME"
    )
  fi
}

# tell_database <SQL: as the superuser, over the socket that knows him. Statements are not logged, for one holds a
# password.
tell_database() {
  local sql
  sql=$(cat)
  printf 'SET log_statement = none; SET log_min_error_statement = panic;\n%s\n' "$sql" |
    as_postgres psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres
}

ask_database() { as_postgres psql --no-psqlrc --quiet --tuples-only --no-align --dbname postgres --command "$1"; }

as_postgres() { (cd / && runuser -u postgres -- "$@" --port "$(database_port)"); }

# database_answers: tells whether the role can log in with its password. A predicate.
database_answers() {
  local file=$WORK/pgpass
  printf '127.0.0.1:*:*:%s:%s\n' "$DATABASE_NAME" "$(read_secret database-password)" >"$file"
  PGPASSFILE=$file psql --no-psqlrc --quiet --no-password --host 127.0.0.1 --port "$(database_port)" \
    --username "$DATABASE_NAME" --dbname postgres --command 'SELECT 1' >/dev/null 2>&1
}

# database_port: prints that of the newest cluster that runs.
database_port() {
  local port
  port=$(pg_lsclusters --no-header 2>/dev/null | awk '$4 ~ /^online/ { print $3 }' | tail -n 1)
  printf '%s' "${port:-5432}"
}

# native_remove_database: the database and its role, when they were made here, and its secrets. With --purge-packages, and
# a PostgreSQL that came with this script, the whole cluster.
native_remove_database() {
  if has_secret database-password && unit_exists postgresql.service; then
    if [[ $PURGE_PACKAGES == yes ]] && installed_by_us postgresql; then
      change 'remove the cluster of PostgreSQL' drop_clusters
    elif [[ $(ask_database "SELECT 1 FROM pg_roles WHERE rolname = '$DATABASE_NAME'") == 1 ]]; then
      change_with_input "drop the database and the role $DATABASE_NAME" tell_database < <(
        printf 'DROP DATABASE IF EXISTS %s WITH (FORCE);\nDROP ROLE %s;\n' "$DATABASE_NAME" "$DATABASE_NAME"
      )
    fi
  fi
  remove_path "$SECRETS"/database-{password,url}
}

drop_clusters() {
  local version name
  while read -r version name _; do pg_dropcluster --stop "$version" "$name"; done < <(pg_lsclusters --no-header)
}
