#!/usr/bin/env bash
# Backs a site up while it works, puts a backup back, and looks whether a backup or a site is whole. See
# docs/operator/data.md.
set -Eeuo pipefail
umask 077

usage() {
  cat <<'END'
tessera-backup.sh [OPTION…] COMMAND FOLDER [ARGUMENT]

  backup FOLDER                 database and objects, while the site works; copies only new objects
  list FOLDER                   the moments of the backups, oldest first
  verify FOLDER [MOMENT]        reads a backup and compares every digest
  restore FOLDER [MOMENT]       into an empty database and a bucket; no master may run
  verify-site FOLDER [MOMENT]   reads every object that the site's database refers to and compares
  prune FOLDER COUNT            keeps the newest COUNT backups

MOMENT is a name that list prints; without it the newest backup is taken.

  --docker[=FOLDER]   the site runs by the docker-compose.yml in FOLDER (by default /opt/tessera/compose, else the
                      folder above this script)
  --native            the site runs from /opt/tessera/current; pg_dump and pg_restore are of the server's version or newer
  --help              print this

Without --docker and --native the form is that which is installed on this machine.
Exit code 3: the backup is good, but the object store had lost objects before.
Variables: TESSERA_HOME (/opt/tessera/current), TESSERA_SETTINGS (/etc/tessera/master.env), TESSERA_SECRETS
(/etc/tessera/secrets), TESSERA_NODE (TESSERA_HOME/bin/node), COMPOSE (docker compose, or where there is none
docker-compose).
END
}

fail() {
  printf 'tessera-backup.sh: %s\n' "$*" >&2
  exit 1
}

misuse() {
  printf 'tessera-backup.sh: %s; --help tells how it is called\n' "$*" >&2
  exit 2
}

HOME_FOLDER=${TESSERA_HOME:-/opt/tessera/current}
SETTINGS=${TESSERA_SETTINGS:-/etc/tessera/master.env}
SECRETS=${TESSERA_SECRETS:-/etc/tessera/secrets}
NODE=${TESSERA_NODE:-$HOME_FOLDER/bin/node}
PROGRAM=components/master/src/backup/main.ts
# The user of the containers, who writes the copies.
CONTAINER_USER=10001

# The native form: everything is a program of this machine.

# native_objects COMMAND [ARGUMENT…]: the part in Node, with the master's settings and secrets.
native_objects() (
  local name variable
  for name in database-url s3-access-key-id s3-secret-access-key; do
    variable=${name//-/_}
    if [[ -s $SECRETS/$name ]]; then export "${variable^^}_FILE=$SECRETS/$name"; fi
  done
  exec "$NODE" --env-file-if-exists="$SETTINGS" "$HOME_FOLDER/$PROGRAM" "$@"
)

# with_service COMMAND [ARGUMENT…]: runs a PostgreSQL program that knows the database as the service `tessera`. The
# password is in a file in memory, for this user only.
with_service() (
  file=$(mktemp --tmpdir="$([[ -w /dev/shm ]] && echo /dev/shm || echo "${TMPDIR:-/tmp}")" tessera-service.XXXXXX)
  trap 'rm -f -- "$file"' EXIT
  native_objects service-file >"$file"
  PGSERVICEFILE=$file PGSERVICE=tessera "$@"
)

native_folder() { printf '%s' "$1"; }
native_prepare() { mkdir -p -- "$@"; }
native_dump() { with_service pg_dump --format=custom --no-password --snapshot="$1"; }
native_restore() {
  with_service pg_restore --dbname=service=tessera --no-password --no-owner --no-privileges --single-transaction \
    --exit-on-error
}
native_read_dump() { pg_restore --list; }

# The docker form: everything is a program in a container of the site.

# Where the file and its .env are.
compose() (
  cd -- "$COMPOSE_FOLDER"
  exec "${COMPOSE_COMMAND[@]}" "$@"
)

# choose_compose: sets COMPOSE_COMMAND. Debian 12 has no plugin of docker's but a program of its own.
choose_compose() {
  if [[ -n ${COMPOSE:-} ]]; then
    read -r -a COMPOSE_COMMAND <<<"$COMPOSE"
  elif docker compose version >/dev/null 2>&1; then
    COMPOSE_COMMAND=(docker compose)
  else
    COMPOSE_COMMAND=(docker-compose)
  fi
}

docker_objects() {
  compose run --rm -T --no-deps --volume "$FOLDER:/backup" master "$PROGRAM" "$@"
}

docker_folder() { printf '/backup'; }
# Folders of earlier backups belong to the containers' user already.
docker_prepare() { install --directory --mode=0700 --owner="$CONTAINER_USER" --group="$CONTAINER_USER" -- "$@"; }
in_database() { compose exec -T --user postgres database "$@"; }
docker_dump() { in_database pg_dump --username=postgres --dbname=tessera --format=custom --snapshot="$1" </dev/null; }
docker_restore() {
  in_database pg_restore --username=postgres --dbname=tessera --role=tessera --no-owner --no-privileges \
    --single-transaction --exit-on-error
}
docker_read_dump() { in_database pg_restore --list; }

# What the caller has to say is for "backup" alone: docker's client would read it, and with it the rest of a script that
# calls this one.
objects() {
  if [[ $1 == backup ]]; then "${FORM}_objects" "$@"; else "${FORM}_objects" "$@" </dev/null; fi
}

# What the commands do.

back_up() {
  local stamp unfinished line in out pid code=0
  stamp=$(date --utc +%Y-%m-%dT%H-%M-%SZ)
  unfinished=$FOLDER/backups/$stamp.unfinished
  # What a killed backup left; the copied objects stay and need not be copied again.
  rm -rf -- "$FOLDER"/backups/*.unfinished
  "${FORM}_prepare" "$FOLDER" "$FOLDER/objects" "$FOLDER/backups" "$unfinished"

  # The session in Node names a snapshot; the database is dumped at it, and then what its rows refer to is copied, which
  # masters do not delete as long as the session lasts.
  coproc OBJECTS { objects backup "$("${FORM}_folder" "$FOLDER")" "$stamp"; }
  pid=$OBJECTS_PID
  exec {in}<&"${OBJECTS[0]}" {out}>&"${OBJECTS[1]}"
  eval "exec ${OBJECTS[1]}>&-"
  read -r line <&"$in" || true
  if [[ $line != 'snapshot '* ]]; then
    wait "$pid" || true
    fail 'the site can not be read'
  fi
  if ! "${FORM}_dump" "${line#snapshot }" >"$unfinished/database.dump"; then
    exec {out}>&-
    wait "$pid" || true
    fail 'the database could not be dumped'
  fi
  printf 'dumped\n' >&"$out"
  exec {out}>&-
  cat <&"$in"
  wait "$pid" || code=$?
  if ((code != 0 && code != 3)); then fail 'the objects could not be copied; the next backup goes on from here'; fi

  (cd -- "$unfinished" && sha256sum database.dump objects.jsonl >SHA256SUMS)
  sync --file-system "$unfinished"
  mv --no-target-directory -- "$unfinished" "$FOLDER/backups/$stamp"
  printf '%s\n' "$stamp"
  return "$code"
}

list_backups() {
  local path
  for path in "$FOLDER"/backups/*Z; do
    if [[ -d $path ]]; then printf '%s\n' "${path##*/}"; fi
  done
}

