#!/usr/bin/env bash
# prismarine-auth 3.1.1, with Node.js 24.21.0.
#
# Its live and sisu flows keep the answer of login.live.com with the instant of the answer, in ms, and take the sum of
# that and expires_in, which is in s, for the instant at which the access token ends. So a token for an hour is over
# after 2.6 seconds, and one for a day after 85: each later start refreshes it. The token that it gets then is new, so
# nothing fails; only a service that counts refreshes, or a test that does, sees it.
#
# Output seen, 2026-11-28, Linux x64:
#   expires_in 3600, 2 s old: valid
#   expires_in 3600, 4 s old: over
#   expires_in 86400, 80 s old: valid
#   expires_in 86400, 90 s old: over
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 prismarine-auth@3.1.1 >/dev/null
cat > try.cjs <<'JS'
const LiveTokenManager = require('prismarine-auth/src/TokenManagers/LiveTokenManager')

async function main () {
  for (const [expires, age] of [[3600, 2], [3600, 4], [86400, 80], [86400, 90]]) {
    const token = { access_token: 'a', refresh_token: 'r', expires_in: expires, obtainedOn: Date.now() - age * 1000 }
    const manager = new LiveTokenManager('client', ['scope'], { getCached: async () => ({ token }) })
    console.log(`expires_in ${expires}, ${age} s old: ${(await manager.getAccessToken()).valid ? 'valid' : 'over'}`)
  }
}
main()
JS
node_modules/.bin/node try.cjs | tee seen
diff seen - <<'SEEN'
expires_in 3600, 2 s old: valid
expires_in 3600, 4 s old: over
expires_in 86400, 80 s old: valid
expires_in 86400, 90 s old: over
SEEN
