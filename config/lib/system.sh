# shellcheck shell=bash
# The machine a script runs on: the systems it was made for, root, systemd, its addresses.

# require_system: ends the script on anything but a Debian or Ubuntu that it was made for, run by systemd, as root.
require_system() {
  if ((EUID != 0)); then refuse "run it as root: sudo $0 …"; fi
  local system=unknown
  if [[ -r /etc/os-release ]]; then
    # shellcheck disable=SC1091
    system=$(. /etc/os-release && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-}")
  fi
  case $system in
    'debian 12' | 'debian 13' | 'ubuntu 22.04' | 'ubuntu 24.04') ;;
    *) refuse "this system is $system; it must be Debian 12 or 13, or Ubuntu 22.04 or 24.04" ;;
  esac
  if [[ ! -d /run/systemd/system ]]; then refuse 'systemd does not run on this machine'; fi
}

# host_addresses: prints the machine's names and addresses that another machine could use, one a line.
host_addresses() {
  {
    hostname
    hostname -f 2>/dev/null || true
    hostname -I 2>/dev/null | tr ' ' '\n' | grep -v '^fe80:' || true
  } | awk 'NF && !seen[$0]++'
}

# refuse SENTENCE: before anything was done.
refuse() {
  printf '%s: %s.\n' "${0##*/}" "$1" >&2
  exit 1
}
