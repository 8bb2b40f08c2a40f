# shellcheck shell=bash
# The role of this machine: one, for the roles share places in /etc/tessera.

# refuse_other_role ROLE: ends the script on a machine that has another role.
refuse_other_role() {
  local role
  for role in broker server worker; do
    if [[ $role != "$1" && -e /etc/tessera/$role-node.env ]]; then
      refuse "this machine is a $role node; a machine has one role (take it away with $role-node-config.sh --uninstall)"
    fi
  done
}
