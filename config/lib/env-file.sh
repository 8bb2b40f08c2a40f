# shellcheck shell=bash
# Files of NAME=value lines that an operator writes too: only the named lines are set.

# set_lines FILE UNITS [NAME=VALUE…]: sets those lines where they are or at the end, takes away those with an empty value,
# and leaves the others and all comments alone. Makes the file if there is none. UNITS, with spaces between them, are
# restarted when something changed.
set_lines() {
  local file=$1 units
  read -ra units <<<"$2"
  shift 2
  write_file "$file" 644 root:root "${units[@]}" < <(
    if [[ -f $file ]]; then
      cat -- "$file"
    else
      printf '# Settings, NAME=value; docs/operator.md lists them. Secrets are in %s.\n' "$SECRETS"
    fi | with_lines "$@"
  )
}

# with_lines [NAME=VALUE…]: prints standard input with those lines.
with_lines() {
  local line name
  local -A wanted=()
  for line; do wanted[${line%%=*}]=${line#*=}; done
  while IFS= read -r line || [[ -n $line ]]; do
    name=${line%%=*}
    if [[ $line != *=* || -z $name || ! -v wanted[$name] ]]; then
      printf '%s\n' "$line"
    elif [[ -n ${wanted[$name]} ]]; then
      printf '%s\n' "$name=${wanted[$name]}"
      wanted[$name]=''
    fi
  done
  for line; do
    name=${line%%=*}
    if [[ -n ${wanted[$name]} ]]; then printf '%s\n' "$name=${wanted[$name]}"; fi
  done
}
