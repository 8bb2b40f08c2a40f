#!/bin/sh
# Runs once, when the database is made: the master owns a database of its own and is no superuser. psql itself reads the
# password, which so stands on no command line.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat /run/secrets/tessera/master-password`
CREATE ROLE tessera LOGIN PASSWORD :'password';
CREATE DATABASE tessera OWNER tessera;
REVOKE ALL ON DATABASE tessera FROM PUBLIC;
SQL
