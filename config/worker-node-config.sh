#!/usr/bin/env bash
# Makes this machine a worker node of a Tessera site. See docs/operator/machines.md.
# shellcheck source-path=SCRIPTDIR
set -Eeuo pipefail

CONFIG=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
source "$CONFIG/lib/role-script.sh"
source "$CONFIG/lib/docker.sh"
source "$CONFIG/lib/images.sh"
source "$CONFIG/lib/compose-node.sh"
source "$CONFIG/lib/env-file.sh"
source "$CONFIG/lib/worker.sh"
source "$CONFIG/lib/native.sh"

INTRODUCTION="Usage: sudo $0 --join worker.env

Makes this machine a worker node of a Tessera site: executors, by docker compose or, with --native, as units of
systemd. --join names the file that server-node-config.sh wrote.

A second run changes nothing but what has to be; options that are left out keep their values."

SETTINGS=/etc/tessera/worker-node.env
REMEMBERED=(REPLICAS SLOTS SCRATCH_QUOTA COMPOSE_SETTINGS FORM)
JOIN_FILE='' REPLICAS='' SLOTS='' SCRATCH_QUOTA='' IMAGES='' BUILD=no COMPOSE_SETTINGS=()
# `docker` or `native`.
FORM=''
# The unit that has to read changed secrets and certificates again.
UNIT=docker-worker-compose.service

main() {
  declare_option --join FILE JOIN_FILE 'worker.env of the server node; needed at the first run'
  declare_option --replicas NUMBER REPLICAS 'executors on this machine (default 1)'
  declare_option --slots NUMBER SLOTS 'tasks that one executor runs at a time (default: the number of processors)'
  declare_option --scratch-quota BYTES SCRATCH_QUOTA 'disk that decoded images of one executor may take (default 17179869184)'
  declare_option --images FILE IMAGES 'archive of docker save with the image, for a machine without a registry'
  declare_option --build flag BUILD 'build the image again, from the project this script lies in'
  declare_option --set NAME=VALUE… COMPOSE_SETTINGS 'variable of the compose file, such as EXECUTOR_MEMORY; may be repeated'
  native_declare_worker_options
  declare_common_options
  parse_options "$@"
  if [[ $HELP == yes ]]; then
    print_help "$INTRODUCTION"
    return 0
  fi
  need_join_file worker "$JOIN_FILE"
  need_number --replicas "$REPLICAS" 1 64
  need_number --slots "$SLOTS" 1 256
  need_number --scratch-quota "$SCRATCH_QUOTA" 67108864 999999999999999
  need_file --images "$IMAGES"
  require_system
  if [[ $UNINSTALL == yes ]]; then uninstall; else install_node; fi
}

install_node() {
  refuse_other_role worker
  if [[ $NATIVE == yes ]]; then FORM=native; fi
  recall_settings "$SETTINGS" "${REMEMBERED[@]}"
  FORM=${FORM:-docker} REPLICAS=${REPLICAS:-1}
  if [[ -z $JOIN_FILE ]] && ! has_secret amqp-url; then misuse '--join is needed: worker.env of the server node'; fi
  if [[ $FORM == native ]]; then native_check_options; fi
  begin_steps
  run_step 'Settings of this node' remember_settings "$SETTINGS" "${REMEMBERED[@]}"
  if [[ $FORM == native ]]; then native_install_worker; else install_with_docker; fi
  say_summary
  say 'Nothing has to reach this machine: it opens all connections itself, to the broker and the store.'
}

install_with_docker() {
  # shellcheck disable=SC2034
  SECRET_MODE=$CONTAINER_MODE SECRET_OWNER=$CONTAINER_OWNER EXECUTOR_UNITS=("$UNIT")
  run_step 'Secrets and authorities' ensure_worker_secrets
  run_step 'Settings of the executors' write_executor_settings "EXECUTOR_SLOTS=$SLOTS"
  run_step 'Docker' ensure_docker
  run_step 'Image' ensure_images "$UNIT" tessera-executor
  run_step 'Compose file' install_compose_files "$UNIT" docker-worker-compose.yml
  run_step 'Settings of the compose file' write_compose_settings "$UNIT" tessera-worker docker-worker-compose.yml \
    "EXECUTOR_REPLICAS=$REPLICAS"
  run_step 'Unit' install_compose_unit "$UNIT"
  run_step 'Executors, started now and at boot' ensure_unit "$UNIT"
  run_step 'Executors are at work' await_healthy tessera-worker "$REPLICAS" "$UNIT"
  run_step 'Scratch volumes' remove_forgotten_scratch
}

uninstall() {
  confirm_uninstall 'the worker node'
  recall_settings "$SETTINGS" FORM
  begin_steps
  if [[ $FORM == native ]]; then native_uninstall_worker; else run_step 'Executors' remove_compose_node "$UNIT"; fi
  if [[ $KEEP_DATA != yes ]]; then
    run_step 'Authorities' remove_path "$TLS/ca.pem"
    run_step 'Secrets' remove_path "$SECRETS"/{amqp-url,s3-access-key-id,s3-secret-access-key}
    run_step 'Settings' remove_path "$SETTINGS" "$EXECUTOR_SETTINGS"
  fi
  if [[ $PURGE_PACKAGES == yes ]]; then run_step 'Packages' purge_docker_packages; fi
  run_step 'Folders' remove_shared_folders
  say_summary
}

main "$@"
