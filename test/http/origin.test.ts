import t from 'tap'
import { originOf } from '../../src/http/origin.ts'

t.test('the origin of a request', async (t) => {
  const socket = { localAddress: '127.0.0.1', localPort: 5280 }
  for (const [protocol, host, local, origin] of [
    ['http', 'localhost:5280', socket, 'http://localhost:5280'],
    ['https', 'localhost:5443', socket, 'https://localhost:5443'],
    ['http', 'achievements.xboxlive.com', socket, 'https://achievements.xboxlive.com'],
    ['http', 'Achievements.XboxLive.com', socket, 'https://Achievements.XboxLive.com'],
    ['http', 'achievements.xboxlive.com:80', socket, 'http://achievements.xboxlive.com:80'],
    ['http', undefined, socket, 'http://127.0.0.1:5280'],
    ['https', undefined, { localAddress: '::1', localPort: 5443 }, 'https://[::1]:5443'],
    ['http', undefined, { localPort: 5280 }, 'http://:5280']
  ] as const) {
    t.equal(originOf({ protocol, headers: { host }, socket: local }), origin)
  }
})
