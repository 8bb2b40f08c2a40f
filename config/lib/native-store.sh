# shellcheck shell=bash
# The object store on a server node without docker: versitygw, given as a program.

STORE_UNIT=tessera-store.service
STORE_PROGRAM_PLACE=/opt/tessera/store/versitygw

# native_ensure_store: the store, its users and the bucket, unless the store is elsewhere.
native_ensure_store() {
  local name
  if store_is_elsewhere; then return 0; fi
  if [[ -z $STORE_PROGRAM && ! -x $STORE_PROGRAM_PLACE ]]; then
    fail 'there is no object store: give --s3-env for one elsewhere, or --store-program to run versitygw here'
  fi
  if [[ -n $STORE_PROGRAM ]]; then
    copy_file "$STORE_PROGRAM" "$STORE_PROGRAM_PLACE" 755 root:root "$STORE_UNIT"
  fi
  ensure_certificate root:root 600 "$STORE_UNIT" "${ADDRESSES[@]}"
  for name in store-root-{access-key-id,secret-access-key}; do ensure_secret "$name" "$STORE_UNIT"; done
  set_secret store-users.json "$STORE_UNIT" < <(native_store_users)
  install_unit "$STORE_UNIT" "$STORE_UNIT" <"$UNIT_FILES/$STORE_UNIT"
  install_unit "$STORE_UNIT.d/port.conf" "$STORE_UNIT" < <(printf '[Service]\nEnvironment=STORE_PORT=:%s\n' "$STORE_PORT")
  ensure_unit "$STORE_UNIT"
  native_ensure_bucket
}

# native_store_users: prints the account file of versitygw. Accounts of the role `user` may do what the bucket's policy
# says.
native_store_users() {
  local account='"%s":{"access":"%s","secret":"%s","role":"user","userID":0,"groupID":0,"projectID":0}' master executor
  master=$(read_secret s3-access-key-id)
  executor=$(read_secret executor-s3-access-key-id)
  # shellcheck disable=SC2059
  printf "{\"accessAccounts\":{$account,$account}}" "$master" "$master" "$(read_secret s3-secret-access-key)" \
    "$executor" "$executor" "$(read_secret executor-s3-secret-access-key)"
}

# native_ensure_bucket: the bucket, and its policy for the two keys.
native_ensure_bucket() {
  if ! is_dry_run && native_bucket_exists; then return 0; fi
  change 'make the bucket' native_run_on_bucket
}

# A predicate.
native_bucket_exists() { native_run_on_bucket --check >/dev/null 2>&1; }

native_run_on_bucket() {
  local authority
  authority=$(store_authority)
  if [[ ! -s $authority ]]; then authority=''; fi
  S3_ENDPOINT=$(store_endpoint) S3_REGION=us-east-1 S3_BUCKET=tessera S3_FORCE_PATH_STYLE=true S3_CA_FILE=$authority \
    S3_ROOT_ACCESS_KEY_ID_FILE=$SECRETS/store-root-access-key-id \
    S3_ROOT_SECRET_ACCESS_KEY_FILE=$SECRETS/store-root-secret-access-key \
    S3_ACCESS_KEY_ID_FILE=$SECRETS/s3-access-key-id S3_SECRET_ACCESS_KEY_FILE=$SECRETS/s3-secret-access-key \
    EXECUTOR_S3_ACCESS_KEY_ID_FILE=$SECRETS/executor-s3-access-key-id \
    "$CURRENT/bin/node" "$CURRENT/config/compose/bucket.mjs" "$@"
}
