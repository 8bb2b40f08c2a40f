# shellcheck shell=bash
# Secrets: one per file in SECRETS, readable by root alone, generated once. They go from file to file and into programs'
# standard input, never on a command line.

SECRETS=/etc/tessera/secrets
# Who may read the files; a form whose programs read them as another user changes it. The folder is root's alone.
SECRET_MODE=${SECRET_MODE:-600}
SECRET_OWNER=${SECRET_OWNER:-root:root}

# Prints 32 random bytes in hexadecimal: safe in URLs, shells and configuration files.
random_secret() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

# ensure_secret NAME [UNIT…]: generates the secret unless it is there.
ensure_secret() {
  local name=$1
  shift
  ensure_directory "$SECRETS" 700 root:root
  local value
  # Written again, so that mode and owner are put right. No pipe: its subshell would forget what was changed.
  if has_secret "$name"; then value=$(read_secret "$name"); else value=$(random_secret); fi
  write_file "$SECRETS/$name" "$SECRET_MODE" "$SECRET_OWNER" "$@" < <(printf '%s' "$value")
}

# set_secret NAME [UNIT…]: makes standard input the secret, without a line break at its end.
set_secret() {
  local name=$1 value
  shift
  value=$(cat)
  if [[ -z $value ]]; then fail "the secret $name is empty"; fi
  ensure_directory "$SECRETS" 700 root:root
  write_file "$SECRETS/$name" "$SECRET_MODE" "$SECRET_OWNER" "$@" < <(printf '%s' "$value")
}

# has_secret NAME: a predicate.
has_secret() { [[ -s $SECRETS/$1 ]]; }

# read_secret NAME: prints it. With --dry-run a secret that was not made yet is a placeholder.
read_secret() {
  if has_secret "$1"; then
    cat -- "$SECRETS/$1"
  elif is_dry_run; then
    printf 'not-made-yet'
  else
    fail "the secret $SECRETS/$1 is missing"
  fi
}
