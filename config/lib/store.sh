# shellcheck shell=bash
# Where the object store is, and its keys: the one on this machine, or one elsewhere that --s3-env describes.

STORE_PORT_DEFAULT=7070
# What a file for --s3-env may hold, besides the keys.
STORE_SETTINGS=(S3_ENDPOINT S3_REGION S3_BUCKET S3_FORCE_PATH_STYLE S3_EQUAL_PARTS)
# shellcheck disable=SC2034
S3_ENDPOINT='' S3_REGION='' S3_BUCKET='' S3_FORCE_PATH_STYLE='' S3_EQUAL_PARTS=''

# need_store_options: checks --s3-env before anything is done.
need_store_options() {
  local line
  need_file --s3-env "$S3_ENV"
  if [[ -z $S3_ENV ]]; then return 0; fi
  for line in S3_ENDPOINT S3_BUCKET S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY; do
    if [[ -z $(join_value "$S3_ENV" "$line") ]]; then misuse "--s3-env: $S3_ENV has no line $line=…"; fi
  done
  need_file "--s3-env: S3_CA_FILE in $S3_ENV" "$(join_value "$S3_ENV" S3_CA_FILE)"
}

# read_store_options: takes the settings from the file for --s3-env.
read_store_options() {
  local name
  if [[ -z $S3_ENV ]]; then return 0; fi
  for name in "${STORE_SETTINGS[@]}"; do printf -v "$name" '%s' "$(join_value "$S3_ENV" "$name")"; done
}

# A predicate: whether the store is elsewhere, by this run's options or an earlier one's.
store_is_elsewhere() { [[ -n $S3_ENDPOINT ]]; }

# ensure_store_keys UNIT: the keys of the master and of the executors: given ones, or made here for our own store.
ensure_store_keys() {
  local unit=$1 name
  if [[ -n $S3_ENV ]]; then
    set_secret s3-access-key-id "$unit" < <(join_value "$S3_ENV" S3_ACCESS_KEY_ID)
    set_secret s3-secret-access-key "$unit" < <(join_value "$S3_ENV" S3_SECRET_ACCESS_KEY)
    set_secret executor-s3-access-key-id "$unit" < <(executor_value S3_ACCESS_KEY_ID)
    set_secret executor-s3-secret-access-key "$unit" < <(executor_value S3_SECRET_ACCESS_KEY)
    local authority
    authority=$(join_value "$S3_ENV" S3_CA_FILE)
    if [[ -n $authority ]]; then
      copy_file "$authority" "$TLS/store-ca.pem" 644 root:root "$unit"
    else
      remove_path "$TLS/store-ca.pem"
    fi
  else
    for name in {,executor-}s3-{access-key-id,secret-access-key}; do ensure_secret "$name" "$unit"; done
  fi
}

# executor_value NAME: the executors' own key, or where the file has none the master's.
executor_value() {
  local value
  value=$(join_value "$S3_ENV" "EXECUTOR_$1")
  if [[ -z $value ]]; then value=$(join_value "$S3_ENV" "$1"); fi
  printf '%s' "$value"
}

# store_endpoint: prints the URL under which workers reach the store.
store_endpoint() {
  local host=${ADDRESSES[0]}
  if store_is_elsewhere; then
    printf '%s' "$S3_ENDPOINT"
    return 0
  fi
  if [[ $host == *:* ]]; then host="[$host]"; fi
  printf 'https://%s:%s' "$host" "${STORE_PORT:-$STORE_PORT_DEFAULT}"
}

# store_authority: prints the file with the authority of the store's certificate; there may be none.
store_authority() {
  if store_is_elsewhere; then printf '%s' "$TLS/store-ca.pem"; else printf '%s' "$TLS/server-ca.pem"; fi
}
