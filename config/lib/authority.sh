# shellcheck shell=bash
# A certificate authority of this machine's own. Its key never leaves the machine; its certificate goes with the join
# files to those who have to trust it.

AUTHORITY=/etc/tessera/authority
AUTHORITY_DAYS=3650
CERTIFICATE_DAYS=730

# ensure_authority: ca.pem and ca.key in $AUTHORITY, made once.
ensure_authority() {
  ensure_directory "$AUTHORITY" 700 root:root
  if [[ -s $AUTHORITY/ca.key && -s $AUTHORITY/ca.pem ]]; then return 0; fi
  change 'make a certificate authority' make_authority
}

make_authority() {
  make_key "$WORK/ca.key"
  openssl req -x509 -new -key "$WORK/ca.key" -sha256 -days "$AUTHORITY_DAYS" -subj "/CN=Tessera on $(hostname)" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -out "$WORK/ca.pem"
  put_file "$WORK/ca.key" "$AUTHORITY/ca.key" 600 root:root
  put_file "$WORK/ca.pem" "$AUTHORITY/ca.pem" 600 root:root
}

# make_certificate ADDRESS…: server.key and server.pem in $TLS.
make_certificate() {
  local address names=''
  for address; do
    if is_ip_address "$address"; then names+=",IP:$address"; else names+=",DNS:$address"; fi
  done
  printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' \
    'extendedKeyUsage=serverAuth' 'authorityKeyIdentifier=keyid' "subjectAltName=${names:1}" >"$WORK/extensions"
  make_key "$WORK/server.key"
  openssl req -new -key "$WORK/server.key" -sha256 -subj "/CN=Tessera server on $(hostname)" -out "$WORK/server.csr"
  openssl x509 -req -in "$WORK/server.csr" -CA "$AUTHORITY/ca.pem" -CAkey "$AUTHORITY/ca.key" -sha256 \
    -days "$CERTIFICATE_DAYS" -set_serial "0x$(openssl rand -hex 16)" -extfile "$WORK/extensions" \
    -out "$WORK/server.pem"
  put_file "$WORK/server.key" "$TLS/server.key" 600 root:root
  put_file "$WORK/server.pem" "$TLS/server.pem" 644 root:root
}

make_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
