# shellcheck shell=bash
# What a worker node needs in either form: the secrets and authorities of the join file, the settings of its executors.

EXECUTOR_SETTINGS=/etc/tessera/executor.env
# The units that read them, each to be started anew when something changed; the form sets them.
EXECUTOR_UNITS=()

# ensure_worker_secrets: a run without a join file leaves them alone.
ensure_worker_secrets() {
  local authorities=''
  ensure_directory "$TLS" 755 root:root
  if [[ -z $JOIN_FILE ]]; then return 0; fi
  set_secret amqp-url "${EXECUTOR_UNITS[@]}" < <(join_value "$JOIN_FILE" AMQP_URL)
  set_secret s3-access-key-id "${EXECUTOR_UNITS[@]}" < <(join_value "$JOIN_FILE" S3_ACCESS_KEY_ID)
  set_secret s3-secret-access-key "${EXECUTOR_UNITS[@]}" < <(join_value "$JOIN_FILE" S3_SECRET_ACCESS_KEY)
  authorities=$(join_value "$JOIN_FILE" CA)
  if [[ -n $authorities ]]; then
    write_file "$TLS/ca.pem" 644 root:root "${EXECUTOR_UNITS[@]}" < <(base64 -d <<<"$authorities")
  else
    remove_path "$TLS/ca.pem"
  fi
}

# write_executor_settings [NAME=VALUE…]: with those lines. The address of the store and the authorities come with the join
# file; a run without it leaves their lines alone.
write_executor_settings() {
  local name trusted='' lines=("EXECUTOR_SCRATCH_QUOTA=$SCRATCH_QUOTA" "$@")
  if [[ -n $JOIN_FILE ]]; then
    for name in S3_ENDPOINT S3_REGION S3_BUCKET S3_FORCE_PATH_STYLE S3_EQUAL_PARTS; do
      lines+=("$name=$(join_value "$JOIN_FILE" "$name")")
    done
    if [[ -n $(join_value "$JOIN_FILE" CA) ]]; then trusted=$TLS/ca.pem; fi
    lines+=("AMQP_CA_FILE=$trusted" "S3_CA_FILE=$trusted")
  fi
  set_lines "$EXECUTOR_SETTINGS" "${EXECUTOR_UNITS[*]}" "${lines[@]}"
}
