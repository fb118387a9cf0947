#!/usr/bin/env bash
# ws 8.23.0, on Node.js 24.21.0 and 22.14.0.
#
# A peer that sends more than 60 pings in one write is cut, without a close frame and without a single pong, although
# it reads all the time. `maxPendingAutoPongs`, 60 unless a program says otherwise, counts a pong until its write is
# called back, which never is before all pings of a chunk have been read: it is a limit of pings that arrive together,
# and not only of pongs that a peer does not read. RFC 6455, 5.5.3, lets an endpoint answer the newest ping alone
# instead. 60 in one write are all answered.
#
# A server that answers its clients by ws loses one that was held up and sends what it has queued, with 1006 at both
# ends and no error that says why. `maxPendingAutoPongs: 0` has no such limit; `autoPong: false` leaves the answer to
# the program.
#
# Output seen, 2026-11-28, Linux x64:
#   60 pings: 60 pongs, 1000
#   61 pings: 0 pongs, 1006
#   61 pings, maxPendingAutoPongs: 0: 61 pongs, 1000
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm from 11.16 on asks before it runs a package's script; this one puts the binary of Node in its place.
echo '{ "private": true, "allowScripts": { "node": true } }' > package.json
npm install --silent --no-audit --no-fund node@24.21.0 node22@npm:node@22.14.0 ws@8.23.0 >/dev/null
cat > try.mjs <<'JS'
import { once } from 'node:events'
import { connect } from 'node:net'
import { WebSocketServer } from 'ws'

/** How a connection ends whose peer sends so many pings in one write, reads every pong, and then closes. */
async function attempt (pings, options = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options })
  await once(server, 'listening')
  const closed = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)))
  const socket = connect(server.address().port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n')
  await once(socket, 'data')
  let pongs = 0
  socket.on('data', (bytes) => {
    pongs += bytes.filter((byte) => byte === 0x8a).length
    // A close frame with the code 1000, masked with zeros.
    if (pongs === pings) socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]))
  })
  // Empty pings, masked with zeros.
  socket.write(Buffer.from(Array.from({ length: pings }, () => [0x89, 0x80, 0, 0, 0, 0]).flat()))
  const code = await closed
  server.close()
  return `${pongs} pongs, ${code}`
}
for (const pings of [60, 61]) console.log(`${pings} pings: ${await attempt(pings)}`)
console.log(`61 pings, maxPendingAutoPongs: 0: ${await attempt(61, { maxPendingAutoPongs: 0 })}`)
JS
for version in node22 node; do
  "node_modules/$version/bin/node" try.mjs | tee seen
  diff seen - <<'SEEN'
60 pings: 60 pongs, 1000
61 pings: 0 pongs, 1006
61 pings, maxPendingAutoPongs: 0: 61 pongs, 1000
SEEN
done
