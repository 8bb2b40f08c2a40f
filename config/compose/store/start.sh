#!/bin/sh
# versitygw takes its root key from the environment only; read here, it stands in no description of the container.
set -eu
secrets=/run/secrets/tessera
ROOT_ACCESS_KEY_ID=$(cat "$secrets/root-access-key-id")
ROOT_SECRET_ACCESS_KEY=$(cat "$secrets/root-secret-access-key")
export ROOT_ACCESS_KEY_ID ROOT_SECRET_ACCESS_KEY
mkdir -p /data/objects /data/metadata
# Metadata in files beside the objects: works on every file system, and a plain copy of the volume is complete.
exec versitygw --iam-dir "$secrets" --keep-alive --quiet --health /healthz posix --sidecar /data/metadata /data/objects
