import 'reflect-metadata'
import { createHash, createPrivateKey, randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, Extension, KeyUsageFlags, KeyUsagesExtension,
  PemConverter, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509Certificate, X509CertificateGenerator
} from '@peculiar/x509'
import { DAY } from '../../base/instant.ts'
import { NAME_CONSTRAINTS, writePermitted, type Permitted } from './name-constraints.ts'

// Loading this module takes half as long as a whole start of the emulator, so it is loaded only when a certificate has to be issued.

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** Certificates begin this long before now: the clock of a virtual machine may be behind. */
const BACKDATED = DAY
const AUTHORITY_LIFETIME = 3650 * DAY
/** The strictest clients accept no more than 398 days. */
const SERVER_LIFETIME = 365 * DAY

/** A certificate chain, which begins with the certificate of the key, and that key, as PEM. */
export interface CertifiedKey {
  readonly certificate: string
  readonly key: string
}

/**
 * A local CA: it signs certificates of servers of some names and addresses, and no other CA.
 *
 * Clients trust the root, the last certificate of the chain. It has signed the one before it, which signs
 * the servers, and it never signs again: its key is not stored. So the name constraints stand in a
 * certificate that every client checks. Some clients, Java among them, do not look for constraints in a
 * root that they trust.
 */
export async function issueAuthority (permitted: Permitted, now: number): Promise<CertifiedKey> {
  const [rootKeys, keys] = [await freshKeys(), await freshKeys()]
  const valid = validity(now, AUTHORITY_LIFETIME)
  const root = await X509CertificateGenerator.createSelfSigned({
    ...valid, name: await subjectOf('CA', rootKeys), keys: rootKeys, extensions: await authorityExtensions(rootKeys, 1, permitted)
  })
  const certificate = await X509CertificateGenerator.create({
    ...valid,
    serialNumber: freshSerialNumber(),
    subject: await subjectOf('server CA', keys),
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [...await authorityExtensions(keys, 0, permitted), await AuthorityKeyIdentifierExtension.create(rootKeys.publicKey)]
  })
  return await toPem([certificate, root], keys)
}

/** A subject name that tells certificates of different keys apart. */
async function subjectOf (role: string, { publicKey }: webcrypto.CryptoKeyPair) {
  const fingerprint = createHash('sha256').update(Buffer.from(await webcrypto.subtle.exportKey('spki', publicKey))).digest('hex').slice(0, 8)
  return [{ CN: [`xbl-achievements ${role} ${fingerprint}`] }]
}

/**
 * The extensions of a CA's certificate.
 *
 * @param below how many more CAs may stand between this one and a server.
 */
const authorityExtensions = async ({ publicKey }: webcrypto.CryptoKeyPair, below: number, permitted: Permitted): Promise<Extension[]> => [
  new BasicConstraintsExtension(true, below, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  new Extension(NAME_CONSTRAINTS, true, writePermitted(permitted)),
  await SubjectKeyIdentifierExtension.create(publicKey)
]

/** A server's certificate for hosts, which are names or addresses, signed by a CA. */
export async function issueServer (authority: CertifiedKey, hosts: readonly string[], now: number): Promise<CertifiedKey> {
  const issuer = new X509Certificate(authority.certificate)
  const keys = await freshKeys()
  // Python 3.13 and later demand the identifiers of both keys.
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(hosts.map((host) => isIP(host) === 0 ? { type: 'dns', value: host } : { type: 'ip', value: shortenAddress(host) })),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey)
  ]
  const certificate = await X509CertificateGenerator.create({
    ...validity(now, SERVER_LIFETIME),
    subject: [{ CN: [hosts[0] as string] }],
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: createPrivateKey(authority.key).toCryptoKey(ALGORITHM, true, ['sign']),
    extensions
  })
  return await toPem([certificate, issuer], keys)
}

/** The shortest form of an address: @peculiar/x509 misreads an IPv6 address whose end is written as an IPv4 one. */
const shortenAddress = (address: string): string => isIP(address) === 4 ? address : new URL(`http://[${address}]`).hostname.slice(1, -1)

const validity = (now: number, lifetime: number) => ({
  serialNumber: freshSerialNumber(),
  notBefore: new Date(now - BACKDATED),
  notAfter: new Date(now + lifetime),
  signingAlgorithm: ALGORITHM
})

/** A serial number has to be positive, and of no more than 20 octets (RFC 5280, section 4.1.2.2). */
const freshSerialNumber = (): string => `01${randomBytes(15).toString('hex')}`

const freshKeys = async (): Promise<webcrypto.CryptoKeyPair> => await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

async function toPem (certificates: readonly X509Certificate[], { privateKey }: webcrypto.CryptoKeyPair): Promise<CertifiedKey> {
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
  return { certificate: certificates.map((each) => `${each.toString('pem')}\n`).join(''), key: `${key}\n` }
}
