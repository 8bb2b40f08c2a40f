# shellcheck shell=bash
# The worker node without docker: one or more executors, instances of one unit.

EXECUTOR_TEMPLATE=tessera-executor@.service
# /metrics and /healthz of instance N are on loopback, at this port plus N.
EXECUTOR_PORTS=9400
EXECUTOR_START_SECONDS=60

native_install_worker() {
  local number
  for ((number = 1; number <= REPLICAS; number++)); do EXECUTOR_UNITS+=("tessera-executor@$number.service"); done
  run_step 'Release' native_install_release "${EXECUTOR_UNITS[@]}"
  run_step 'Secrets and authorities' ensure_worker_secrets
  run_step 'Settings of the executors' write_executor_settings
  run_step 'Units' native_install_executor_units
  run_step 'Executors, started now and at boot' native_start_executors
}

# native_install_executor_units: the unit, and for each instance its share of the machine.
native_install_executor_units() {
  local number slots cores unit
  cores=$(nproc)
  install_unit "$EXECUTOR_TEMPLATE" "${EXECUTOR_UNITS[@]}" <"$UNIT_FILES/$EXECUTOR_TEMPLATE"
  native_restrict_addresses "$EXECUTOR_TEMPLATE" "${EXECUTOR_UNITS[@]}"
  for ((number = 1; number <= REPLICAS; number++)); do
    unit=${EXECUTOR_UNITS[number - 1]}
    # The cores are dealt out; each executor has one slot at least.
    slots=$((cores / REPLICAS + (number <= cores % REPLICAS ? 1 : 0)))
    install_unit "$unit.d/share.conf" "$unit" <<-END
	# The share of this executor, one of $REPLICAS, made by worker-node-config.sh, which replaces it at its next run.
	[Service]
	Environment=EXECUTOR_SLOTS=${SLOTS:-$((slots > 0 ? slots : 1))}
	Environment=EXECUTOR_METRICS_PORT=$((EXECUTOR_PORTS + number))
	MemoryHigh=$((75 / REPLICAS))%
	MemoryMax=$((85 / REPLICAS))%
	END
  done
  native_remove_executors_beyond "$REPLICAS"
}

# native_remove_executors_beyond NUMBER: those of an earlier run that had more.
native_remove_executors_beyond() {
  local folder number
  for folder in "$UNITS"/tessera-executor@[0-9]*.service.d; do
    number=${folder##*@}
    number=${number%%.*}
    if [[ -d $folder && $number =~ ^[0-9]+$ ]] && ((number > $1)); then
      remove_unit "tessera-executor@$number.service"
      remove_path "/var/cache/tessera/executor-$number" "/var/cache/private/tessera/executor-$number"
    fi
  done
}

native_start_executors() {
  local number
  for ((number = 1; number <= REPLICAS; number++)); do
    ensure_unit "${EXECUTOR_UNITS[number - 1]}"
    if is_dry_run; then continue; fi
    attempt "see executor $number at work, with broker and store (journalctl -t tessera-executor -n 50 tells more)" \
      native_await_executor $((EXECUTOR_PORTS + number))
  done
}

native_await_executor() {
  local end=$((SECONDS + EXECUTOR_START_SECONDS))
  until EXECUTOR_METRICS_PORT=$1 \
    "$CURRENT/bin/node" "$CURRENT/config/compose/healthy.mjs" EXECUTOR_METRICS_PORT /healthz; do
    if ((SECONDS > end)); then return 1; fi
    sleep 1
  done
}

# native_uninstall_worker: units, releases and caches. What the form with docker has too is the script's to remove.
native_uninstall_worker() {
  run_step 'Executors' native_remove_executors
  run_step 'Releases and caches' native_remove_shared
}

native_remove_executors() {
  native_remove_executors_beyond 0
  remove_path "$UNITS/$EXECUTOR_TEMPLATE" "$UNITS/$EXECUTOR_TEMPLATE.d"
  reload_systemd
}
