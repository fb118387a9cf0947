import type { EmulatorApp } from '../app.ts'
import { permit } from '../tls/name-constraints.ts'
import { createSecureListener, type SecureListener } from '../tls/secure-listener.ts'
import { loopbackBeside } from './names.ts'

/**
 * A port of this machine on which an emulator answers over TLS, for the connections of its own process. It
 * listens from the first connection on. Its certificate is made for it and not kept, and nobody has to trust it.
 */
export class SecurePort {
  #started: Promise<{ listener: SecureListener, port: number }> | undefined
  readonly #start: () => Promise<{ listener: SecureListener, port: number }>

  constructor ({ app, connections, services: { config } }: Pick<EmulatorApp, 'app' | 'connections' | 'services'>, { hosts, url }: { hosts: readonly string[], url: URL }) {
    this.#start = async () => {
      const { issueAuthority, issueServer } = await import('../tls/issue.ts')
      const now = Date.now()
      const certified = await issueServer(await issueAuthority(permit(hosts), now), hosts, now)
      const advice = { trust: 'this port is for the process that intercepts its own requests', name: 'ask for a host of Xbox Live' }
      const listener = createSecureListener(app.server, certified, { timeout: config.requestTimeout, connections, log: app.log, advice })
      const { port } = await listener.listen(loopbackBeside(url), 0)
      return { listener, port }
    }
  }

  async number (): Promise<number> {
    this.#started ??= this.#start()
    return (await this.#started).port
  }

  async close (): Promise<void> {
    (await this.#started)?.listener.stop()
  }
}
