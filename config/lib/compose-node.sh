# shellcheck shell=bash
# A node whose programs run by docker compose: its files, its settings, its unit.

# Where the compose files are; one project on a node.
COMPOSE_FOLDER=/opt/tessera/compose
# A container may wait a minute for the broker.
HEALTHY_SECONDS=180
# Mode and owner of what containers read: their user has no name on this machine. The folder above it is root's alone.
# shellcheck disable=SC2034
CONTAINER_MODE=400 CONTAINER_OWNER=10001:10001

# install_compose_files UNIT FILE…: copies compose files of the project, and what they mount.
install_compose_files() {
  local unit=$1 file
  shift
  for file in "$@"; do
    copy_file "$CHECKOUT/$file" "$COMPOSE_FOLDER/$file" 644 root:root "$unit"
  done
  while IFS= read -r -d '' file; do
    copy_file "$file" "$COMPOSE_FOLDER/${file#"$CHECKOUT/"}" "$(mode_of_copy "$file")" root:root "$unit"
  done < <(find "$CONFIG/compose" -type f -print0 | LC_ALL=C sort -z)
}

# write_compose_settings UNIT PROJECT FILES [NAME=VALUE…]: .env, which docker compose reads; FILES are joined by colons.
# Those given with --set come last.
write_compose_settings() {
  local unit=$1 project=$2 files=$3 line
  shift 3
  for line in "${COMPOSE_SETTINGS[@]}"; do
    if [[ ! $line =~ ^[A-Z][A-Z0-9_]*=[^[:space:]]*$ ]]; then fail "--set $line: not of the form NAME=VALUE"; fi
  done
  write_file "$COMPOSE_FOLDER/.env" 644 root:root "$unit" < <(
    printf '# Written by %s, which replaces it at its next run. No secrets.\n' "${0##*/}"
    printf '%s\n' "COMPOSE_PROJECT_NAME=$project" "COMPOSE_FILE=$files"
    for line in "$@" "${COMPOSE_SETTINGS[@]}"; do
      if [[ -n ${line#*=} ]]; then printf '%s\n' "$line"; fi
    done
  )
}

# compose_setting NAME: prints what --set gave it, now or in an earlier run.
compose_setting() {
  local line
  for line in "${COMPOSE_SETTINGS[@]}"; do
    if [[ $line == "$1="* ]]; then printf '%s' "${line#*=}"; fi
  done
}

# install_compose_unit UNIT: the unit, with the path of docker compose in it.
install_compose_unit() { install_unit "$1" "$1" < <(sed "s|@COMPOSE@|$COMPOSE|" "$UNIT_FILES/$1"); }

# await_healthy PROJECT NUMBER UNIT: waits until so many containers of the project are healthy.
await_healthy() {
  if is_dry_run; then return 0; fi
  local end=$((SECONDS + HEALTHY_SECONDS))
  until (($(docker ps --quiet --filter "label=com.docker.compose.project=$1" --filter health=healthy | wc -l) >= $2)); do
    if ((SECONDS > end)); then fail "not healthy after $HEALTHY_SECONDS s; see journalctl --unit $3"; fi
    sleep 1
  done
}

# remove_forgotten_scratch: the scratch volumes of executors that are gone. An executor that replaces another takes over
# its volume, and docker then takes that for one with a name, which it keeps when the container goes. They are known by
# their owner, and by that no container has them.
remove_forgotten_scratch() {
  local volume folder
  if ! command -v docker >/dev/null; then return 0; fi
  while IFS= read -r volume; do
    if [[ ! $volume =~ ^[0-9a-f]{64}$ ]]; then continue; fi
    folder=$(docker volume inspect --format '{{.Mountpoint}}' "$volume")
    if [[ $(stat --format '%u:%g %a' -- "$folder") == "$CONTAINER_OWNER 700" ]]; then
      change 'remove the scratch volume of an executor that is gone' docker volume rm "$volume"
    fi
  done < <(docker volume ls --quiet --filter dangling=true)
}

# remove_compose_node UNIT: stops it; containers, networks and images go; volumes too, unless KEEP_DATA is yes.
remove_compose_node() {
  local unit=$1 options=(--remove-orphans --rmi all)
  remove_unit "$unit"
  COMPOSE=$(find_compose)
  if [[ -f $COMPOSE_FOLDER/.env && -n $COMPOSE ]]; then
    if [[ $KEEP_DATA != yes ]]; then options+=(--volumes); fi
    change 'remove containers, networks and images' in_compose_folder "$COMPOSE" down "${options[@]}"
    remove_forgotten_scratch
  fi
  remove_installed_images
  remove_path "$COMPOSE_FOLDER"
}

in_compose_folder() { (cd -- "$COMPOSE_FOLDER" && "$@"); }

# Executable files stay executable.
mode_of_copy() { if [[ -x $1 ]]; then printf 755; else printf 644; fi; }
