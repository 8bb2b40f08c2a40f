# shellcheck shell=bash
# Files and folders, written only when they differ. Owners are USER:GROUP, as names or as numbers; modes octal without a
# leading zero.

# write_file PATH MODE OWNER [UNIT…]: makes standard input the file's content, at once and never half. When something
# had to be changed, the units are started anew by `ensure_unit`.
write_file() {
  local path=$1 mode=$2 owner=$3
  shift 3
  local wanted
  wanted=$(mktemp -p "$WORK")
  cat >"$wanted"
  if ! file_is "$path" "$mode" "$owner" "$wanted"; then
    mark_for_restart "$@"
    change "write $path" put_file "$wanted" "$path" "$mode" "$owner"
  fi
  rm -f -- "$wanted"
}

# copy_file SOURCE PATH MODE OWNER [UNIT…]: the same with another file's content.
copy_file() {
  local source=$1
  shift
  if [[ ! -r $source ]]; then fail "the file $source is missing or can not be read"; fi
  write_file "$@" <"$source"
}

# ensure_directory PATH MODE OWNER: parents that are missing are made readable by all.
ensure_directory() {
  local path=$1 mode=$2 owner=$3
  if [[ -d $path ]] && has_mode "$path" "$mode" "$owner"; then return 0; fi
  change "make the folder $path" make_directory "$path" "$mode" "$owner"
}

# ensure_link PATH TARGET: makes PATH a symbolic link.
ensure_link() {
  if [[ -L $1 && $(readlink -- "$1") == "$2" ]]; then return 0; fi
  change "link $1 to $2" ln -sfnT -- "$2" "$1"
}

# remove_path PATH…: removes files and folders with all that is in them.
remove_path() {
  local path
  for path; do
    if [[ ! -e $path && ! -L $path ]]; then continue; fi
    change "remove $path" rm -rf --one-file-system -- "$path"
  done
}

# remove_empty_directory PATH…: removes folders that hold nothing.
remove_empty_directory() {
  local path
  for path; do
    if [[ ! -d $path || -n $(ls -A -- "$path") ]]; then continue; fi
    change "remove $path" rmdir -- "$path"
  done
}

# file_is PATH MODE OWNER FILE: tells whether PATH has FILE's content, and that mode and owner. A predicate.
file_is() { [[ -f $1 && ! -L $1 ]] && has_mode "$1" "$2" "$3" && cmp -s -- "$1" "$4"; }

# has_mode PATH MODE OWNER: a predicate.
has_mode() {
  [[ $(stat -c '%a %U:%G' -- "$1") == "$2 $3" || $(stat -c '%a %u:%g' -- "$1") == "$2 $3" ]]
}

put_file() {
  local wanted=$1 path=$2 mode=$3 owner=$4
  (umask 022 && mkdir -p -- "$(dirname -- "$path")")
  install -m "$mode" -o "${owner%:*}" -g "${owner#*:}" -T -- "$wanted" "$path.new"
  mv -fT -- "$path.new" "$path"
}

make_directory() {
  (umask 022 && mkdir -p -- "$(dirname -- "$1")")
  install -d -m "$2" -o "${3%:*}" -g "${3#*:}" -- "$1"
}
