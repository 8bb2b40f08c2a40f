# shellcheck shell=bash
# Debian packages: installed when missing, remembered, and removed again only on request.

# Every package that came with those the scripts asked for, one a line.
INSTALLED_PACKAGES=/var/lib/tessera/installed-packages
# Users and groups that those packages made and would leave behind: "user NAME" and "group NAME" lines.
INSTALLED_ACCOUNTS=/var/lib/tessera/installed-accounts

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
  remove_left_accounts
  remove_path "$INSTALLED_PACKAGES" "$INSTALLED_ACCOUNTS"
}

remove_left_accounts() {
  local kind name
  if [[ ! -f $INSTALLED_ACCOUNTS ]]; then return 0; fi
  while read -r kind name; do
    if [[ $kind == user ]] && getent passwd "$name" >/dev/null; then change "remove the user $name" userdel "$name"; fi
  done <"$INSTALLED_ACCOUNTS"
  while read -r kind name; do
    if [[ $kind == group ]] && getent group "$name" >/dev/null; then change "remove the group $name" groupdel "$name"; fi
  done <"$INSTALLED_ACCOUNTS"
}

apt_get() { DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -q -o DPkg::Lock::Timeout=600 "$@"; }

install_packages() {
  refresh_package_lists
  list_packages >"$WORK/packages"
  list_accounts >"$WORK/accounts"
  apt_get install --yes --no-install-recommends -o APT::Keep-Downloaded-Packages=false "$@"
  (umask 022 && mkdir -p -- "${INSTALLED_PACKAGES%/*}")
  (umask 022 && list_packages | LC_ALL=C comm -13 "$WORK/packages" - >>"$INSTALLED_PACKAGES")
  (umask 022 && list_accounts | LC_ALL=C comm -13 "$WORK/accounts" - >>"$INSTALLED_ACCOUNTS")
}

list_packages() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | LC_ALL=C sort -u; }

list_accounts() { { getent passwd | sed 's/^/user /' && getent group | sed 's/^/group /'; } | cut -d : -f 1 | LC_ALL=C sort -u; }

# removed_besides NAME…: prints packages that would go with the named ones.
removed_besides() {
  LC_ALL=C comm -13 <(printf '%s\n' "$@" | LC_ALL=C sort -u) \
    <(apt_get --simulate purge "$@" | sed -n 's/^Purg \([^ ]*\).*/\1/p;s/^Remv \([^ ]*\).*/\1/p' | LC_ALL=C sort -u) |
    tr '\n' ' '
}
