#!/bin/sh
# Makes the site's database and its three roles on the first start of the PostgreSQL container.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres \
    -v owner="$OWNER_PASSWORD" -v web="$WEB_PASSWORD" -v service="$SERVICE_PASSWORD" <<'SQL'
CREATE ROLE codegen_owner LOGIN CREATEDB PASSWORD :'owner';
CREATE ROLE codegen_web LOGIN PASSWORD :'web';
CREATE ROLE codegen_service LOGIN BYPASSRLS PASSWORD :'service';
CREATE DATABASE codegen OWNER codegen_owner;
\connect codegen
CREATE EXTENSION IF NOT EXISTS vector;
SQL
