#!/bin/sh
# The account as which the program works. It owns nothing; what it may do is given by `beltline store prepare`, which runs as the owner.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv password POSTGRES_PROGRAM_PASSWORD
CREATE ROLE beltline_program LOGIN PASSWORD :'password';
SQL
