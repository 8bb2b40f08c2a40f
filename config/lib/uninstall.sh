# shellcheck shell=bash
# Taking a role away again: the question before, and the folders that roles share.

# confirm_uninstall WHAT: asks, unless --yes or --dry-run was given.
confirm_uninstall() {
  if is_dry_run || [[ $ASSUME_YES == yes ]]; then return 0; fi
  if [[ ! -t 0 ]]; then refuse 'there is nobody to ask: say --yes'; fi
  local answer
  read -r -p "Remove $1 from this machine? Type yes: " answer
  if [[ $answer != yes ]]; then refuse 'nothing was removed'; fi
}

# remove_shared_folders: folders of all roles, when nothing of another role (or kept data) is left in them.
remove_shared_folders() {
  remove_empty_directory "$SECRETS" "$TLS" "$AUTHORITY" "$JOIN" "$PENDING_RESTARTS" "$ORIGINALS"
  remove_empty_directory /etc/tessera /var/lib/tessera /opt/tessera
}
