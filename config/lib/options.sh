# shellcheck shell=bash
# Options of a script: declared once, from which come the parser and --help.

OPTION_NAMES=()
declare -A OPTION_KINDS=() OPTION_VARIABLES=() OPTION_TEXTS=()

# declare_option NAME KIND VARIABLE TEXT: KIND is `flag` (sets yes), the word that stands for a value in --help, or that
# word with … behind it for an option that may be repeated and fills an array.
declare_option() {
  OPTION_NAMES+=("$1")
  OPTION_KINDS[$1]=$2
  OPTION_VARIABLES[$1]=$3
  OPTION_TEXTS[$1]=$4
}

# shellcheck disable=SC2034
NATIVE=no UNINSTALL=no KEEP_DATA=no PURGE_PACKAGES=no ASSUME_YES=no HELP=no

# The options that all three scripts have.
declare_common_options() {
  declare_option --native flag NATIVE 'without docker: programs and units of their own'
  declare_option --dry-run flag DRY_RUN 'say what would be done, and change nothing'
  declare_option --uninstall flag UNINSTALL 'take everything away again; asks before it does'
  declare_option --keep-data flag KEEP_DATA 'with --uninstall: keep data and secrets'
  declare_option --purge-packages flag PURGE_PACKAGES 'with --uninstall: also the Debian packages that were installed'
  declare_option --yes flag ASSUME_YES 'do not ask'
  declare_option --help flag HELP 'print this'
}

# parse_options [ARGUMENT…]: sets the variables; ends the script with exit code 2 at what it does not know.
parse_options() {
  local name value kind
  while (($# > 0)); do
    name=${1%%=*}
    kind=${OPTION_KINDS[$name]:-}
    if [[ -z $kind ]]; then misuse "there is no option $1"; fi
    declare -n variable=${OPTION_VARIABLES[$name]}
    if [[ $kind == flag ]]; then
      if [[ $1 == *=* ]]; then misuse "$name takes no value"; fi
      variable=yes
    else
      if [[ $1 == *=* ]]; then
        value=${1#*=}
      else
        if (($# < 2)); then misuse "$name needs a value: $name $kind"; fi
        shift
        value=$1
      fi
      if [[ -z $value || $value == *[[:cntrl:]]* ]]; then misuse "$name needs a value: $name $kind"; fi
      # shellcheck disable=SC2178 # An array or not: that is what the kind says.
      if [[ $kind == *… ]]; then variable+=("$value"); else variable=$value; fi
    fi
    unset -n variable
    shift
  done
}

# print_help INTRODUCTION: the introduction and one line for each option.
print_help() {
  printf '%s\n\nOptions:\n' "$1"
  local name kind
  for name in "${OPTION_NAMES[@]}"; do
    kind=${OPTION_KINDS[$name]}
    if [[ $kind == flag ]]; then kind=''; fi
    printf '  %-28s %s\n' "$name${kind:+ ${kind%…}}" "${OPTION_TEXTS[$name]}"
  done
}

# need_number NAME VALUE LOWEST HIGHEST: an empty value passes.
need_number() {
  if [[ -z $2 ]]; then return 0; fi
  if [[ ! $2 =~ ^[0-9]{1,15}$ ]] || ((10#$2 < $3 || 10#$2 > $4)); then misuse "$1 must be a number from $3 to $4"; fi
}

# need_file NAME PATH: an empty path passes.
need_file() {
  if [[ -n $2 && (! -f $2 || ! -r $2) ]]; then misuse "$1: the file $2 is missing or can not be read"; fi
}

# need_addresses NAME VALUE…: host names or IP addresses.
need_addresses() {
  local name=$1 address
  shift
  for address; do
    if [[ ! $address =~ ^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$ && $address != *::* ]]; then
      misuse "$name: $address is neither a host name nor an IP address"
    fi
  done
}

# misuse SENTENCE: a mistake on the command line.
misuse() {
  printf '%s: %s. See %s --help.\n' "${0##*/}" "$1" "$0" >&2
  exit 2
}
