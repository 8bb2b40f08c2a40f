# shellcheck shell=bash
# Steps: what a role script does, one line each on the terminal, and how it fails.
#
# A script runs everything through `run_step`. What changes the machine goes through `change` (or a function that uses
# it: write_file, ensure_packages, ensure_unit …), which does nothing with --dry-run. A step in which nothing had to be
# changed is reported as "unchanged".
#
# Needs `set -Eeuo pipefail`. Functions that change things must not be called in a condition (`if f`, `f || …`), where
# bash does not stop at an error.

DRY_RUN=${DRY_RUN:-no}
STEP_TITLE=''
STEP_ACTION=''
STEP_CHANGES=()
STEP_LOG=/dev/null
CHANGED_STEPS=0

# What the person in front of the terminal reads, also while a step's commands write to its log.
exec 3>&1 4>&2

is_dry_run() { [[ $DRY_RUN == yes ]]; }

# Prints a line on the terminal.
say() { printf '%s\n' "$*" >&3; }

# begin_steps: makes the folder for what lives only while the script runs (WORK, in memory, root only), and has every
# error end the script with a sentence. Once, before the first step.
begin_steps() {
  umask 077
  WORK=$(mktemp -d /run/tessera-setup.XXXXXX)
  STEP_LOG=$WORK/log
  # Bodies of conditions and substitutions are reported by the command around them.
  trap 'report_error "$?"' ERR
  trap 'rm -rf -- "$WORK"' EXIT
  trap 'fail "interrupted; run the script again to finish"' INT TERM HUP
}

# run_step TITLE COMMAND [ARGUMENT…]: runs a command, in most cases a function of the caller's, and prints one line.
run_step() {
  STEP_TITLE=$1
  STEP_ACTION=''
  STEP_CHANGES=()
  shift
  "$@"
  if ((${#STEP_CHANGES[@]} == 0)); then
    say "unchanged  $STEP_TITLE"
  else
    CHANGED_STEPS=$((CHANGED_STEPS + 1))
    local verb='done'
    if is_dry_run; then verb='would do'; fi
    local list
    list=$(printf '; %s' "${STEP_CHANGES[@]}")
    say "$(printf '%-9s' "$verb")  $STEP_TITLE: ${list:2}"
  fi
  STEP_TITLE=''
}

# change ACTION COMMAND [ARGUMENT…]: does what changes the machine, or with --dry-run only says so. ACTION is an
# infinitive ("start docker"). The command's output goes to a log that is shown if it fails.
change() {
  STEP_CHANGES+=("$1")
  if is_dry_run; then return 0; fi
  attempt "$@" </dev/null
}

# change_with_input ACTION COMMAND [ARGUMENT…]: the same with this function's standard input as the command's: the way
# to give a program a secret.
change_with_input() {
  STEP_CHANGES+=("$1")
  if is_dry_run; then
    cat >/dev/null
    return 0
  fi
  attempt "$@"
}

# attempt ACTION COMMAND [ARGUMENT…]: does what may fail but is no change to report; runs with --dry-run too.
attempt() {
  local outer=$STEP_ACTION
  STEP_ACTION=$1
  shift
  "$@" >"$STEP_LOG" 2>&1
  STEP_ACTION=$outer
}

# fail SENTENCE: ends the script with exit code 1.
fail() {
  trap - ERR
  printf 'failed     %s%s\n' "${STEP_TITLE:+$STEP_TITLE: }" "$*" >&4
  exit 1
}

# report_error STATUS: the ERR trap; tells which action ended the script and the last lines that it printed.
report_error() {
  local status=$1
  if ((BASH_SUBSHELL > 0)); then exit "$status"; fi
  trap - ERR
  local output=''
  if [[ -n $STEP_ACTION && -s $STEP_LOG ]]; then output=$(tail -n 15 -- "$STEP_LOG" | sed 's/^/           | /'); fi
  printf 'failed     %scould not %s (exit code %s).\n' \
    "${STEP_TITLE:+$STEP_TITLE: }" "${STEP_ACTION:-go on after “${BASH_COMMAND%% *}”}" "$status" >&4
  if [[ -n $output ]]; then printf '%s\n' "$output" >&4; fi
  exit 1
}

# say_summary: the last line of a run.
say_summary() {
  if is_dry_run; then
    say "Nothing was changed (--dry-run); $CHANGED_STEPS steps would change something."
  elif ((CHANGED_STEPS == 0)); then
    say 'unchanged: this machine is as it should be.'
  else
    say "Done: $CHANGED_STEPS steps changed something."
  fi
}
