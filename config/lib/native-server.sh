# shellcheck shell=bash
# The server node without docker: master, PostgreSQL, and the object store where there is no other.

MASTER_UNIT=tessera-master.service
MASTER_SETTINGS=/etc/tessera/master.env

native_install_server() {
  # What site.sh marks for a restart.
  # shellcheck disable=SC2034
  UNIT=$MASTER_UNIT
  if ((${REPLICAS:-0} > 0)); then fail '--replicas: with --native a server node runs no executors; make worker nodes'; fi
  run_step 'OpenSSL and authorities' ensure_packages openssl ca-certificates
  run_step 'Release' native_install_release "$MASTER_UNIT"
  run_step 'Database' native_ensure_database "$MASTER_UNIT"
  run_step 'Secrets' native_ensure_site_secrets
  run_step 'Object store' native_ensure_store
  run_step 'Settings of the master' native_configure_master
  run_step 'Master, started now and at boot' native_start_master
  run_step 'The site answers' await_site
  run_step 'Join file for worker nodes' write_worker_join_file
}

native_ensure_site_secrets() {
  ensure_directory "$TLS" 755 root:root
  ensure_site_secrets
}

native_configure_master() {
  local endpoint
  endpoint=$(store_endpoint)
  ensure_trusted "$MASTER_UNIT" "$TLS/broker-ca.pem" "$(store_authority)"
  set_lines "$MASTER_SETTINGS" "$MASTER_UNIT" "HOST=$LISTEN_ADDRESS" "PORT=$PORT" "TRUST_PROXY=$TRUST_PROXY" \
    "AMQP_CA_FILE=$(native_ca_for amqps "$(read_secret amqp-url)")" "S3_ENDPOINT=$endpoint" \
    "S3_REGION=${S3_REGION:-us-east-1}" "S3_BUCKET=${S3_BUCKET:-tessera}" \
    "S3_FORCE_PATH_STYLE=${S3_FORCE_PATH_STYLE:-true}" "S3_EQUAL_PARTS=${S3_EQUAL_PARTS:-false}" \
    "S3_CA_FILE=$(native_ca_for https "$endpoint")"
}

# native_ca_for SCHEME URL: prints the file of authorities where the connection is encrypted.
native_ca_for() { if [[ $2 == "$1":* ]]; then printf '%s' "$TLS/ca.pem"; fi; }

native_start_master() {
  install_unit "$MASTER_UNIT" "$MASTER_UNIT" <"$UNIT_FILES/$MASTER_UNIT"
  native_restrict_addresses "$MASTER_UNIT" "$MASTER_UNIT"
  ensure_unit "$MASTER_UNIT"
}

# native_uninstall_server: units and releases; objects and database unless KEEP_DATA is yes. What the form with docker has
# too is the script's to remove.
native_uninstall_server() {
  run_step 'Master' remove_unit "$MASTER_UNIT"
  run_step 'Object store' remove_unit "$STORE_UNIT"
  if [[ $KEEP_DATA != yes ]]; then
    run_step 'Database' native_remove_database
    run_step 'Objects' native_remove_objects
  fi
  run_step 'Releases and caches' native_remove_shared
}

native_remove_objects() {
  remove_path /var/lib/tessera/store /var/lib/private/tessera/store
  remove_empty_directory /var/lib/private/tessera
  remove_path "$SECRETS"/{store-root-access-key-id,store-root-secret-access-key,store-users.json} "${STORE_PROGRAM_PLACE%/*}"
}
