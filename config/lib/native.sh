# shellcheck shell=bash source-path=SCRIPTDIR/.. disable=SC2034
# Tessera without docker: a release in /opt/tessera with Node in it, run by hardened units of systemd. For role scripts
# that were called with --native:
#
#   native_declare_server_options, native_declare_worker_options    before the options are parsed
#   native_install_server, native_install_worker                    after begin_steps; every step by run_step
#   native_uninstall_server, native_uninstall_worker                the same
#
# They use what the scripts' other options set: JOIN_FILE, ADDRESSES, PORT, LISTEN_ADDRESS, TRUST_PROXY, S3_ENV, STORE_PORT
# on a server node; JOIN_FILE, REPLICAS, SLOTS, SCRATCH_QUOTA on a worker node; and store.sh and site.sh, or worker.sh, and env-file.sh.

source "$CONFIG/lib/native-release.sh"
source "$CONFIG/lib/native-database.sh"
source "$CONFIG/lib/native-store.sh"
source "$CONFIG/lib/native-server.sh"
source "$CONFIG/lib/native-worker.sh"

RELEASE_ARCHIVE='' PAGE='' STORE_PROGRAM='' DATABASE_URL_FILE='' ALLOWED_NETWORKS=()

# What the units need: %d for the folder of credentials, and credentials that may be missing.
NATIVE_SYSTEMD=250

native_declare_server_options() {
  native_declare_common_options
  declare_option --store-program FILE STORE_PROGRAM 'with --native: versitygw, to run the object store here'
  declare_option --database-url-file FILE DATABASE_URL_FILE 'with --native: a PostgreSQL elsewhere; default: one here'
}

native_declare_worker_options() { native_declare_common_options; }

native_declare_common_options() {
  declare_option --release-archive FILE RELEASE_ARCHIVE 'with --native: a release made by scripts/make-release.mjs'
  declare_option --page FOLDER PAGE 'with --native: the built page, for a release that is made here'
  declare_option --allow-addresses NETWORK… ALLOWED_NETWORKS 'with --native: packets from and to others are dropped; any: none are'
}

# native_check_options: before anything is done.
native_check_options() {
  local version network
  version=$(systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
  if ((version < NATIVE_SYSTEMD)); then
    refuse "the native form needs systemd $NATIVE_SYSTEMD (Debian 12, Ubuntu 24.04); here is $version: leave out --native"
  fi
  if [[ $(uname -m) != x86_64 && $(uname -m) != aarch64 ]]; then refuse "there is no Node for $(uname -m)"; fi
  need_file --release-archive "$RELEASE_ARCHIVE"
  need_file --store-program "$STORE_PROGRAM"
  need_file --database-url-file "$DATABASE_URL_FILE"
  for network in "${ALLOWED_NETWORKS[@]}"; do
    if [[ ! $network =~ ^(any|[0-9a-fA-F.:]+(/[0-9]{1,3})?)$ ]]; then
      misuse "--allow-addresses: $network is no IP address or network (names may change theirs and can not be given)"
    fi
  done
}

# native_restrict_addresses NAME UNIT…: the drop-in of --allow-addresses for the unit file NAME. Without the option it
# stays as it is.
native_restrict_addresses() {
  local drop_in=$1.d/addresses.conf
  shift
  if ((${#ALLOWED_NETWORKS[@]} == 0)); then return 0; fi
  if [[ " ${ALLOWED_NETWORKS[*]} " != *' any '* ]]; then
    install_unit "$drop_in" "$@" < <(
      printf '# Made of --allow-addresses: packets to and from anywhere else are dropped.\n[Service]\nIPAddressDeny=any\n'
      printf 'IPAddressAllow=%s\n' localhost "${ALLOWED_NETWORKS[@]}"
    )
  elif [[ -e $UNITS/$drop_in ]]; then
    mark_for_restart "$@"
    remove_path "$UNITS/$drop_in"
  fi
}

# native_remove_shared: what both roles have in common.
native_remove_shared() {
  remove_path "$CURRENT" "$RELEASES"
  # What systemd made for the units.
  remove_path /var/cache/tessera /var/cache/private/tessera
}
