#!/usr/bin/env bash
# better-sqlite3 13.2.0, with Node.js 24.21.0; an index of two columns.
#
# `(a, b) > (?, ?)` seeks along both columns of an index on (a, b). With a scalar subquery in the place of
# the second parameter, which is computed once and before, the seek uses the first column alone, and the
# second is compared row by row: among many rows with the same `a`, a page costs as much as all of them.
# A `+` before the subquery, which changes nothing of its value, brings the second column back.
#
# Keyset pagination whose position is looked up in the same statement then reads far more than it has to.
# The answer is the right one: nothing shows it but EXPLAIN QUERY PLAN.
#
# Output seen, 2026-11-28, Linux x64:
#   parameters: ((a,b)>(?,?))
#   a subquery: (a>?)
#   + before it: ((a,b)>(?,?))
#   SQLite 3.54.1
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
const db = new Database(':memory:')
db.exec('CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, UNIQUE (a, b)) STRICT; CREATE TABLE position (b INTEGER NOT NULL) STRICT')
for (const [what, second] of [['parameters', '?'], ['a subquery', '(SELECT b FROM position)'], ['+ before it', '+(SELECT b FROM position)']]) {
  const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM t WHERE (a, b) > (?, ${second}) ORDER BY a, b`).all(...second === '?' ? [1, 1] : [1])
  console.log(`${what}: ${plan[0].detail.replace(/^.*INDEX \S+ /, '')}`)
}
console.log(`SQLite ${db.prepare('SELECT sqlite_version()').pluck().get()}`)
JS
node_modules/.bin/node try.cjs | tee seen
diff seen - <<'SEEN'
parameters: ((a,b)>(?,?))
a subquery: (a>?)
+ before it: ((a,b)>(?,?))
SQLite 3.54.1
SEEN
