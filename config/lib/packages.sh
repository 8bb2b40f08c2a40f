# shellcheck shell=bash
# Debian packages: installed when missing, remembered, and removed again only on request.

# Every package that came with those the scripts asked for, one a line.
INSTALLED_PACKAGES=/var/lib/tessera/installed-packages

# ensure_packages NAME…: installs what is missing, without recommended packages.
ensure_packages() {
  local name missing=()
  for name; do
    if ! has_package "$name"; then missing+=("$name"); fi
  done
  if ((${#missing[@]} == 0)); then return 0; fi
  change "install ${missing[*]}" install_packages "${missing[@]}"
}

# has_package NAME: a predicate.
has_package() { [[ $(dpkg-query -W -f '${db:Status-Status}' -- "$1" 2>/dev/null) == installed ]]; }

# package_available NAME: tells whether apt could install it. A predicate; needs `refresh_package_lists` before.
package_available() { [[ $(apt-cache policy -- "$1" 2>/dev/null) == *'Candidate: '[0-9]* ]]; }

# installed_by_us NAME: tells whether a run of these scripts installed the package. A predicate.
installed_by_us() { [[ -f $INSTALLED_PACKAGES ]] && grep -Fxq -- "$1" "$INSTALLED_PACKAGES"; }

# refresh_package_lists: apt-get update, when the lists are missing or older than a day. Not with --dry-run.
refresh_package_lists() {
  if is_dry_run; then return 0; fi
  if [[ -n $(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 -print -quit 2>/dev/null) ]]; then
    return 0
  fi
  attempt 'read the package lists (apt-get update)' apt_get update </dev/null
}

# purge_packages: removes what the scripts installed, configuration included. Packages that others need by now are kept.
purge_packages() {
  if [[ ! -s $INSTALLED_PACKAGES ]]; then return 0; fi
  local name ours=()
  while IFS= read -r name; do
    if has_package "$name"; then ours+=("$name"); fi
  done <"$INSTALLED_PACKAGES"
  if ((${#ours[@]} > 0)); then
    local others
    others=$(removed_besides "${ours[@]}")
    if [[ -n $others ]]; then
      fail "packages installed later need those of this script: $others; remove them first, or leave out --purge-packages"
    fi
    change "purge ${#ours[@]} packages" apt_get purge --yes "${ours[@]}"
  fi
  remove_path "$INSTALLED_PACKAGES"
}

apt_get() { DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -q -o DPkg::Lock::Timeout=600 "$@"; }

install_packages() {
  local before after
  before=$(mktemp -p "$WORK")
  after=$(mktemp -p "$WORK")
  refresh_package_lists
  list_packages >"$before"
  apt_get install --yes --no-install-recommends "$@"
  list_packages >"$after"
  (umask 022 && mkdir -p -- "${INSTALLED_PACKAGES%/*}" && comm -13 "$before" "$after" >>"$INSTALLED_PACKAGES")
}

list_packages() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | LC_ALL=C sort -u; }

# removed_besides NAME…: prints packages that would go with the named ones.
removed_besides() {
  LC_ALL=C comm -13 <(printf '%s\n' "$@" | LC_ALL=C sort -u) \
    <(apt_get --simulate purge "$@" | sed -n 's/^Purg \([^ ]*\).*/\1/p;s/^Remv \([^ ]*\).*/\1/p' | LC_ALL=C sort -u) |
    tr '\n' ' '
}
