# shellcheck shell=bash
# What a server node needs in either form: the secrets of the site, the certificate of its store, the file for workers.

# The site needs longest at its first start, when the database is made.
SITE_START_SECONDS=240

# ensure_site_secrets: broker, master and store. Those of the broker come with the join file.
ensure_site_secrets() {
  if [[ -n $JOIN_FILE ]]; then
    set_secret amqp-url "$UNIT" < <(join_value "$JOIN_FILE" AMQP_URL)
    set_secret executor-amqp-url "$UNIT" < <(join_value "$JOIN_FILE" EXECUTOR_AMQP_URL)
    if [[ -n $(join_value "$JOIN_FILE" AMQP_CA) ]]; then
      write_file "$TLS/broker-ca.pem" 644 root:root "$UNIT" < <(join_value "$JOIN_FILE" AMQP_CA | base64 -d)
    else
      remove_path "$TLS/broker-ca.pem"
    fi
  fi
  ensure_secret cookie-secret "$UNIT"
  ensure_secret admin-token "$UNIT"
  ensure_store_keys "$UNIT"
}

ensure_store_certificate() {
  ensure_directory "$TLS" 755 root:root
  if store_is_elsewhere; then return 0; fi
  ensure_certificate "$SECRET_OWNER" "$SECRET_MODE" "$UNIT" "${ADDRESSES[@]}"
}

# await_site: waits until the site answers that it is ready.
await_site() {
  if is_dry_run; then return 0; fi
  local end=$((SECONDS + SITE_START_SECONDS)) host=$LISTEN_ADDRESS
  if [[ $host == 0.0.0.0 || $host == :: ]]; then host=127.0.0.1; fi
  until site_is_ready "$host"; do
    if ((SECONDS > end)); then
      fail "http://$host:$PORT/readyz does not answer after $SITE_START_SECONDS s; see journalctl --unit $UNIT"
    fi
    sleep 1
  done
}

# site_is_ready HOST: a predicate; with bash alone, for a fresh machine has no other client. In a shell of its own,
# which ends where there is no connection.
site_is_ready() (
  trap - ERR EXIT
  exec 2>/dev/null 5<>"/dev/tcp/$1/$PORT" || exit 1
  printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&5
  read -r -t 10 _ status _ <&5
  [[ $status == 200 ]]
)

write_worker_join_file() {
  write_join_file worker < <(
    printf 'AMQP_URL=%s\n' "$(read_secret executor-amqp-url)"
    printf 'S3_ENDPOINT=%s\n' "$(store_endpoint)"
    printf 'S3_REGION=%s\nS3_BUCKET=%s\n' "${S3_REGION:-us-east-1}" "${S3_BUCKET:-tessera}"
    printf 'S3_FORCE_PATH_STYLE=%s\nS3_EQUAL_PARTS=%s\n' "${S3_FORCE_PATH_STYLE:-true}" "${S3_EQUAL_PARTS:-false}"
    printf 'S3_ACCESS_KEY_ID=%s\n' "$(read_secret executor-s3-access-key-id)"
    printf 'S3_SECRET_ACCESS_KEY=%s\n' "$(read_secret executor-s3-secret-access-key)"
    if [[ -s $TLS/ca.pem ]]; then printf 'CA=%s\n' "$(in_base64 "$TLS/ca.pem")"; fi
  )
}
