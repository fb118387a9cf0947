import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { VERSION } from '../base/version.ts'
import type { Config } from '../config/config.ts'
import { switchedOn } from '../http/hosts.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import type { Dialect } from '../model/dialect.ts'
import { notFound } from '../model/refusals.ts'
import { LARGEST_WORLD } from './largest-world.ts'

/** Where an emulator listens. */
export interface Addresses {
  /** Of HTTP, as clients on this machine reach it; null while it does not listen. */
  readonly http: () => string | null
  /** Of HTTPS, and the file of the certificate to trust; null when it is not served. */
  https: { readonly url: string, readonly trust: string } | null
}

/** The options that somebody who looks at an emulator wants to know; none of them is secret. */
const TOLD_OPTIONS = [
  'crossUser', 'rateLimit', 'unknownTokens', 'signIn', 'signInAs', 'verifySignatures', 'igdb', 'neighbours', 'rta', 'journal', 'journalAnswers', 'requestTimeout', 'database', 'watch', 'exportOnExit'
] as const satisfies ReadonlyArray<keyof Config>

type ToldOptions = Pick<Config, typeof TOLD_OPTIONS[number]>

/** What an emulator serves, where, and how. */
export interface About {
  readonly version: string
  readonly dialect: Dialect
  /** Where the world comes from, as messages name it. */
  readonly source: string
  /** Whether something was merged into it since the start. */
  readonly isMerged: boolean
  readonly world: { readonly titles: number, readonly achievements: number, readonly users: number, readonly sessions: number }
  /** Where titles are published, the first hundred. */
  readonly sandboxes: ReadonlyArray<{ readonly sandbox: string, readonly titles: number }>
  readonly addresses: { readonly http: string | null, readonly https: string | null }
  /** The hosts of Xbox Live that it answers for. */
  readonly hosts: readonly string[]
  /** The file of the certificate to trust, on the machine of the emulator; null without HTTPS. */
  readonly ca: string | null
  readonly options: ToldOptions
  /** Whether the control API demands a key. */
  readonly needsKey: boolean
  /** How large a world may be that is sent, in bytes. */
  readonly largestWorld: number
}

export function describeAbout ({ config, store }: Services, { http, https }: Addresses): About {
  return {
    version: VERSION,
    dialect: config.dialect,
    ...store.world.describe(),
    addresses: { http: http(), https: https?.url ?? null },
    hosts: switchedOn(config),
    ca: https?.trust ?? null,
    options: Object.fromEntries(TOLD_OPTIONS.map((name) => [name, config[name]])) as unknown as ToldOptions,
    needsKey: config.controlKey !== null,
    largestWorld: LARGEST_WORLD
  }
}

/** What is served, where and how; and the certificate to trust. */
export function aboutRoutes (app: FastifyInstance, services: Services, addresses: Addresses): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/about', ({ query }) => {
    new Query(query).requireKnown([])
    return describeAbout(services, addresses)
  })

  app.get<{ Querystring: URLSearchParams }>('/_emulator/ca.pem', ({ query }, reply) => {
    new Query(query).requireKnown([])
    const certificates = readCertificates(addresses)
    return reply.headers({ 'content-type': 'application/x-pem-file', 'content-disposition': 'attachment; filename="xbl-achievements-ca.pem"' }).send(certificates)
  })
}

/** The certificates to trust, without the key that a file may hold beside them. @throws 404 when there are none. */
function readCertificates ({ https }: Addresses): string {
  if (https === null) throw notFound('There is no certificate, as HTTPS is not served: start with --tls.')
  const certificates = readText(https.trust).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\r?\n?/g)
  if (certificates === null) throw notFound(`There is no certificate in ${https.trust} any more.`)
  return certificates.join('')
}

/** The text of a file; empty when it cannot be read. */
function readText (file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
