import 'reflect-metadata'
import { createHash, createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, Extension, KeyUsageFlags, KeyUsagesExtension,
  PemConverter, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509Certificate, X509CertificateGenerator
} from '@peculiar/x509'
import { NAME_CONSTRAINTS, writePermitted, type Permitted } from './name-constraints.ts'

// Loading this module costs as much as half a start: it is loaded when there is something to issue.

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const DAY = 86_400_000
/** A virtual machine's clock may be behind. */
const BACKDATED = DAY
const AUTHORITY_LIFETIME = 3650 * DAY
/** Less than what the strictest clients accept, 398 days. */
const SERVER_LIFETIME = 365 * DAY

/** A certificate and its key, as PEM. */
export interface Issued {
  readonly certificate: string
  readonly key: string
}

/**
 * A local CA: it signs certificates of servers of some names and addresses, and no other CA.
 *
 * @param key the key of a CA that is renewed: who trusts the one before trusts what this one signs.
 */
export async function issueAuthority (permitted: Permitted, now: number, key?: string): Promise<Issued> {
  const keys = key === undefined ? await freshKeys() : importKeys(key)
  const fingerprint = createHash('sha256').update(Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey))).digest('hex').slice(0, 8)
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(now, AUTHORITY_LIFETIME),
    name: [{ CN: [`xbl-achievements CA ${fingerprint}`] }],
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new Extension(NAME_CONSTRAINTS, true, writePermitted(permitted)),
      await SubjectKeyIdentifierExtension.create(keys.publicKey)
    ]
  })
  return await toPem(certificate, keys)
}

/** A certificate for hosts, names and addresses, signed by a CA. */
export async function issueServer (authority: Issued, hosts: readonly string[], now: number): Promise<Issued> {
  const issuer = new X509Certificate(authority.certificate)
  const keys = await freshKeys()
  // Python 3.13 and later demand the identifiers of both keys.
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(hosts.map((host) => isIP(host) === 0 ? { type: 'dns', value: host } : { type: 'ip', value: shorten(host) })),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey)
  ]
  const certificate = await X509CertificateGenerator.create({
    ...validity(now, SERVER_LIFETIME),
    subject: [{ CN: [hosts[0] as string] }],
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: importKeys(authority.key).privateKey,
    extensions
  })
  return await toPem(certificate, keys)
}

/** The shortest form of an address: @peculiar/x509 misreads an IPv6 one that ends like one of IPv4. */
const shorten = (address: string): string => isIP(address) === 4 ? address : new URL(`http://[${address}]`).hostname.slice(1, -1)

const validity = (now: number, lifetime: number) => ({
  // Positive, and of no more than 20 octets.
  serialNumber: `01${randomBytes(15).toString('hex')}`,
  notBefore: new Date(now - BACKDATED),
  notAfter: new Date(now + lifetime),
  signingAlgorithm: ALGORITHM
})

const freshKeys = async (): Promise<webcrypto.CryptoKeyPair> => await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

function importKeys (pem: string): webcrypto.CryptoKeyPair {
  const key = createPrivateKey(pem)
  return { privateKey: key.toCryptoKey(ALGORITHM, true, ['sign']), publicKey: createPublicKey(key).toCryptoKey(ALGORITHM, true, ['verify']) }
}

async function toPem (certificate: X509Certificate, { privateKey }: webcrypto.CryptoKeyPair): Promise<Issued> {
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
  return { certificate: `${certificate.toString('pem')}\n`, key: `${key}\n` }
}
