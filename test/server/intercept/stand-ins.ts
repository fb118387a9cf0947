import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { XBOX_HOSTS } from '../../../src/http/hosts.ts'
import type { Emulator } from '../../../src/index.ts'
import { issueAuthority, issueServer } from '../../../src/server/tls/issue.ts'
import { permit } from '../../../src/server/tls/name-constraints.ts'
import { GAMER, listOf, SAMPLE_TITLE } from '../../helper.ts'

export const HOST = 'achievements.xboxlive.com'
export const PATH = listOf(GAMER, `?titleId=${SAMPLE_TITLE}`)
export const URL_OF_LIST = `https://${HOST}${PATH}`
export const HEADERS = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
/** The names that are intercepted. */
export const NAMES = { served: [HOST], refusedDomain: 'xboxlive.com' }

/** What a connection to a host that is not served ends with. @param served by default all that an emulator can serve. */
export const refusalOf = (host: string, { url }: Pick<Emulator, 'url'>, served = XBOX_HOSTS) => ({
  code: 'ECONNREFUSED',
  message: `connect ECONNREFUSED ${host}: the emulator at ${url} does not serve it, and intercept() lets nothing through to Xbox Live; it serves ${served.join(', ')}`
})

/** A server that is not the emulator. */
export interface Other {
  readonly port: number
  /** What it was asked for. */
  readonly asked: string[]
  /** Its connections. */
  readonly sockets: Socket[]
  readonly server: NetServer
}

export async function listen (t: Test, server: NetServer, asked: string[]): Promise<Other> {
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket.on('error', () => {})))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked, sockets, server }
}

/** A server with a certificate for some hosts. */
export async function startOther (t: Test, hosts: readonly string[] = ['localhost', '127.0.0.1']): Promise<Other & { ca: string }> {
  const authority = await issueAuthority(permit(hosts), Date.now())
  const { certificate, key } = await issueServer(authority, hosts, Date.now())
  const asked: string[] = []
  const server = createTlsServer({ cert: certificate, key }, ({ method, url, headers }, response) => {
    asked.push(`${method} ${url}`)
    response.end(`other ${headers.host}`)
  })
  return { ca: authority.certificate, ...await listen(t, server, asked) }
}

/** A proxy, which leads every tunnel to a port of this machine. With a certificate it is asked over TLS. */
export async function startProxy (t: Test, to = 9): Promise<Other> {
  const asked: string[] = []
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`)
    response.end('proxy')
  })
  server.on('connect', ({ url }, client) => {
    asked.push(`CONNECT ${url}`)
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    client.pipe(connect(to, '127.0.0.1').on('error', () => {})).pipe(client)
  })
  return await listen(t, server, asked)
}

/** Sets variables of the environment during a test. */
export function setVariables (t: Test, variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name]
    process.env[name] = value
    t.teardown(() => {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    })
  }
}
