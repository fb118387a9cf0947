import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import { CommandError } from '../../base/user-error.ts'
import type { Config } from '../../config/config.ts'
import { servedHosts, signableHosts } from '../../http/hosts.ts'
import type { Connections } from '../connections.ts'
import type { CertifiedKey } from './issue.ts'
import { createSecureListener, type SecureListener } from './secure-listener.ts'
import { ensureAuthority, ensureServerCertificate, readKey, warningFor } from './tls-folder.ts'

/** A listener for TLS, and what a person has to know of its certificate. */
export interface SecureService extends SecureListener {
  /** The file of the certificate that clients have to trust. */
  readonly trust: string
  /** What a person has to do, when a new CA was made; null for nothing. */
  readonly warning: string | null
}

/**
 * Prepares to serve over TLS what an HTTP server serves.
 *
 * @param now the machine's clock, in ms since 1970: clients go by it.
 * @throws {CommandError} when there is no certificate that can be used.
 */
export async function prepareTls (config: Config, { server, connections, log }: { server: Server, connections: Connections, log: FastifyBaseLogger }, now: number): Promise<SecureService> {
  const { pair, ...known } = await findCertificate(config, now)
  const advice = config.tlsCert === null
    ? { trust: `"xbl-achievements ca" tells how to make it trust ${known.trust}`, name: 'name it with --tls-host' }
    : { trust: `make it trust the issuer of ${known.trust}`, name: 'give --tls-cert one that is for it' }
  return { ...createSecureListener(server, pair, { timeout: config.requestTimeout, connections, log, advice }), ...known }
}

async function findCertificate ({ tlsCert, tlsKey, tlsDir, tlsHost }: Config, now: number): Promise<Pick<SecureService, 'trust' | 'warning'> & { pair: CertifiedKey }> {
  if (tlsCert !== null && tlsKey !== null) return { pair: readOwnCertificate(tlsCert, tlsKey), trust: tlsCert, warning: null }
  if (tlsCert !== null || tlsKey !== null) throw new CommandError('--tls-cert and --tls-key belong together; give both, or neither for a certificate of the local CA')
  const authority = await ensureAuthority(tlsDir, { hosts: signableHosts(tlsHost), now })
  return { pair: await ensureServerCertificate(tlsDir, { authority, hosts: servedHosts(tlsHost), now }), trust: authority.file, warning: warningFor(authority) }
}

/** A certificate of the developer's own, with its chain. */
function readOwnCertificate (certificate: string, key: string): CertifiedKey {
  try {
    const pair = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
    return { certificate: pair.certificate, key: readKey(pair, `${certificate}, with ${key},`) }
  } catch (error) {
    throw new CommandError(`the certificate cannot be used: ${(error as Error).message}; give PEM files with --tls-cert and --tls-key`)
  }
}
