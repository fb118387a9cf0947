#!/usr/bin/env bash
# needle 3.5.0, with Node.js 24.21.0.
#
# needle reads HTTP_PROXY and HTTPS_PROXY by itself: it connects to the proxy and asks for the absolute URL, with
# the Host of that URL. With NODE_USE_ENV_PROXY=1 Node takes this for a request to the proxy's own address, would
# send it through the proxy, and refuses it, because the Host is another: ERR_INVALID_ARG_VALUE for every request
# that needle sends, though each of the two settings works without the other. NO_PROXY with the address of the
# proxy lets both work: needle compares it with the host of the URL, Node with that of the proxy.
#
# Output seen, 2026-11-28, Linux x64:
#   HTTP_PROXY: 200 GET http://example.test/
#   and NODE_USE_ENV_PROXY=1: ERR_INVALID_ARG_VALUE
#   and NO_PROXY with the proxy's address: 200 GET http://example.test/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 needle@3.5.0 >/dev/null
cat > ask.cjs <<'JS'
require('needle')('get', 'http://example.test/').then(({ statusCode, body }) => console.log(statusCode, String(body)), ({ code }) => console.log(code))
JS
cat > try.mjs <<'JS'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { promisify } from 'node:util'

// A proxy that answers by itself what it was asked.
const proxy = createServer(({ method, url }, response) => { response.end(`${method} ${url}`) })
await once(proxy.listen(0, '127.0.0.1'), 'listening')

let env = { PATH: process.env.PATH, HTTP_PROXY: `http://127.0.0.1:${proxy.address().port}` }
for (const [what, more] of [['HTTP_PROXY', {}], ['and NODE_USE_ENV_PROXY=1', { NODE_USE_ENV_PROXY: '1' }], ["and NO_PROXY with the proxy's address", { NO_PROXY: '127.0.0.1' }]]) {
  env = { ...env, ...more }
  const { stdout } = await promisify(execFile)(process.execPath, ['ask.cjs'], { env })
  console.log(`${what}: ${stdout.trim()}`)
}
proxy.close()
proxy.closeAllConnections()
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
HTTP_PROXY: 200 GET http://example.test/
and NODE_USE_ENV_PROXY=1: ERR_INVALID_ARG_VALUE
and NO_PROXY with the proxy's address: 200 GET http://example.test/
SEEN
