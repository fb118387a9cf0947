import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { CommandError } from '../../base/user-error.ts'
import { replaceFile, writeDraft } from '../../base/replace-file.ts'
import type { Issued } from './issue.ts'
import { findForbidden, permit, readPermitted, type Permitted } from './name-constraints.ts'

const DAY = 86_400_000
/** A certificate of the server is renewed when it has less than this, in ms. */
const SERVER_MARGIN = 30 * DAY
/** A CA is renewed long before: no certificate of a server outlives the CA that signed it. */
const AUTHORITY_MARGIN = 730 * DAY

/** The local CA as it is kept. */
export interface Authority extends Issued {
  /** The file of its certificate, which clients trust. */
  readonly file: string
  /** What was wrong with the one whose place it took; null when there was none. */
  readonly replaced: string | null
}

/** What certificates are made for. */
export interface Wanted {
  /** Names, with a wildcard or not, and addresses. */
  readonly hosts: readonly string[]
  /** The machine's clock, in ms since 1970. */
  readonly now: number
}

/**
 * The local CA of a folder, which may sign for the hosts and for nothing else but what the one before
 * it could. It is made when there is none, and renewed before it ends.
 *
 * @throws {CommandError} when the folder, or what is in it, cannot be used.
 */
export async function keepAuthority (folder: string, wanted: Wanted): Promise<Authority> {
  return await explaining(folder, async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'ca.pem')
    const authority = await findAuthority(join(folder, 'ca-key.pem'), wanted)
    // A copy of the root for those who trust it: the other file holds everything, so that it always matches.
    replaceFile(file, certificatesOf(authority.certificate).at(-1) as string, 0o644)
    return { ...authority, file }
  })
}

/** What a person has to do again because of a CA; null for nothing. */
export const warningOf = ({ file, replaced }: Authority): string | null =>
  replaced === null ? null : `the CA ${file} ${replaced} and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer`

/** Looks again after it has made one: another process may have been faster, with other hosts. */
async function findAuthority (file: string, wanted: Wanted, replaced: string | null = null): Promise<Issued & Pick<Authority, 'replaced'>> {
  const held = readPair(file)
  const { fault, permitted } = judgeAuthority(held, wanted)
  if (held !== undefined && fault === null) return { ...held, replaced }
  await replacePair(file, held, async ({ issueAuthority }) => await issueAuthority(permit(wanted.hosts, permitted), wanted.now))
  return await findAuthority(file, wanted, fault)
}

/** What is wrong with a CA, and what the next one has to permit besides the hosts. Its key is not used again. */
function judgeAuthority (held: Issued | undefined, { hosts, now }: Wanted): { fault: string | null, permitted?: Permitted } {
  if (held === undefined) return { fault: null }
  const permitted = readPermitted(new X509Certificate(held.certificate))
  if (permitted === undefined) return { fault: 'could sign for every name there is' }
  const forbidden = findForbidden(hosts, permitted)
  if (forbidden.length > 0) return { fault: `could not sign for ${forbidden.join(', ')}`, permitted }
  return { fault: lasts(held, now, AUTHORITY_MARGIN) ? null : 'was about to end', permitted }
}

/**
 * The server's certificate of a folder. It is made when there is none that the CA signed for all of
 * the hosts, and renewed before it ends.
 *
 * @throws {CommandError} when the folder, or what is in it, cannot be used.
 */
export async function keepServer (folder: string, { authority, hosts, now }: Wanted & { authority: Issued }): Promise<Issued> {
  return await explaining(folder, async () => {
    const file = join(folder, 'server.pem')
    const held = readPair(file)
    if (held !== undefined && lasts(held, now, SERVER_MARGIN) && serves(held, authority, hosts)) return held
    return await replacePair(file, held, async ({ issueServer }) => await issueServer(authority, hosts, now))
  })
}

/** What goes wrong with files is one line that says how to mend it; no message has a part of a key. */
async function explaining<T> (folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new CommandError(`${folder} cannot hold certificates: ${(error as Error).message}; mend or delete it, or name another folder with --tls-dir`)
  }
}

/** A certificate, those that have signed it, and its key in one file; undefined when there is none. */
function readPair (file: string): Issued | undefined {
  let text: string
  try {
    // Also when it was copied here from where that did not hold.
    chmodSync(file, 0o600)
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { key } = readMatching({ certificate: text, key: text }, file)
  return { certificate: certificatesOf(text).join(''), key }
}

/** The certificates in a PEM text, in their order. */
const certificatesOf = (text: string): string[] =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].map(([pem]) => new X509Certificate(pem).toString())

/**
 * The key of a certificate, of PEM texts that may hold more than that.
 *
 * @throws when one of them is none, or they do not belong together.
 */
export function readMatching ({ certificate, key }: Issued, where: string): { key: string } {
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
  return { key: secret.export({ type: 'pkcs8', format: 'pem' }) as string }
}

/** Writes a file whole or not at all. Of two processes that begin at the same time the slower one takes what the faster one has made. */
async function replacePair (file: string, held: Issued | undefined, issue: (issuer: typeof import('./issue.ts')) => Promise<Issued>): Promise<Issued> {
  const { certificate, key } = await issue(await import('./issue.ts'))
  const draft = writeDraft(file, certificate + key, 0o600)
  try {
    if (held !== undefined && readPair(file)?.certificate === held.certificate) rmSync(file)
    linkSync(draft, file)
  } catch (error) {
    // Some file systems have no links.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  return readPair(file) as Issued
}

function lasts ({ certificate }: Issued, now: number, margin: number): boolean {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return Date.parse(validFrom) <= now && Date.parse(validTo) - now > margin
}

function serves ({ certificate }: Issued, authority: Issued, hosts: readonly string[]): boolean {
  const own = new X509Certificate(certificate)
  const issuer = new X509Certificate(authority.certificate)
  return own.checkIssued(issuer) && own.verify(issuer.publicKey) &&
    hosts.every((host) => (isIP(host) === 0 ? own.checkHost(host.replace('*', 'any')) : own.checkIP(host)) !== undefined)
}
