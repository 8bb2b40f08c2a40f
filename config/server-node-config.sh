#!/usr/bin/env bash
# Makes this machine the server node of a Tessera site. See docs/operator/machines.md.
# shellcheck source-path=SCRIPTDIR
set -Eeuo pipefail

CONFIG=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
source "$CONFIG/lib/role-script.sh"
source "$CONFIG/lib/docker.sh"
source "$CONFIG/lib/images.sh"
source "$CONFIG/lib/compose-node.sh"
source "$CONFIG/lib/store.sh"
source "$CONFIG/lib/site.sh"
source "$CONFIG/lib/env-file.sh"
source "$CONFIG/lib/native.sh"

INTRODUCTION="Usage: sudo $0 [--join server.env] [--address NAME]…

Makes this machine the server node of a Tessera site: master, database and object store, by docker compose or, with
--native, as units of systemd. --join names the file that broker-node-config.sh wrote; worker nodes then need
$JOIN/worker.env, which this script writes. Without --join the whole site runs on this machine alone.

A second run changes nothing but what has to be; options that are left out keep their values."

SETTINGS=/etc/tessera/server-node.env
REMEMBERED=(ADDRESSES PORT SITE_ADDRESS STORE_PORT TRUST_PROXY REPLICAS COMPOSE_SETTINGS BROKER FORM "${STORE_SETTINGS[@]}")
JOIN_FILE='' ADDRESSES=() CERTIFICATE='' KEY='' CA='' PORT='' SITE_ADDRESS='' STORE_PORT='' TRUST_PROXY='' REPLICAS=''
S3_ENV='' IMAGES='' BUILD=no COMPOSE_SETTINGS=()
# BROKER: `elsewhere` after a run with --join, `here` without. FORM: `docker` or `native`.
BROKER='' FORM=''
# The unit that has to read changed secrets and certificates again.
UNIT=docker-compose.service

main() {
  declare_option --join FILE JOIN_FILE 'server.env of the broker node'
  declare_option --address NAME… ADDRESSES 'name or IP address of this machine for the workers; may be repeated'
  declare_option --port NUMBER PORT 'port of the site (default 8080)'
  declare_option --site-address ADDRESS SITE_ADDRESS 'where the site listens (default 0.0.0.0; 127.0.0.1 behind a proxy)'
  declare_option --trust-proxy NUMBER TRUST_PROXY 'reverse proxies in front of the site (default 0)'
  declare_option --replicas NUMBER REPLICAS 'executors on this machine (default 0 with --join, else 1)'
  declare_option --certificate FILE CERTIFICATE 'certificate of the store (PEM, with its chain); default: one of an own authority'
  declare_option --key FILE KEY 'its key (PEM)'
  declare_option --ca FILE CA 'the authority that signed it (PEM), unless systems know it'
  declare_option --store-port NUMBER STORE_PORT 'port of the store (default 7070)'
  declare_option --s3-env FILE S3_ENV 'an S3 server elsewhere instead: S3_ENDPOINT=…, S3_BUCKET=…, keys'
  declare_option --images FILE IMAGES 'archive of docker save with all images, for a machine without a registry'
  declare_option --build flag BUILD 'build the images of Tessera again, from the project this script lies in'
  declare_option --set NAME=VALUE… COMPOSE_SETTINGS 'variable of the compose files, such as TESSERA_VERSION; may be repeated'
  native_declare_server_options
  declare_common_options
  parse_options "$@"
  if [[ $HELP == yes ]]; then
    print_help "$INTRODUCTION"
    return 0
  fi
  need_join_file server "$JOIN_FILE"
  need_addresses --address "${ADDRESSES[@]}"
  need_addresses --site-address ${SITE_ADDRESS:+"$SITE_ADDRESS"}
  need_certificate_options
  need_number --port "$PORT" 1 65535
  need_number --store-port "$STORE_PORT" 1 65535
  need_number --trust-proxy "$TRUST_PROXY" 0 16
  need_number --replicas "$REPLICAS" 0 64
  need_store_options
  need_file --images "$IMAGES"
  require_system
  if [[ $UNINSTALL == yes ]]; then uninstall; else install_node; fi
}

install_node() {
  refuse_other_role server
  read_options
  if [[ $FORM == native ]]; then native_check_options; else refuse_names_of_services; fi
  begin_steps
  run_step 'Settings of this node' remember_settings "$SETTINGS" "${REMEMBERED[@]}"
  if [[ $FORM == native ]]; then native_install_server; else install_with_docker; fi
  say_summary
  say "The site is on port $PORT of $LISTEN_ADDRESS."
  if [[ $BROKER == elsewhere ]]; then
    say "Worker nodes need $JOIN/worker.env, and reach the store at $(store_endpoint)."
    if ! store_is_elsewhere; then say_firewall_hint "$STORE_PORT" 'the worker nodes'; fi
  fi
  if [[ $LISTEN_ADDRESS != 127.* ]]; then say_firewall_hint "$PORT" 'the visitors'; fi
}

