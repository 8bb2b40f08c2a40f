# shellcheck shell=bash
# Docker and docker compose: what is there is used, what is missing is installed from the system's packages.

# ensure_docker: an engine that answers, and a docker compose. Sets COMPOSE to its path.
ensure_docker() {
  if ! command -v docker >/dev/null || [[ -z $(find_compose) ]]; then
    refresh_package_lists
    local packages=()
    if ! command -v docker >/dev/null; then
      packages+=(docker.io)
      # Newer systems have the client in a package of its own.
      if package_available docker-cli; then packages+=(docker-cli); fi
      # Where the kernel confines programs, docker needs the tool that loads its profile.
      if [[ $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null) == Y ]]; then packages+=(apparmor); fi
    fi
    if [[ -z $(find_compose) ]]; then
      if package_available docker-compose-v2; then packages+=(docker-compose-v2); else packages+=(docker-compose); fi
    fi
    ensure_packages "${packages[@]}"
  fi
  ensure_unit docker.service
  COMPOSE=$(find_compose)
  if [[ -z $COMPOSE ]]; then
    if ! is_dry_run; then fail 'docker compose is missing after the installation of its package'; fi
    COMPOSE=/usr/bin/docker-compose
  fi
}

# find_compose: prints the path of docker compose. Its own program is taken, not docker's client that would start it as
# a child: systemd watches the process that does the work.
find_compose() {
  local path
  for path in {/usr/local,/usr}/{lib,libexec}/docker/cli-plugins/docker-compose {/usr/local,/usr}/bin/docker-compose; do
    if [[ -x $path ]]; then
      printf '%s' "$path"
      return 0
    fi
  done
}

# purge_docker_packages: like purge_packages; where these scripts installed docker, also what it leaves on the disk.
purge_docker_packages() {
  local ours=no folder
  if installed_by_us docker.io; then ours=yes; fi
  purge_packages
  if [[ $ours == no ]]; then return 0; fi
  for folder in /var/lib/docker /var/lib/containerd; do
    if [[ -d $folder && -n $(ls -A -- "$folder") ]]; then change "empty $folder" find "$folder" -mindepth 1 -delete; fi
    if [[ -d $folder ]] && ! mountpoint --quiet "$folder"; then change "remove $folder" rmdir -- "$folder"; fi
  done
  remove_path /etc/docker /opt/containerd
  remove_empty_directory /etc/cni/net.d /etc/cni
}
