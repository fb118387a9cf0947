import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { DAY } from '../../base/instant.ts'
import { replaceFile, writeTemporary } from '../../base/replace-file.ts'
import { CommandError } from '../../base/user-error.ts'
import type { CertifiedKey } from './issue.ts'
import { findConstraintFault, permit, readPermitted, type Permitted } from './name-constraints.ts'

/** A server's certificate is renewed when it is valid for less than this, in ms. */
const SERVER_MARGIN = 30 * DAY
/** A CA is renewed long before its end, so that no server's certificate outlives the CA that signed it. */
const AUTHORITY_MARGIN = 730 * DAY

/** The local CA in its folder. */
export interface Authority extends CertifiedKey {
  /** The file of its certificate, which clients trust. */
  readonly file: string
  /** What was wrong with the CA that it replaces; null when it replaces none. */
  readonly replaced: string | null
}

/** What certificates have to be valid for. */
export interface Validity {
  /** Names, with a wildcard or not, and addresses. */
  readonly hosts: readonly string[]
  /** The machine's clock, in ms since 1970. */
  readonly now: number
}

/**
 * The local CA of a folder. It may sign for the hosts, and for what the CA that it replaces could sign
 * for. It is made when there is none, and renewed before it ends.
 *
 * @throws {CommandError} when the folder, or what is in it, cannot be used.
 */
export async function ensureAuthority (folder: string, validity: Validity): Promise<Authority> {
  return await explainFailures(folder, async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'ca.pem')
    const authority = await findAuthority(join(folder, 'ca-key.pem'), validity)
    // A copy of the root, for clients to trust. The other file holds the key, too, so that the two always match.
    replaceFile(file, certificatesOf(authority.certificate).at(-1) as string, 0o644)
    return { ...authority, file }
  })
}

/** What a person has to do when a CA was replaced; null for nothing. */
export const warningFor = ({ file, replaced }: Authority): string | null =>
  replaced === null ? null : `the CA ${file} ${replaced} and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer`

/** Finds the CA of a file, or makes one. After it has made one it looks again: another process may have been faster, and have made one for other hosts. */
async function findAuthority (file: string, validity: Validity, replaced: string | null = null): Promise<CertifiedKey & Pick<Authority, 'replaced'>> {
  const held = readPair(file)
  const { fault, permitted } = checkAuthority(held, validity)
  if (held !== undefined && fault === null) return { ...held, replaced }
  await replacePair(file, held, async ({ issueAuthority }) => await issueAuthority(permit(validity.hosts, permitted), validity.now))
  return await findAuthority(file, validity, fault)
}

/** What is wrong with a CA, and what the one that replaces it has to permit besides the hosts. */
function checkAuthority (held: CertifiedKey | undefined, { hosts, now }: Validity): { fault: string | null, permitted?: Permitted | undefined } {
  if (held === undefined) return { fault: null }
  const permitted = readPermitted(new X509Certificate(held.certificate))
  return { fault: findConstraintFault(permitted, hosts) ?? (isValidFor(held, now, AUTHORITY_MARGIN) ? null : 'was about to end'), permitted }
}

/**
 * The server's certificate in a folder. It is made when there is none that the CA has signed for all of
 * the hosts, and renewed before it ends.
 *
 * @throws {CommandError} when the folder, or what is in it, cannot be used.
 */
export async function ensureServerCertificate (folder: string, { authority, hosts, now }: Validity & { authority: CertifiedKey }): Promise<CertifiedKey> {
  return await explainFailures(folder, async () => {
    const file = join(folder, 'server.pem')
    const held = readPair(file)
    if (held !== undefined && isValidFor(held, now, SERVER_MARGIN) && isFor(held, authority, hosts)) return held
    return await replacePair(file, held, async ({ issueServer }) => await issueServer(authority, hosts, now))
  })
}

/** Turns an error about files into one that says in one line what to do. No message shows a part of a key. */
async function explainFailures<T> (folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new CommandError(`${folder} cannot hold certificates: ${(error as Error).message}; mend or delete it, or name another folder with --tls-dir`)
  }
}

/** A certificate chain and its key from one file; undefined when there is none. */
function readPair (file: string): CertifiedKey | undefined {
  let text: string
  try {
    // It may have been copied from a folder where others could read it.
    chmodSync(file, 0o600)
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return { certificate: certificatesOf(text).join(''), key: readKey({ certificate: text, key: text }, file) }
}

/** The certificates in a PEM text, in their order. */
const certificatesOf = (text: string): string[] =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].map(([pem]) => new X509Certificate(pem).toString())

/**
 * The key of a certificate, as PEM. Both are in PEM texts that may hold more than that.
 *
 * @throws when a text has no certificate or no key, or when the key is another certificate's.
 */
export function readKey ({ certificate, key }: CertifiedKey, where: string): string {
  const read = <T>(what: string, work: () => T): T => {
    try {
      return work()
    } catch {
      throw new Error(`${where} has no ${what} that can be read`)
    }
  }
  const own = read('certificate', () => new X509Certificate(certificate))
  const secret = read('key', () => createPrivateKey(key))
  if (!own.checkPrivateKey(secret)) throw new Error(`${where} has a key that is not the certificate's`)
  return secret.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** Writes a file whole or not at all. Of two processes that begin at the same time, the slower one takes what the faster one has made. */
async function replacePair (file: string, held: CertifiedKey | undefined, issue: (issuer: typeof import('./issue.ts')) => Promise<CertifiedKey>): Promise<CertifiedKey> {
  const { certificate, key } = await issue(await import('./issue.ts'))
  const draft = writeTemporary(file, certificate + key, 0o600)
  try {
    if (held !== undefined && readPair(file)?.certificate === held.certificate) rmSync(file)
    linkSync(draft, file)
  } catch (error) {
    // Some file systems have no links.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  return readPair(file) as CertifiedKey
}

function isValidFor ({ certificate }: CertifiedKey, now: number, margin: number): boolean {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return Date.parse(validFrom) <= now && Date.parse(validTo) - now > margin
}

function isFor ({ certificate }: CertifiedKey, authority: CertifiedKey, hosts: readonly string[]): boolean {
  const own = new X509Certificate(certificate)
  const issuer = new X509Certificate(authority.certificate)
  return own.checkIssued(issuer) && own.verify(issuer.publicKey) &&
    hosts.every((host) => (isIP(host) === 0 ? own.checkHost(host.replace('*', 'any')) : own.checkIP(host)) !== undefined)
}
