# shellcheck shell=bash
# The TLS certificate of a server on this machine: one that was given, or one by an authority of this machine's own
# (authority.sh).

TLS=/etc/tessera/tls
# A certificate of our own is made anew by a run within this time before it ends.
RENEW_BEFORE_DAYS=90
# Who gave a certificate is told within this time before it ends.
REMIND_BEFORE_DAYS=21

# ensure_certificate KEY-OWNER KEY-MODE UNIT ADDRESS…: server.pem and server.key for the addresses (host names or IP
# addresses), and server-ca.pem: the authority that clients have to trust, none for one that systems know. With
# CERTIFICATE and KEY (and CA) set, copies of those; else those that were given before; else our own, new ones when they
# end soon or are for other addresses. The unit is restarted when something changed.
ensure_certificate() {
  local key_owner=$1 key_mode=$2 unit=$3
  shift 3
  ensure_directory "$TLS" 755 root:root
  if [[ -n ${CERTIFICATE:-} ]]; then
    use_given_certificate "$key_owner" "$key_mode" "$unit" "$@"
    remind_of_end "$TLS/server.pem"
  elif [[ ! -s $TLS/server.pem || -s $AUTHORITY/ca.key ]]; then
    use_own_certificate "$key_owner" "$key_mode" "$unit" "$@"
  else
    check_given_certificate "$TLS/server.pem" "$@"
    remind_of_end "$TLS/server.pem"
  fi
}

# ensure_trusted UNIT FILE…: makes ca.pem of the authorities in the files: what programs on this machine trust. A file
# that is missing stands for an authority that systems know: theirs are added then.
ensure_trusted() {
  local unit=$1 file system=no
  shift
  write_file "$TLS/ca.pem" 644 root:root "$unit" < <(
    for file; do
      if [[ -s $file ]]; then cat -- "$file"; else system=yes; fi
    done
    if [[ $system == yes ]] && ! is_dry_run; then cat /etc/ssl/certs/ca-certificates.crt; fi
  )
}

# need_certificate_options: checks --certificate, --key and --ca before anything is done.
need_certificate_options() {
  need_file --certificate "${CERTIFICATE:-}"
  need_file --key "${KEY:-}"
  need_file --ca "${CA:-}"
  if [[ -n ${CERTIFICATE:-} && -z ${KEY:-} || -z ${CERTIFICATE:-} && -n ${KEY:-}${CA:-} ]]; then
    misuse '--certificate needs --key; --ca is for an authority that systems do not know'
  fi
}

# check_certificate_options ADDRESS…: fails where no client would believe what CERTIFICATE, KEY and CA name.
check_certificate_options() {
  # With --dry-run there may be no openssl yet.
  if is_dry_run && ! command -v openssl >/dev/null; then return 0; fi
  check_given_certificate "$CERTIFICATE" "$@"
  if ! certificate_has_key "$CERTIFICATE" "$KEY"; then fail "the key $KEY is not that of the certificate $CERTIFICATE"; fi
  if [[ -n ${CA:-} ]] && ! openssl verify -CAfile "$CA" -untrusted "$CERTIFICATE" "$CERTIFICATE" >/dev/null 2>&1; then
    fail "the certificate $CERTIFICATE is not by the authority $CA"
  fi
}

# remove_certificate: keys, certificates and authorities.
remove_certificate() {
  remove_path "$TLS"/{server.pem,server.key,server-ca.pem,broker-ca.pem,store-ca.pem,ca.pem} "$AUTHORITY"
}

use_given_certificate() {
  local key_owner=$1 key_mode=$2 unit=$3
  shift 3
  check_certificate_options "$@"
  copy_file "$CERTIFICATE" "$TLS/server.pem" 644 root:root "$unit"
  copy_file "$KEY" "$TLS/server.key" "$key_mode" "$key_owner" "$unit"
  remove_path "$AUTHORITY"
  if [[ -n ${CA:-} ]]; then
    copy_file "$CA" "$TLS/server-ca.pem" 644 root:root "$unit"
  else
    remove_path "$TLS/server-ca.pem"
  fi
}

use_own_certificate() {
  local key_owner=$1 key_mode=$2 unit=$3
  shift 3
  ensure_authority
  if ! certificate_holds "$@"; then
    mark_for_restart "$unit"
    change "make a certificate for $*" make_certificate "$@"
  fi
  if is_dry_run && [[ ! -s $TLS/server.key ]]; then return 0; fi
  copy_file "$TLS/server.key" "$TLS/server.key" "$key_mode" "$key_owner" "$unit"
  copy_file "$AUTHORITY/ca.pem" "$TLS/server-ca.pem" 644 root:root "$unit"
}

# check_given_certificate FILE ADDRESS…: fails where no client would believe it.
check_given_certificate() {
  local file=$1 address
  shift
  if ! openssl x509 -in "$file" -noout 2>/dev/null; then fail "$file is no certificate in PEM"; fi
  if ! openssl x509 -in "$file" -noout -checkend 0 >/dev/null; then
    fail "the certificate $file has ended: give a newer one with --certificate and --key"
  fi
  for address; do
    if ! certificate_covers "$file" "$address"; then
      fail "the certificate $file is not for $address; give its names with --address"
    fi
  done
}

# remind_of_end FILE: says when a certificate that somebody gave ends, if that is soon.
remind_of_end() {
  if is_dry_run || openssl x509 -in "$1" -noout -checkend $((REMIND_BEFORE_DAYS * 86400)) >/dev/null; then return 0; fi
  say "The certificate $1 ends soon ($(openssl x509 -in "$1" -noout -enddate)): give a newer one in time."
}

# certificate_has_key CERTIFICATE KEY: a predicate. A key that asks for a pass phrase is none that a server could use.
certificate_has_key() {
  local public
  public=$(openssl pkey -in "$2" -passin pass: -pubout 2>/dev/null) || return 1
  [[ $(openssl x509 -in "$1" -noout -pubkey) == "$public" ]]
}

# certificate_holds ADDRESS…: tells whether our certificate is by our authority, lasts, and covers all. A predicate.
certificate_holds() {
  local address
  openssl verify -CAfile "$AUTHORITY/ca.pem" "$TLS/server.pem" >/dev/null 2>&1 || return 1
  openssl x509 -in "$TLS/server.pem" -noout -checkend $((RENEW_BEFORE_DAYS * 86400)) >/dev/null || return 1
  for address; do certificate_covers "$TLS/server.pem" "$address" || return 1; done
}

# certificate_covers FILE ADDRESS: a predicate.
certificate_covers() {
  local kind=-checkhost
  if is_ip_address "$2"; then kind=-checkip; fi
  [[ $(openssl x509 -in "$1" -noout "$kind" "$2") == *'does match'* ]]
}

is_ip_address() { [[ $1 =~ ^[0-9.]+$ || $1 == *:* ]]; }