# Options of this run, then of earlier ones, then defaults.
read_options() {
  if [[ $NATIVE == yes ]]; then FORM=native; fi
  if [[ -n $JOIN_FILE ]]; then BROKER=elsewhere; fi
  read_store_options
  recall_settings "$SETTINGS" "${REMEMBERED[@]}"
  FORM=${FORM:-docker} BROKER=${BROKER:-here} PORT=${PORT:-8080} STORE_PORT=${STORE_PORT:-$STORE_PORT_DEFAULT}
  TRUST_PROXY=${TRUST_PROXY:-0}
  if ((${#ADDRESSES[@]} == 0)); then mapfile -t ADDRESSES < <(host_addresses); fi
  # Not remembered unless it was asked for: a proxy may come later.
  LISTEN_ADDRESS=$SITE_ADDRESS
  if [[ -z $LISTEN_ADDRESS ]]; then
    if ((TRUST_PROXY > 0)); then LISTEN_ADDRESS=127.0.0.1; else LISTEN_ADDRESS=0.0.0.0; fi
  fi
  if [[ $BROKER == here ]]; then
    if [[ $FORM == native ]]; then misuse '--native needs a broker: --join server.env of a broker node'; fi
    if store_is_elsewhere; then misuse '--s3-env needs a broker node: --join server.env'; fi
    REPLICAS=${REPLICAS:-1}
  fi
  REPLICAS=${REPLICAS:-0}
}

# A name without a dot may be that of a container, which then answers in place of the machine.
refuse_names_of_services() {
  local url=''
  if [[ -n $JOIN_FILE ]]; then url=$(join_value "$JOIN_FILE" AMQP_URL); fi
  if [[ $url =~ @(secrets|broker|database|store|bucket|master|executor): ]]; then
    refuse "the broker is named ${BASH_REMATCH[1]}, as a container of docker-compose.yml is: run broker-node-config.sh again with another name or an IP address as --address"
  fi
}

install_with_docker() {
  local files=(docker-compose.yml)
  # shellcheck disable=SC2034
  SECRET_MODE=$CONTAINER_MODE SECRET_OWNER=$CONTAINER_OWNER
  run_step 'OpenSSL and authorities' ensure_packages openssl ca-certificates
  if [[ $BROKER == elsewhere ]]; then
    run_step 'Certificate of the store' ensure_store_certificate
    run_step 'Secrets' ensure_site_secrets
    run_step 'Authorities to trust' ensure_trusted "$UNIT" "$TLS/broker-ca.pem" "$(store_authority)"
  fi
  if [[ $BROKER == elsewhere ]]; then
    files+=(docker-external-broker.yml docker-server-node.yml)
    if store_is_elsewhere; then files+=(docker-external-store.yml); else files+=(docker-server-store.yml); fi
  fi
  run_step 'Docker' ensure_docker
  run_step 'Images' ensure_images "$UNIT" tessera-master tessera-executor
  run_step 'Compose files' install_compose_files "$UNIT" "${files[@]}"
  run_step 'Settings of the compose files' write_server_settings "${files[@]}"
  run_step 'Settings of the master' set_lines /etc/tessera/master.env "$UNIT" "TRUST_PROXY=$TRUST_PROXY"
  run_step 'Unit' install_compose_unit "$UNIT"
  run_step 'Site, started now and at boot' ensure_unit "$UNIT"
  run_step 'The site answers' await_site
  run_step 'Scratch volumes' remove_forgotten_scratch
  if [[ $BROKER == elsewhere ]]; then run_step 'Join file for worker nodes' write_worker_join_file; fi
}

write_server_settings() {
  local settings=("SITE_ADDRESS=$LISTEN_ADDRESS" "SITE_PORT=$PORT" "EXECUTOR_REPLICAS=$REPLICAS" 'MASTER_ENV=/etc/tessera/master.env')
  local name
  if store_is_elsewhere; then
    for name in "${STORE_SETTINGS[@]}"; do settings+=("$name=${!name}"); done
  elif [[ $BROKER == elsewhere ]]; then
    settings+=("STORE_HOST=${ADDRESSES[0]}" "STORE_PORT=$STORE_PORT")
  fi
  local IFS=:
  write_compose_settings "$UNIT" tessera "$*" "${settings[@]}"
}

uninstall() {
  confirm_uninstall "the server node$([[ $KEEP_DATA == yes ]] || echo ', with all its images, results and secrets')"
  recall_settings "$SETTINGS" FORM
  begin_steps
  if [[ $FORM == native ]]; then native_uninstall_server; else run_step 'Site' remove_compose_node "$UNIT"; fi
  if [[ $KEEP_DATA != yes ]]; then
    run_step 'Certificate' remove_certificate
    run_step 'Secrets' remove_path "$SECRETS"/{,executor-}{amqp-url,s3-access-key-id,s3-secret-access-key} \
      "$SECRETS"/{cookie-secret,admin-token}
    run_step 'Settings and join file' remove_path "$SETTINGS" /etc/tessera/master.env "$JOIN/worker.env"
  fi
  if [[ $PURGE_PACKAGES == yes ]]; then run_step 'Packages' purge_docker_packages; fi
  run_step 'Folders' remove_shared_folders
  say_summary
}

main "$@"
