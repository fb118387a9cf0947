#!/usr/bin/env bash
# better-sqlite3 13.2.0, with Node.js 24.21.0.
#
# The name of a database file is trimmed before it is opened, and only there: `new Database(' world.db ')`
# makes and opens `world.db`, while `database.name` goes on saying ' world.db '. A program that looks at the
# file by the name that it gave, or by `database.name` (its size, its mode, whether it is still there), looks
# at another file, and two names that the file system tells apart are one database.
#
# Output seen, 2026-11-27, Linux x64:
#   files: ["world.db"]
#   name: " world.db "
#   by its name: none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts better-sqlite3@13.2.0 >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
cat > try.cjs <<'JS'
const Database = require('better-sqlite3')
const { existsSync, mkdirSync, readdirSync } = require('node:fs')

mkdirSync('data')
process.chdir('data')
const database = new Database(' world.db ')
database.exec('CREATE TABLE t (x)')
console.log(`files: ${JSON.stringify(readdirSync('.'))}`)
console.log(`name: ${JSON.stringify(database.name)}`)
console.log(`by its name: ${existsSync(database.name) ? 'there' : 'none'}`)
JS
node_modules/.bin/node try.cjs | tee seen
diff seen - <<'SEEN'
files: ["world.db"]
name: " world.db "
by its name: none
SEEN
