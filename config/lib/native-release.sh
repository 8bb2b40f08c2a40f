# shellcheck shell=bash
# Releases: folders /opt/tessera/releases/NAME, of root and never changed once there; /opt/tessera/current is a link to
# the one that runs. The name is the version and a digest of the sources (scripts/make-release.mjs).

RELEASES=/opt/tessera/releases
CURRENT=/opt/tessera/current
RELEASE_NAME='[0-9]+\.[0-9]+\.[0-9]+-[0-9a-f]{12}'
# Older ones stay for native-rollback.sh.
RELEASES_KEPT=3

# What makes a release: npm before this leaves out packages that only this kind of machine needs.
RELEASE_NPM=11

# native_install_release UNIT…: puts the release in place and makes it the current one: that of --release-archive, the
# one these scripts lie in, or (at the first run, and with --build) one made of this checkout. The units are started anew
# when it is another.
native_install_release() {
  local name
  ensure_directory "$RELEASES" 755 root:root
  if [[ -n $RELEASE_ARCHIVE ]]; then
    name=$(release_in_archive "$RELEASE_ARCHIVE")
    if [[ ! $name =~ ^$RELEASE_NAME$ ]]; then fail "$RELEASE_ARCHIVE is no release by scripts/make-release.mjs"; fi
    if ! has_release "$name"; then change "unpack the release $name" unpack_release "$RELEASE_ARCHIVE" "$name"; fi
  elif [[ -f $CHECKOUT/RELEASE ]]; then
    name=$(<"$CHECKOUT/RELEASE")
    if ! has_release "$name"; then change "copy the release $name" copy_release "$CHECKOUT" "$name"; fi
  elif [[ -L $CURRENT && ${BUILD:-no} != yes ]]; then
    return 0
  else
    need_release_tools
    name=$(node "$CHECKOUT/scripts/make-release.mjs" --name)
    if ! has_release "$name"; then change "make the release $name" make_release; fi
  fi
  if [[ $(readlink -- "$CURRENT") != "releases/$name" ]]; then mark_for_restart "$@"; fi
  ensure_link "$CURRENT" "releases/$name"
  prune_releases
}

# need_release_tools: Node and npm that can make a release. Not installed here: Debian's are too old.
need_release_tools() {
  local version
  version=$(npm --version 2>/dev/null || true)
  if [[ ! $version =~ ^[0-9]+\. ]] || ((${version%%.*} < RELEASE_NPM)); then
    fail "a release can not be made here without npm $RELEASE_NPM: make it elsewhere (scripts/make-release.mjs --archive), and give --release-archive"
  fi
}

# has_release NAME: a predicate.
has_release() { [[ -f $RELEASES/$1/RELEASE ]]; }

# release_in_archive FILE: prints the folder that is in the archive.
release_in_archive() { tar -tzf "$1" 2>/dev/null | sed -n '1{s,^\./,,;s,/.*,,p;}' || true; }

# list_releases: prints their names, the newest first.
list_releases() {
  find "$RELEASES" -mindepth 2 -maxdepth 2 -name RELEASE -printf '%C@ %h\n' | sort -rn | sed 's,.*/,,'
}

unpack_release() {
  local staging
  staging=$(mktemp -d -p "$RELEASES" .new-XXXXXX)
  tar -xzf "$1" -C "$staging" --no-same-owner --no-same-permissions
  place_release "$staging" "$2"
}

copy_release() {
  local staging
  staging=$(mktemp -d -p "$RELEASES" .new-XXXXXX)
  cp -R --preserve=mode,links,timestamps -- "$1" "$staging/$2"
  place_release "$staging" "$2"
}

make_release() {
  local page=()
  if [[ -n $PAGE ]]; then page=(--page "$PAGE"); fi
  (umask 022 && node "$CHECKOUT/scripts/make-release.mjs" --into "$RELEASES" "${page[@]}")
}

# place_release STAGING NAME: readable by all, writable by root alone.
place_release() {
  chown -R root:root -- "$1/$2"
  chmod -R u=rwX,go=rX -- "$1/$2"
  rm -rf -- "${RELEASES:?}/$2"
  mv -T -- "$1/$2" "$RELEASES/$2"
  rm -rf -- "$1"
}

# prune_releases: removes all but the newest ones and the current one.
prune_releases() {
  local name current
  if is_dry_run || [[ ! -d $RELEASES ]]; then return 0; fi
  current=$(readlink -- "$CURRENT" || true)
  while IFS= read -r name; do
    if [[ releases/$name != "$current" ]]; then remove_path "$RELEASES/$name"; fi
  done < <(list_releases | tail -n "+$((RELEASES_KEPT + 1))")
  find "$RELEASES" -mindepth 1 -maxdepth 1 \( -name '.new-*' -o -name '.making-*' \) -exec rm -rf -- {} +
}
