# shellcheck shell=bash
# What the operator chose, remembered between runs: options that are left out keep their values. No secrets.

# recall_settings FILE VARIABLE…: gives variables (arrays too) that have no value yet those of the file.
recall_settings() {
  local file=$1 name line
  shift
  if [[ ! -f $file ]]; then return 0; fi
  for name; do
    declare -n variable=$name
    line=$(sed -n "s/^$name=//p" "$file" | tail -n 1)
    if [[ -n ${variable[*]:-} || -z $line ]]; then
      :
    elif [[ $(declare -p "$name") == 'declare -a'* ]]; then
      read -ra variable <<<"$line"
    else
      # shellcheck disable=SC2178
      variable=$line
    fi
    unset -n variable
  done
}

# remember_settings FILE VARIABLE…: arrays are written with spaces between their values.
remember_settings() {
  local file=$1
  shift
  write_file "$file" 644 root:root < <(
    printf '# The options of %s, kept for its next run.\n' "${0##*/}"
    for name; do
      # shellcheck disable=SC2178
      declare -n variable=$name
      if [[ -n ${variable[*]:-} ]]; then printf '%s=%s\n' "$name" "${variable[*]}"; fi
      unset -n variable
    done
  )
}
