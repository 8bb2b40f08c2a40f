# shellcheck shell=bash
# Join files: what a node of the next role needs to know, credentials included. Made on one machine, carried to the
# next by its operator. NAME=value lines; read as text, never run as a script.

JOIN=/etc/tessera/join

# write_join_file ROLE <lines: NAME=value lines on standard input, for `--join` of ROLE-node-config.sh.
write_join_file() {
  local lines
  lines=$(cat)
  ensure_directory "$JOIN" 700 root:root
  write_file "$JOIN/$1.env" 600 root:root < <(
    printf '# For %s-node-config.sh --join. Holds passwords: carry it over a safe way, and delete copies after use.\n' "$1"
    printf 'TESSERA_JOIN=%s\n%s\n' "$1" "$lines"
  )
}

# need_join_file ROLE PATH: checks that the file is one for this role.
need_join_file() {
  need_file --join "$2"
  if [[ -z $2 ]]; then return 0; fi
  if [[ $(join_value "$2" TESSERA_JOIN) != "$1" ]]; then
    misuse "--join: $2 is no file for a $1 node (those are named $1.env)"
  fi
}

# join_value PATH NAME: prints a value, or nothing.
join_value() { sed -n "s/^$2=//p" "$1" | tail -n 1; }

# in_base64 PATH: prints a file in one line.
in_base64() { base64 -w 0 -- "$1"; }
