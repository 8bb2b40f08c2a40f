# shellcheck shell=bash source-path=SCRIPTDIR/.. disable=SC2034
# Everything that a role script is made of. CONFIG is the folder of the scripts.

# The checkout or release that the scripts lie in.
CHECKOUT=${CONFIG%/config}
UNIT_FILES=$CONFIG/units

source "$CONFIG/lib/steps.sh"
source "$CONFIG/lib/options.sh"
source "$CONFIG/lib/system.sh"
source "$CONFIG/lib/role.sh"
source "$CONFIG/lib/settings.sh"
source "$CONFIG/lib/files.sh"
source "$CONFIG/lib/originals.sh"
source "$CONFIG/lib/secrets.sh"
source "$CONFIG/lib/packages.sh"
source "$CONFIG/lib/systemd.sh"
source "$CONFIG/lib/authority.sh"
source "$CONFIG/lib/certificates.sh"
source "$CONFIG/lib/join.sh"
source "$CONFIG/lib/firewall.sh"
source "$CONFIG/lib/uninstall.sh"
