import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { Config } from '../../config/config.ts'
import { CommandError } from '../../base/user-error.ts'
import type { Connections } from '../connections.ts'
import type { Issued } from './issue.ts'
import { createSecureListener, type SecureListener } from './secure-listener.ts'
import { keepAuthority, keepServer, readMatching, warningOf } from './tls-folder.ts'
import { servedHosts } from '../../http/hosts.ts'

/** What is served over TLS, and what a person has to know of it. */
export interface SecureService extends SecureListener {
  /** What a client has to trust. */
  readonly trust: string
  /** What has to be done again. */
  readonly warning: string | null
}

/**
 * Prepares to serve over TLS what an HTTP server serves.
 *
 * @param now the machine's clock, in ms since 1970: clients go by it.
 * @throws {CommandError} when there is no certificate that can be used.
 */
export async function prepareTls (config: Config, { server, connections }: { server: Server, connections: Connections }, now: number): Promise<SecureService> {
  const { pair, ...known } = await findCertificate(config, now)
  return { ...createSecureListener(server, pair, { timeout: config.requestTimeout, connections }), ...known }
}

async function findCertificate ({ tlsCert, tlsKey, tlsDir, tlsHost }: Config, now: number): Promise<Pick<SecureService, 'trust' | 'warning'> & { pair: Issued }> {
  if (tlsCert !== null && tlsKey !== null) return { pair: readOwn(tlsCert, tlsKey), trust: tlsCert, warning: null }
  if (tlsCert !== null || tlsKey !== null) throw new CommandError('--tls-cert and --tls-key belong together; give both, or neither for a certificate of the local CA')
  const hosts = servedHosts(tlsHost)
  const authority = await keepAuthority(tlsDir, { hosts, now })
  return { pair: await keepServer(tlsDir, { authority, hosts, now }), trust: authority.file, warning: warningOf(authority) }
}

/** A certificate of the developer's own, with what belongs to its chain. */
function readOwn (certificate: string, key: string): Issued {
  try {
    const pair = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
    const { key: plain } = readMatching(pair, `${certificate}, with ${key},`)
    return { certificate: pair.certificate, key: plain }
  } catch (error) {
    throw new CommandError(`the certificate cannot be used: ${(error as Error).message}; give PEM files with --tls-cert and --tls-key`)
  }
}
