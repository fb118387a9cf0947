#!/usr/bin/env bash
# undici 8.13.1, interceptors.cache, with Node.js 24.21.0.
#
# RFC 9111, section 3.5, forbids a shared cache to keep the answer to a request with Authorization unless the
# answer says `public`, `s-maxage` or `must-revalidate`. undici asks the same of a cache of type `private`, to
# which the section does not apply: a client that signs its requests never has an answer from its own cache.
#
# Output seen, 2026-11-27, Linux x64:
#   private, without Authorization: asked 1 of 2 times
#   private, with Authorization: asked 2 of 2 times
#   shared, with Authorization: asked 2 of 2 times
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 undici@8.13.1 >/dev/null
cat > try.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Agent, interceptors, request } from 'undici'

let asked = 0
const server = createServer((_request, response) => {
  asked++
  response.setHeader('cache-control', 'max-age=600')
  response.end('body')
})
await once(server.listen(0, '127.0.0.1'), 'listening')

async function count (type, headers) {
  asked = 0
  const dispatcher = new Agent().compose(interceptors.cache({ type }))
  for (let times = 0; times < 2; times++) await (await request(`http://127.0.0.1:${server.address().port}/`, { dispatcher, headers })).body.text()
  await dispatcher.close()
  return `asked ${asked} of 2 times`
}

const headers = { authorization: 'XBL3.0 x=hash;token' }
console.log(`private, without Authorization: ${await count('private', {})}`)
console.log(`private, with Authorization: ${await count('private', headers)}`)
console.log(`shared, with Authorization: ${await count('shared', headers)}`)
server.close()
JS
node_modules/.bin/node try.mjs | tee seen
diff seen - <<'SEEN'
private, without Authorization: asked 1 of 2 times
private, with Authorization: asked 2 of 2 times
shared, with Authorization: asked 2 of 2 times
SEEN