# choose_backup [MOMENT]: sets STAMP and BACKUP.
choose_backup() {
  STAMP=${1:-$(list_backups | tail -n 1)}
  if [[ -z $STAMP ]]; then fail "there is no backup in $FOLDER"; fi
  BACKUP=$FOLDER/backups/$STAMP
  if [[ ! $STAMP =~ ^[0-9TZ-]+$ || ! -d $BACKUP ]]; then fail "there is no backup $STAMP in $FOLDER"; fi
}

check_files() {
  if ! (cd -- "$BACKUP" && sha256sum --quiet --check SHA256SUMS); then fail "the files of $STAMP are damaged"; fi
  if ! "${FORM}_read_dump" <"$BACKUP/database.dump" >/dev/null; then fail "the dump of $STAMP can not be read"; fi
}

verify() {
  check_files
  objects verify "$("${FORM}_folder" "$FOLDER")" "$STAMP" || fail "the backup $STAMP is not whole"
}

verify_site() {
  objects verify-site "$("${FORM}_folder" "$FOLDER")" "$STAMP" || fail 'the site is not whole'
}

restore() {
  check_files
  objects restore "$("${FORM}_folder" "$FOLDER")" "$STAMP" || fail 'the database is as it was; objects may have been put back'
  "${FORM}_restore" <"$BACKUP/database.dump" || fail 'the database was not restored; it is as empty as it was'
  # From here on the database is there; both can be done again by hand.
  objects rewind || fail 'the database is restored, but unfinished jobs are not: run "restore" again on an empty one'
  verify_site
  printf 'restored %s\n' "$STAMP"
}

prune() {
  if [[ ! ${1:-} =~ ^[1-9][0-9]*$ ]]; then misuse 'prune needs the number of backups to keep'; fi
  objects prune "$("${FORM}_folder" "$FOLDER")" "$1"
}

FORM=''
COMPOSE_FOLDER=''
while [[ ${1:-} == --* ]]; do
  case $1 in
    --docker) FORM=docker ;;
    --docker=*) FORM=docker COMPOSE_FOLDER=${1#--docker=} ;;
    --native) FORM=native ;;
    --help)
      usage
      exit 0
      ;;
    *) misuse "there is no option $1" ;;
  esac
  shift
done
if [[ -z $FORM ]]; then
  if [[ -x $NODE && -e $HOME_FOLDER/$PROGRAM ]]; then FORM=native; else FORM=docker; fi
fi
if [[ $FORM == docker ]]; then choose_compose; fi
if [[ -z $COMPOSE_FOLDER ]]; then
  COMPOSE_FOLDER=/opt/tessera/compose
  if [[ ! -e $COMPOSE_FOLDER/docker-compose.yml ]]; then COMPOSE_FOLDER=$(dirname -- "$(realpath -- "$0")")/..; fi
fi

command=${1:-}
if [[ -z $command || -z ${2:-} ]]; then misuse 'a command and a folder are needed'; fi
if [[ $command == backup ]]; then mkdir -p -- "$2"; fi
if [[ ! -d $2 ]]; then fail "there is no folder $2"; fi
FOLDER=$(realpath -- "$2")

# Backups into one folder wait for each other.
exec {lock}<"$FOLDER"
if [[ $command != list ]] && ! flock --wait 3600 "$lock"; then fail "another backup is at work in $FOLDER"; fi

case $command in
  backup) back_up ;;
  list) list_backups ;;
  verify | restore | verify-site)
    choose_backup "${3:-}"
    "${command//-/_}"
    ;;
  prune) prune "${3:-}" ;;
  *) misuse "there is no command $command" ;;
esac
