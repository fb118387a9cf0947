import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect as connectTls, createServer } from 'node:tls'
import t from 'tap'
import { issueAuthority, issueServer } from '../../../src/server/tls/issue.ts'
import { permit } from '../../../src/server/tls/name-constraints.ts'

t.test('clients accept certificates for permitted names, and refuse those for other names', async (t) => {
  const hosts = ['achievements.xboxlive.com', 'localhost', '127.0.0.1', '::1', 'emulator', '*.example.test', 'fd00::7', '::ffff:10.0.0.7', ...Array.from({ length: 200 }, (_, index) => `h${index}`)]
  const authority = await issueAuthority(permit(hosts), Date.now())
  const trusted = authority.certificate.slice(authority.certificate.lastIndexOf('-----BEGIN'))
  const connect = async (names: readonly string[]): Promise<string> => {
    const { certificate, key } = await issueServer(authority, names, Date.now())
    const server = createServer({ cert: certificate, key }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connectTls({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: trusted, checkServerIdentity: () => undefined })
    const outcome = await new Promise<string>((resolve) => { socket.once('secureConnect', () => resolve('accepted')).once('error', ({ message }) => resolve(message)) })
    socket.destroy()
    server.close()
    return outcome
  }
  for (const names of [hosts.slice(0, 9), ['a.b.example.test'], ['localhost', '127.0.0.1', '::1'], ['h199']]) t.equal(await connect(names), 'accepted', String(names))
  for (const name of ['example.com', 'xboxlive.com', 'evil-localhost', '127.0.0.2', '::2', 'fd00::8']) {
    t.equal(await connect([name]), 'permitted subtree violation', name)
    t.equal(await connect(['localhost', name]), 'permitted subtree violation', name)
  }
})
