#!/usr/bin/env bash
# Makes this machine the broker node of a Tessera site. See docs/operator/machines.md.
# shellcheck source-path=SCRIPTDIR
set -Eeuo pipefail

CONFIG=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
source "$CONFIG/lib/role-script.sh"
source "$CONFIG/lib/rabbitmq.sh"
source "$CONFIG/lib/rabbitmq-users.sh"

INTRODUCTION="Usage: sudo $0 [--address NAME]…

Makes this machine the broker node of a Tessera site: RabbitMQ (the Debian package) with TLS on port 5671, a virtual
host and two users of few rights. Writes $JOIN/server.env, which the server node needs.

A second run changes nothing but what has to be; options that are left out keep their values."

SETTINGS=/etc/tessera/broker-node.env
ADDRESSES=() CERTIFICATE='' KEY='' CA='' DISK_FREE_LIMIT=''

main() {
  declare_option --address NAME… ADDRESSES 'name or IP address of this machine for other nodes; may be repeated'
  declare_option --certificate FILE CERTIFICATE 'certificate (PEM, with its chain); default: one of an own authority'
  declare_option --key FILE KEY 'its key (PEM)'
  declare_option --ca FILE CA 'the authority that signed it (PEM), unless systems know it'
  declare_option --disk-free-limit BYTES DISK_FREE_LIMIT 'publishers wait while less is free (default 2000000000)'
  declare_common_options
  parse_options "$@"
  if [[ $HELP == yes ]]; then
    print_help "$INTRODUCTION"
    return 0
  fi
  need_addresses --address "${ADDRESSES[@]}"
  need_certificate_options
  need_number --disk-free-limit "$DISK_FREE_LIMIT" 50000000 1000000000000
  require_system
  if [[ $UNINSTALL == yes ]]; then uninstall; else install_node; fi
}

install_node() {
  refuse_other_role broker
  refuse_foreign_rabbitmq
  recall_settings "$SETTINGS" ADDRESSES DISK_FREE_LIMIT
  if ((${#ADDRESSES[@]} == 0)); then mapfile -t ADDRESSES < <(host_addresses); fi
  DISK_FREE_LIMIT=${DISK_FREE_LIMIT:-2000000000}
  begin_steps
  run_step 'OpenSSL' ensure_packages openssl
  if [[ -n $CERTIFICATE ]]; then run_step 'Given certificate' check_certificate_options "${ADDRESSES[@]}"; fi
  run_step 'Settings of this node' remember_settings "$SETTINGS" ADDRESSES DISK_FREE_LIMIT
  run_step 'RabbitMQ' install_rabbitmq
  run_step 'Certificate' ensure_broker_certificate
  run_step 'Configuration of the broker' configure_rabbitmq "$DISK_FREE_LIMIT"
  run_step 'Broker, started now and at boot' ensure_unit "$BROKER_UNIT"
  run_step 'Virtual host and users' ensure_broker_users
  run_step "Join file for the server node" write_server_join_file
  say_summary
  say "The server node needs $JOIN/server.env, and reaches this machine as ${ADDRESSES[0]} on port 5671."
  say_firewall_hint 5671 'the server and worker nodes'
}

ensure_broker_certificate() {
  local group=rabbitmq
  if is_dry_run && ! has_package rabbitmq-server; then group=root; fi
  ensure_certificate "root:$group" 640 "$BROKER_UNIT" "${ADDRESSES[@]}"
}

write_server_join_file() {
  local host=${ADDRESSES[0]} authority=''
  if [[ $host == *:* ]]; then host="[$host]"; fi
  if [[ -s $TLS/server-ca.pem ]]; then authority=$(in_base64 "$TLS/server-ca.pem"); fi
  write_join_file server < <(
    printf 'AMQP_URL=amqps://tessera-master:%s@%s:5671/%s\n' "$(read_secret broker-master-password)" "$host" "$BROKER_VHOST"
    printf 'EXECUTOR_AMQP_URL=amqps://tessera-executor:%s@%s:5671/%s\n' \
      "$(read_secret broker-executor-password)" "$host" "$BROKER_VHOST"
    printf 'AMQP_CA=%s\n' "$authority"
  )
}

uninstall() {
  confirm_uninstall "the broker node$([[ $KEEP_DATA == yes ]] || echo ', with all its messages and passwords')"
  begin_steps
  run_step 'Broker' remove_rabbitmq
  if [[ $KEEP_DATA != yes ]]; then
    run_step 'Certificate' remove_certificate
    run_step 'Secrets' remove_path "$SECRETS"/broker-{master,executor}-password
    run_step 'Settings and join file' remove_path "$SETTINGS" "$JOIN/server.env"
  fi
  if [[ $PURGE_PACKAGES == yes ]]; then run_step 'Packages' purge_packages; fi
  run_step 'Folders' remove_shared_folders
  say_summary
}

main "$@"
