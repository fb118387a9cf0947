#!/usr/bin/env bash
# minecraft-auth 2.0.10 and msmc 5.0.5, with Node.js 24.21.0.
#
# minecraft-auth, which signs in as a page of the browser would ("SPA"), sends the whole redirect_uri as Origin:
# http://localhost:8080/token. An origin has no path, so whoever compares it with a list of origins refuses the
# request; setup({ redirectURL: 'http://localhost:8080' }) makes it one. It refreshes at login.live.com what
# login.microsoftonline.com has issued.
# msmc writes two slashes into the path of a profile: /users/me//profile/settings. The live service, on ASP.NET,
# takes them for one; routers that match each segment find nothing there.
#
# Output seen, 2026-11-28, Linux x64:
#   minecraft-auth: POST login.microsoftonline.com/consumers/oauth2/v2.0/token, Origin: http://localhost:8080/token
#   minecraft-auth: POST login.live.com/oauth20_token.srf, Origin: http://localhost:8080/token
#   msmc: GET profile.xboxlive.com/users/me//profile/settings
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 minecraft-auth@2.0.10 msmc@5.0.5 >/dev/null
cat > try.cjs <<'JS'
const { dirname, join } = require('node:path')

// Nothing is sent: the request is shown where it would be made.
let who
require('node:https').request = (options) => {
  const { origin } = Object.fromEntries(Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value]))
  console.log(`${who}: ${options.method} ${options.hostname ?? options.host}${options.path.split('?')[0]}${origin === undefined ? '' : `, Origin: ${origin}`}`)
  throw new Error('not sent')
}
const { MicrosoftAuth } = require('minecraft-auth')
const { Social } = require(join(dirname(require.resolve('msmc')), 'auth/social.js'))

async function main () {
  who = 'minecraft-auth'
  await MicrosoftAuth.getToken('code').catch(() => {})
  await MicrosoftAuth.getTokenRefresh('token').catch(() => {})
  who = 'msmc'
  await new Social('XBL3.0 x=hash;token').getProfile().catch(() => {})
}
main()
JS
node_modules/.bin/node try.cjs | tee seen
diff seen - <<'SEEN'
minecraft-auth: POST login.microsoftonline.com/consumers/oauth2/v2.0/token, Origin: http://localhost:8080/token
minecraft-auth: POST login.live.com/oauth20_token.srf, Origin: http://localhost:8080/token
msmc: GET profile.xboxlive.com/users/me//profile/settings
SEEN
