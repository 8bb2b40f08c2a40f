# shellcheck shell=bash
# systemd units: installed, enabled at boot, started, and started anew only when something they read was changed.

UNITS=/etc/systemd/system
# One empty file per unit that has to be started anew; kept on disk, so that a run that broke off is made good by the
# next one.
PENDING_RESTARTS=/var/lib/tessera/pending-restarts
declare -A RESTARTS_DUE=()

# mark_for_restart [UNIT…]: has `ensure_unit` restart the units. With --dry-run it is only remembered.
mark_for_restart() {
  local unit
  for unit; do
    RESTARTS_DUE[$unit]=yes
    if is_dry_run; then continue; fi
    (umask 022 && mkdir -p -- "$PENDING_RESTARTS")
    : >"$PENDING_RESTARTS/$unit"
  done
}

# install_unit NAME [UNIT…]: makes standard input the unit file NAME, or the drop-in UNIT.d/NAME.conf. The units are
# started anew when it changed.
install_unit() {
  local name=$1
  shift
  write_file "$UNITS/$name" 644 root:root "$@"
}

# remove_unit UNIT…: stops and disables units and removes their files and drop-ins under $UNITS.
remove_unit() {
  local unit
  for unit; do
    if unit_exists "$unit"; then
      if systemctl is-active --quiet "$unit"; then change "stop $unit" systemctl stop "$unit"; fi
      if systemctl is-enabled --quiet "$unit" 2>/dev/null; then change "disable $unit" systemctl disable "$unit"; fi
      if systemctl is-failed --quiet "$unit"; then change "forget that $unit failed" systemctl reset-failed "$unit"; fi
    fi
    remove_path "$UNITS/$unit" "$UNITS/$unit.d" "$PENDING_RESTARTS/$unit"
  done
  reload_systemd
}

# ensure_unit UNIT: reads changed unit files, enables the unit at boot, starts it, or restarts it when
# `mark_for_restart` named it. Fails when it is not active afterwards.
ensure_unit() {
  local unit=$1
  if is_dry_run && ! unit_exists "$unit"; then
    change "enable $unit" true
    change "start $unit" true
    return 0
  fi
  reload_systemd
  # Enabling writes the links that an alias needs, so a unit whose aliases are missing is enabled again.
  if ! systemctl is-enabled --quiet "$unit"; then change "enable $unit" systemctl enable "$unit"; fi
  if ! systemctl is-active --quiet "$unit"; then
    change "start $unit" systemctl start "$unit"
  elif restart_is_due "$unit"; then
    change "restart $unit" systemctl restart "$unit"
  fi
  forget_restart "$unit"
}

# unit_exists UNIT: a predicate.
unit_exists() { [[ $(systemctl show -p LoadState --value -- "$1") != not-found ]]; }

restart_is_due() { [[ -n ${RESTARTS_DUE[$1]:-} || -e $PENDING_RESTARTS/$1 ]]; }

forget_restart() {
  if is_dry_run; then return 0; fi
  unset "RESTARTS_DUE[$1]"
  rm -f -- "$PENDING_RESTARTS/$1"
  if [[ -d $PENDING_RESTARTS ]]; then rmdir --ignore-fail-on-non-empty -- "$PENDING_RESTARTS"; fi
}

# Reads unit files again, which is no change to report.
reload_systemd() {
  if is_dry_run; then return 0; fi
  attempt 'have systemd read its units (systemctl daemon-reload)' systemctl daemon-reload
}
