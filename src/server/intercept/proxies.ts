import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { finished, pipeline } from 'node:stream'
import { withoutBrackets } from '../../base/brackets.ts'
import { normalizeHost } from './names.ts'

/** Where a connection is to be opened to. */
export interface Address {
  readonly host?: unknown
  readonly port?: unknown
}

/** The ports of proxies whose address does not say one. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

const format = ({ host, port }: Address): string => `${normalizeHost(host)} ${Number(port)}`

/** True for the address of a proxy that a variable of the environment names (`HTTPS_PROXY`, `all_proxy`, `npm_config_proxy`, …). */
export function isProxy (address: Address): boolean {
  const wanted = format(address)
  return Object.entries(process.env).some(([name, value]) => {
    // Some clients take an address without a scheme.
    const text = value?.includes('://') ? value : `http://${value}`
    if (!/_proxy$/i.test(name) || !URL.canParse(text)) return false
    const { hostname, protocol, port } = new URL(text)
    return format({ host: withoutBrackets(hostname), port: port || DEFAULT_PORTS[protocol] }) === wanted
  })
}

/**
 * Stands before proxies, and connects to one only when a client sends it something: when the emulator
 * answers instead, it does not matter whether the proxy is there.
 */
export class Forwarders {
  readonly #servers = new Map<string, Server>()
  /** The sockets of clients that have come here, by their port. */
  readonly #clients = new Map<number, Socket>()
  readonly #address: string
  readonly #connect: (proxy: Address) => Socket

  /**
   * @param address of this machine, to listen on.
   * @param connect opens a connection.
   */
  constructor (address: string, connect: (proxy: Address) => Socket) {
    this.#address = address
    this.#connect = connect
  }

  /** The port that leads to a proxy, for a socket that will be connected to it. */
  async portTo (proxy: Address, socket: Socket): Promise<number> {
    socket.once('connect', () => this.#clients.set(socket.localPort as number, socket))
    const key = format(proxy)
    const server = this.#servers.get(key) ?? createServer((client) => this.#forward(client, proxy)).listen(0, this.#address).unref()
    this.#servers.set(key, server)
    if (!server.listening) await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  close (): void {
    for (const server of this.#servers.values()) server.close()
  }

  #forward (client: Socket, proxy: Address): void {
    const port = client.remotePort as number
    // A client may leave before it has sent anything.
    finished(client, () => { this.#clients.delete(port) })
    // Neither of the two connections holds the process: the client's own does, as long as it wants.
    client.unref().once('data', (first) => {
      client.pause()
      const connection = this.#connect(proxy).unref()
      const fail = (error: Error): void => { (this.#clients.get(port) as Socket).destroy(error) }
      connection.once('error', fail).once('connect', () => {
        connection.off('error', fail).once('error', () => client.resetAndDestroy())
      })
      connection.write(first)
      pipeline(client, connection, client, () => client.destroy())
    })
  }
}
