# shellcheck shell=bash
# The virtual host and the users on the broker: each may do what its programs do, and nothing else. Passwords reach
# rabbitmqctl by its standard input.

# ensure_broker_users: the virtual host, its two users with the passwords in broker-master-password and
# broker-executor-password, and no user guest.
ensure_broker_users() {
  local vhosts='' users='' permissions=''
  if broker_answers; then
    vhosts=$(rabbitmqctl --quiet list_vhosts name)
    users=$(rabbitmqctl --quiet list_users | cut -f 1)
  fi
  if ! has_line "$vhosts" "$BROKER_VHOST"; then
    change "add the virtual host $BROKER_VHOST" rabbitmqctl --quiet add_vhost "$BROKER_VHOST"
  fi
  if has_line "$users" guest; then change 'delete the user guest' rabbitmqctl --quiet delete_user guest; fi
  ensure_broker_user "$users" tessera-master broker-master-password
  ensure_broker_user "$users" tessera-executor broker-executor-password
  if broker_answers; then permissions=$(rabbitmqctl --quiet list_permissions -p "$BROKER_VHOST" || true); fi
  # A master declares every queue and exchange. Their names begin with "tessera.".
  ensure_permissions "$permissions" tessera-master '^tessera\.' '^tessera\.' '^tessera\.'
  # An executor declares nothing but the exclusive queues that it listens on and takes its own tasks from; what it
  # rejects of those goes to the dead letters.
  local own='^tessera\.(control|presence|tasks)\.v1\..*'
  ensure_permissions "$permissions" tessera-executor "$own" "($own)|^tessera\.(events|presence|dead)\.v1\$" \
    "($own)|^tessera\.(tasks|control)\.v1\$"
}

# ensure_broker_user EXISTING-USERS NAME SECRET
ensure_broker_user() {
  local users=$1 name=$2 secret=$3
  ensure_secret "$secret"
  if ! has_line "$users" "$name"; then
    change_with_input "add the user $name" rabbitmqctl --quiet add_user "$name" < <(read_secret "$secret")
  elif ! rabbitmqctl --quiet authenticate_user "$name" < <(read_secret "$secret") >/dev/null 2>&1; then
    change_with_input "change the password of $name" rabbitmqctl --quiet change_password "$name" \
      < <(read_secret "$secret")
  fi
}

# ensure_permissions EXISTING-PERMISSIONS USER CONFIGURE WRITE READ
ensure_permissions() {
  if has_line "$1" "$2"$'\t'"$3"$'\t'"$4"$'\t'"$5"; then return 0; fi
  shift
  change "set the permissions of $1" rabbitmqctl --quiet set_permissions -p "$BROKER_VHOST" "$@"
}

# A predicate: false with --dry-run before there is a broker.
broker_answers() { ! is_dry_run || { has_package rabbitmq-server && systemctl is-active --quiet "$BROKER_UNIT"; }; }

has_line() { grep -Fxq -- "$2" <<<"$1"; }
