#!/usr/bin/env bash
# undici 8.13.1, and the WebSocket of Node.js 24.21.0 (npm package `node`), which is undici's.
#
# A WebSocket whose upgrade is answered with 401 sends the same request once more, at once and with the same
# headers, and is open if that is accepted. After 400, 403 and 503 it does not; after a 401 neither does `fetch` of
# the same Node, nor the WebSocket of Node.js 22.14.0, nor the package `ws` 8.23.0. The program sees one event
# `error`, without the status, or none.
#
# A test that answers one upgrade with 401 never sees its client handle it, and a server that counts attempts,
# or takes a ticket of one use from the address, sees two.
#
# Output seen, 2026-11-28, Linux x64:
#   WebSocket of v22.14.0: 400 1, 401 1, 403 1, 503 1; 401 and then 101: closed
#   WebSocket of v24.21.0: 400 1, 401 2, 403 1, 503 1; 401 and then 101: open
#   undici 8.13.1: 400 1, 401 2, 403 1, 503 1; 401 and then 101: open
#   ws 8.23.0: 400 1, 401 1, 403 1, 503 1; 401 and then 101: closed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 node22@npm:node@22.14.0 undici@8.13.1 ws@8.23.0 >/dev/null
cat > try.mjs <<'JS'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

let asked = 0
const server = createServer().on('upgrade', (request, socket) => {
  const [, status, then] = request.url.split('/')
  asked++
  if (asked === 1 || then === undefined) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
})
await once(server.listen(0, '127.0.0.1'), 'listening')

/** Opens a WebSocket, and waits until it is open or has failed. */
const attempt = (Class, path) => new Promise((resolve) => {
  asked = 0
  const socket = new Class(`ws://127.0.0.1:${server.address().port}${path}`)
  socket.onopen = () => resolve('open')
  // That of Node 22.14 has no event `close` then.
  socket.onerror = () => resolve('closed')
})

// Node 22.14 is too old for undici 8.
const classes = process.argv[2] === 'packages'
  ? { 'undici 8.13.1': (await import('undici')).WebSocket, 'ws 8.23.0': (await import('ws')).WebSocket }
  : { [`WebSocket of ${process.version}`]: WebSocket }
for (const [name, Class] of Object.entries(classes)) {
  const counts = []
  for (const status of [400, 401, 403, 503]) {
    await attempt(Class, `/${status}`)
    counts.push(`${status} ${asked}`)
  }
  console.log(`${name}: ${counts.join(', ')}; 401 and then 101: ${await attempt(Class, '/401/101')}`)
}
process.exit()
JS
{ node_modules/node22/bin/node try.mjs; node_modules/node/bin/node try.mjs; node_modules/node/bin/node try.mjs packages; } | tee seen
diff seen - <<'SEEN'
WebSocket of v22.14.0: 400 1, 401 1, 403 1, 503 1; 401 and then 101: closed
WebSocket of v24.21.0: 400 1, 401 2, 403 1, 503 1; 401 and then 101: open
undici 8.13.1: 400 1, 401 2, 403 1, 503 1; 401 and then 101: open
ws 8.23.0: 400 1, 401 1, 403 1, 503 1; 401 and then 101: closed
SEEN
