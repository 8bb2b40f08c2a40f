#!/bin/bash
# Gives root up for the user rabbitmq, as the official image does.
set -eu
if [[ "$1" == rabbitmq* ]] && [ "$(id -u)" = 0 ]; then
  [ "$1" != rabbitmq-server ] || find /var/lib/rabbitmq \! -user rabbitmq -exec chown rabbitmq '{}' +
  exec gosu rabbitmq "$BASH_SOURCE" "$@"
fi
exec "$@"
