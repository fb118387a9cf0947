#!/usr/bin/env bash
# npm 11.5.2 and 10.9.2, with Node.js 24.21.0.
#
# A package with a binding.gyp and without install scripts is compiled by npm, unless its package.json says
# `"gypfile": false`. `npm install` heeds that. It does not write the member into package-lock.json, and
# `npm ci` reads the lock file: the same package of the same version is compiled there, by `node-gyp rebuild`.
# Where there is no Python, `npm install` succeeds and `npm ci` fails; better-sqlite3 13 is such a package.
#
# Output seen, 2026-11-28, Linux x64:
#   npm 10.9.2 install: runs nothing
#   npm 10.9.2 ci: runs node-gyp rebuild
#   npm 11.5.2 install: runs nothing
#   npm 11.5.2 ci: runs node-gyp rebuild
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tools"
cd "$folder/tools"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 npm10@npm:npm@10.9.2 npm11@npm:npm@11.5.2 >/dev/null
PATH="$folder/tools/node_modules/.bin:$PATH"

mkdir "$folder/addon"
cd "$folder/addon"
echo '{ "name": "addon", "version": "1.0.0", "gypfile": false, "main": "index.js" }' > package.json
echo 'module.exports = 1' > index.js
echo '{ "targets": [] }' > binding.gyp
npm pack --silent --pack-destination "$folder" >/dev/null

# Stands for the shell in which npm runs scripts, and notes what it is asked to run: nothing is compiled here.
printf '#!/bin/sh\nshift\necho "$@" >> "%s/asked"\n' "$folder" > "$folder/shell"
chmod +x "$folder/shell"
export npm_config_script_shell="$folder/shell"
for version in 10 11; do
  npm="$folder/tools/node_modules/npm$version/bin/npm-cli.js"
  rm -rf "$folder/app" && mkdir "$folder/app" && cd "$folder/app"
  echo '{ "private": true }' > package.json
  for command in "install $folder/addon-1.0.0.tgz" ci; do
    : > "$folder/asked"
    node "$npm" $command --silent --no-audit --no-fund >/dev/null
    echo "npm $(node "$npm" --version) ${command%% *}: runs $(grep . "$folder/asked" || echo nothing)"
  done
done | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
npm 10.9.2 install: runs nothing
npm 10.9.2 ci: runs node-gyp rebuild
npm 11.5.2 install: runs nothing
npm 11.5.2 ci: runs node-gyp rebuild
SEEN
