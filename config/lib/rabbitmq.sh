# shellcheck shell=bash
# RabbitMQ of the Debian package: one node that answers TLS clients on port 5671 and nobody else.

BROKER_UNIT=rabbitmq-server.service
BROKER_SETTINGS=/etc/rabbitmq
# The oldest that has all that the queues need.
BROKER_VERSION=3.10
# shellcheck disable=SC2034
BROKER_VHOST=tessera
# On purpose not the machine's name: the data belong to the node's name, and nothing but this machine reaches its
# distribution port then.
BROKER_NODE=rabbit@localhost
BROKER_DATA=/var/lib/rabbitmq/mnesia

# install_rabbitmq: the package; its server is not started before it is configured.
install_rabbitmq() {
  install_unit epmd.socket.d/tessera.conf <"$UNIT_FILES/epmd.socket.d/tessera.conf"
  refresh_package_lists
  require_broker_version
  if has_package rabbitmq-server; then return 0; fi
  change 'keep RabbitMQ from starting unconfigured' systemctl mask --runtime "$BROKER_UNIT"
  ensure_packages rabbitmq-server
  change 'let RabbitMQ be started' systemctl unmask --runtime "$BROKER_UNIT"
}

# require_broker_version: fails where the installed RabbitMQ, or else the one of the system's packages, is too old.
require_broker_version() {
  local version
  version=$(dpkg-query -W -f '${Version}' rabbitmq-server 2>/dev/null || true)
  if [[ -z $version ]]; then version=$(apt-cache policy rabbitmq-server | sed -n 's/^ *Candidate: //p'); fi
  if [[ $version == [0-9]* ]] && dpkg --compare-versions "${version#*:}" lt "$BROKER_VERSION"; then
    fail "the system's RabbitMQ is $version; Tessera needs $BROKER_VERSION: install a newer one (rabbitmq-server), then run this again"
  fi
}

# refuse_foreign_rabbitmq: ends the script where somebody else configured a RabbitMQ.
refuse_foreign_rabbitmq() {
  local file
  for file in "$BROKER_SETTINGS/rabbitmq.conf" "$BROKER_SETTINGS/rabbitmq.config" "$BROKER_SETTINGS/advanced.config"; do
    if [[ -f $file ]] && ! grep -q 'broker-node-config.sh' "$file"; then
      refuse "$file was not written by this script: give Tessera's broker a machine of its own, or set up its users by hand"
    fi
  done
}

# configure_rabbitmq DISK-FREE-LIMIT: settings, and what systemd adds to the package's unit.
configure_rabbitmq() {
  local trusted='' group=rabbitmq
  if is_dry_run && ! has_package rabbitmq-server; then group=root; fi
  if [[ -s $TLS/server-ca.pem ]]; then trusted="ssl_options.cacertfile = $TLS/server-ca.pem"; fi
  write_file "$BROKER_SETTINGS/rabbitmq.conf" 640 "root:$group" "$BROKER_UNIT" <<-END
	# Written by broker-node-config.sh, which replaces it at its next run.
	listeners.tcp = none
	listeners.ssl.default = 5671
	ssl_options.certfile = $TLS/server.pem
	ssl_options.keyfile = $TLS/server.key
	$trusted
	ssl_options.versions.1 = tlsv1.3
	ssl_options.versions.2 = tlsv1.2
	# Clients show who they are by their passwords.
	ssl_options.verify = verify_none
	ssl_options.fail_if_no_peer_cert = false
	# Publishers have to wait when less is free: a full disk would end the broker.
	disk_free_limit.absolute = $1
	END
  keep_original "$BROKER_SETTINGS/rabbitmq-env.conf"
  write_file "$BROKER_SETTINGS/rabbitmq-env.conf" 644 root:root "$BROKER_UNIT" <<-END
	# Written by broker-node-config.sh, which replaces it at its next run.
	NODENAME=$BROKER_NODE
	SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
	END
  install_unit "$BROKER_UNIT.d/tessera.conf" "$BROKER_UNIT" <"$UNIT_FILES/$BROKER_UNIT.d/tessera.conf"
}

# remove_rabbitmq: settings and units; data unless KEEP_DATA is yes.
remove_rabbitmq() {
  if unit_exists "$BROKER_UNIT" && systemctl is-active --quiet "$BROKER_UNIT"; then
    change "stop $BROKER_UNIT" systemctl stop "$BROKER_UNIT"
  fi
  remove_path "$BROKER_SETTINGS/rabbitmq.conf" "$UNITS/$BROKER_UNIT.d" "$UNITS/epmd.socket.d"
  restore_original "$BROKER_SETTINGS/rabbitmq-env.conf"
  if [[ $KEEP_DATA != yes ]]; then
    remove_path "$BROKER_DATA/$BROKER_NODE" "$BROKER_DATA/$BROKER_NODE"-* "$BROKER_DATA/$BROKER_NODE".*
    remove_path "/var/log/rabbitmq/$BROKER_NODE".* "/var/log/rabbitmq/${BROKER_NODE}"_*
  fi
  reload_systemd
  if installed_by_us rabbitmq-server; then
    # Left as a package that nobody configured, it would answer on every address.
    if systemctl is-enabled --quiet "$BROKER_UNIT"; then change "disable $BROKER_UNIT" systemctl disable "$BROKER_UNIT"; fi
  fi
}
