# shellcheck shell=bash
# Files of Debian packages that a role replaces: the original is kept, and comes back when the role is taken away.

ORIGINALS=/var/lib/tessera/originals

# keep_original PATH: copies the file away, the first time.
keep_original() {
  local copy=$ORIGINALS/${1//\//-}
  if [[ -e $copy || ! -f $1 ]]; then return 0; fi
  change "keep the original $1" copy_original "$1" "$copy"
}

# restore_original PATH: puts the original back, or removes the file if there was none.
restore_original() {
  local copy=$ORIGINALS/${1//\//-}
  if [[ -f $copy && -d ${1%/*} ]]; then
    change "bring back the original $1" mv -fT -- "$copy" "$1"
  else
    remove_path "$1" "$copy"
  fi
}

copy_original() {
  (umask 077 && mkdir -p -- "$ORIGINALS")
  cp -p -- "$1" "$2"
}
