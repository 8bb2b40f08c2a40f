#!/bin/sh
# Arguments are the program's own; without any, VGW_ARGS, VGW_BACKEND, VGW_BACKEND_ARG and VGW_BACKEND_ARGS make them.
set -e
if [ "$#" -eq 0 ]; then
  # The variables hold several words each.
  # shellcheck disable=SC2086
  set -- ${VGW_ARGS:-} "${VGW_BACKEND:?no backend given}" ${VGW_BACKEND_ARG:+"$VGW_BACKEND_ARG"} ${VGW_BACKEND_ARGS:-}
fi
exec versitygw "$@"
