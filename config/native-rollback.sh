#!/usr/bin/env bash
# Switches this machine to another release that is still on it, and starts its units anew, one after another. See
# docs/operator/native.md.
# shellcheck source-path=SCRIPTDIR
set -Eeuo pipefail

CONFIG=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
source "$CONFIG/lib/role-script.sh"
source "$CONFIG/lib/native.sh"

INTRODUCTION="Usage: sudo $0 [RELEASE]

Switches this machine to RELEASE, by default the newest one that is not running, and starts its units anew."

LIST=no

main() {
  local name=''
  if (($# > 0)) && [[ $1 != -* ]]; then
    name=$1
    shift
  fi
  declare_option --list flag LIST 'print the releases on this machine, the newest first; * runs'
  declare_option --dry-run flag DRY_RUN 'say what would be done, and change nothing'
  declare_option --help flag HELP 'print this'
  parse_options "$@"
  if [[ ${HELP:-no} == yes ]]; then
    print_help "$INTRODUCTION"
    return 0
  fi
  require_system
  if [[ ! -L $CURRENT ]]; then refuse "there is no release in $RELEASES: this machine does not run Tessera natively"; fi
  if [[ $LIST == yes ]]; then
    print_releases
    return 0
  fi
  name=${name:-$(list_releases | grep -Fxv -- "$(running_release)" | head -n 1 || true)}
  if [[ ! $name =~ ^$RELEASE_NAME$ ]] || ! has_release "$name"; then
    refuse "there is no release ${name:-but the one that runs}; $0 --list tells which there are"
  fi
  begin_steps
  run_step "Release $name" ensure_link "$CURRENT" "releases/$name"
  run_step 'Units' native_restart_units "$name"
  say_summary
}

running_release() { basename -- "$(readlink -- "$CURRENT")"; }

print_releases() {
  local name running
  running=$(running_release)
  list_releases | while IFS= read -r name; do
    if [[ $name == "$running" ]]; then say "* $name"; else say "  $name"; fi
  done
}

# native_restart_units RELEASE: those that run from another release.
native_restart_units() {
  local unit
  while IFS= read -r unit; do
    if [[ $(readlink "/proc/$(systemctl show -P MainPID "$unit")/exe") == "$RELEASES/$1/"* ]]; then continue; fi
    change "restart $unit" systemctl restart "$unit"
  done < <(native_active_units)
}

native_active_units() {
  systemctl list-units --plain --no-legend --state=active tessera-master.service 'tessera-executor@*.service' |
    cut -d ' ' -f 1
}

main "$@"
