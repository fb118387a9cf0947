import { X509Certificate } from 'node:crypto'
import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { XBOX_HOSTS } from '../../http/hosts.ts'
import { findConstraintFault, readPermitted } from '../../server/tls/name-constraints.ts'
import { APPLICATION_ID } from '../../store/migrate.ts'
import type { AuthorityFacts, DatabaseFacts, Facts, HostsFacts, Trust } from './facts.ts'

const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem']

/** Where certificates of the system are. */
export interface SystemCertificates {
  /** Files with those that the system trusts, of which one has them all. */
  readonly bundles?: readonly string[]
  /** What Node knows of the system's, as PEM, where they are in no file. */
  readonly list: () => readonly string[]
}

/**
 * The CA of a folder, and who trusts it.
 *
 * @param hosts the names and addresses that it has to sign for.
 */
export function findAuthorityFacts (folder: string, env: NodeJS.ProcessEnv, { bundles = SYSTEM_BUNDLES, list, hosts, now }: SystemCertificates & { hosts: readonly string[], now: number }): AuthorityFacts {
  const file = resolve(folder, 'ca.pem')
  const unknown = { file, now, outdated: null, trust: { NODE_EXTRA_CA_CERTS: 'unset', SSL_CERT_FILE: 'unset' }, isInSystem: false } as const
  if (!existsSync(file)) return { ...unknown, validTo: null }
  try {
    const pem = readFileSync(file, 'utf8')
    const certificate = new X509Certificate(pem)
    const key = certificate.raw.toString('base64')
    const has = (text: string): boolean => text.replace(/\s+/g, '').includes(key)
    const trustOf = (name: string): Trust => {
      const bundle = env[name]
      if (!bundle) return 'unset'
      const text = readFileOr(bundle)
      return text === undefined ? 'unreadable' : has(text) ? 'has' : 'lacks'
    }
    return {
      file,
      now,
      validTo: Date.parse(certificate.validTo),
      outdated: findConstraintFault(readPermitted(certificate), hosts),
      trust: { NODE_EXTRA_CA_CERTS: trustOf('NODE_EXTRA_CA_CERTS'), SSL_CERT_FILE: trustOf('SSL_CERT_FILE') },
      isInSystem: bundles.some((bundle) => has(readFileOr(bundle) ?? '')) || list().some(has)
    }
  } catch (error) {
    return { ...unknown, validTo: (error as Error).message }
  }
}

function readFileOr (file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** The hosts file of a platform. */
export const hostsFileOf = (platform: NodeJS.Platform, { SystemRoot = 'C:\\Windows' }: NodeJS.ProcessEnv): string =>
  platform === 'win32' ? `${SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts'

/** The hosts of Xbox Live in a hosts file. Of several lines for one host the first counts. */
export function findHostsFacts (file: string): HostsFacts {
  const addresses = new Map<string, string>()
  try {
    for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
      const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
      for (const name of names.map((name) => name.toLowerCase())) {
        if (XBOX_HOSTS.includes(name) && !addresses.has(name)) addresses.set(name, address)
      }
    }
    return { file, error: null, addresses }
  } catch (error) {
    return { file, error: (error as Error).message, addresses }
  }
}

/** Where SQLite has the id of the application: https://sqlite.org/fileformat2.html */
const ID_OFFSET = 68

/** Whether a database file can be used. It is neither opened as a database nor changed. */
export function findDatabaseFacts (file: string): DatabaseFacts {
  if (file === ':memory:') return { file, error: null, isForeign: false }
  try {
    accessSync(dirname(resolve(file)), constants.W_OK)
    if (!existsSync(file)) return { file, error: null, isForeign: false }
    if (!statSync(file).isFile()) return { file, error: 'it is no file', isForeign: false }
    accessSync(file, constants.R_OK | constants.W_OK)
    return { file, error: null, isForeign: isForeign(file) }
  } catch (error) {
    return { file, error: (error as Error).message, isForeign: false }
  }
}

/** A file without a byte becomes a database of this program. */
function isForeign (file: string): boolean {
  const head = Buffer.alloc(ID_OFFSET + 4)
  const open = openSync(file, 'r')
  try {
    const length = readSync(open, head, 0, head.length, 0)
    return length > 0 && head.readUInt32BE(ID_OFFSET) !== APPLICATION_ID
  } finally {
    closeSync(open)
  }
}

/** The folder for temporary files. */
export function findTemporaryFacts (folder: string): Facts['temporary'] {
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(join(folder))
    return { folder, error: null, free: bavail * bsize }
  } catch (error) {
    return { folder, error: (error as Error).message, free: 0 }
  }
}
