import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/**
 * The names and addresses that a CA may sign for, as the extension of its certificate holds them (RFC
 * 5280, section 4.2.1.10): permitted subtrees, each as its DER in hexadecimal. A subtree of names is one
 * name and all names below it. A subtree of addresses could be a network; here it is a single address.
 */
export type Permitted = ReadonlySet<string>

/** The object identifier of the extension, and its DER in hexadecimal. */
export const NAME_CONSTRAINTS = '2.5.29.30'
const NAME_CONSTRAINTS_DER = '551d1e'

// Tags of DER (X.690): of a sequence, and those that RFC 5280 assigns.
const SEQUENCE = 0x30
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87
const PERMITTED_SUBTREES = 0xa0
const EXTENSIONS = 0xa3

/** What the certificate of a CA permits; undefined when it has no such extension, which permits everything. */
export function readPermitted ({ raw }: X509Certificate): Permitted | undefined {
  const toBeSigned = childrenOf(decodeDer(raw)).slice(0, 1)
  const extensions = childrenOf(childrenOf(withTag(EXTENSIONS, childrenOf(toBeSigned))))
  const constraints = extensions.map(({ content }) => decodeDer(content)).find(([id]) => id?.content.toString('hex') === NAME_CONSTRAINTS_DER)
  if (constraints === undefined) return undefined
  const subtrees = childrenOf(withTag(PERMITTED_SUBTREES, childrenOf(childrenOf(constraints.slice(-1)))))
  return new Set(subtrees.map(({ tag, content }) => encodeDer(tag, content).toString('hex')))
}

/** The hosts that are not permitted. */
export const findForbidden = (hosts: readonly string[], permitted: Permitted): string[] =>
  hosts.filter((host) => !withParents(host).some((each) => permitted.has(subtreeOf(each))))

/** What is wrong with what a CA permits, when it has to sign for some hosts; null for nothing. */
export function findConstraintFault (permitted: Permitted | undefined, hosts: readonly string[]): string | null {
  if (permitted === undefined) return 'could sign for every name there is'
  const forbidden = findForbidden(hosts, permitted)
  return forbidden.length === 0 ? null : `could not sign for ${forbidden.join(', ')}`
}

/** The subtrees that permit some hosts, besides those that are permitted already. */
export const permit = (hosts: readonly string[], permitted: Permitted = new Set()): Permitted =>
  new Set([...permitted, ...findForbidden(hosts, permitted).map(subtreeOf)])

/** The value of the extension. */
export const writePermitted = (permitted: Permitted): Buffer =>
  encodeDer(SEQUENCE, encodeDer(PERMITTED_SUBTREES, Buffer.concat([...permitted].map((subtree) => Buffer.from(subtree, 'hex')))))

/** A host, and each name that it is below. */
function withParents (host: string): string[] {
  const end = isIP(host) === 0 ? host.indexOf('.') : -1
  return end === -1 ? [host] : [host, ...withParents(host.slice(end + 1))]
}

/** The subtree of a name or of an address. That of a wildcard is that of the name below its asterisk. */
function subtreeOf (host: string): string {
  const name = Buffer.from(host.toLowerCase().replace(/^\*\./, ''))
  const address = bytesOfAddress(host)
  const base = address === undefined ? encodeDer(DNS_NAME, name) : encodeDer(IP_ADDRESS, Buffer.concat([address, Buffer.alloc(address.length, 0xff)]))
  return encodeDer(SEQUENCE, base).toString('hex')
}

/** An address of 4 or 16 bytes; undefined for a name. */
function bytesOfAddress (host: string): Buffer | undefined {
  switch (isIP(host)) {
    case 4: return Buffer.from(host.split('.').map(Number))
    case 6: {
      // In the shortest form `::` is the one place where zeros are left out.
      const [before = [], after = []] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::').map((part) => part.split(':').filter(Boolean))
      const zeros = Array<string>(8 - before.length - after.length).fill('0')
      return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex')
    }
  }
}

interface Element { readonly tag: number, readonly content: Buffer }

function decodeDer (der: Buffer): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < der.length;) {
    const tag = der.readUInt8(at)
    const first = der.readUInt8(at + 1)
    // A length of 128 or more is in further bytes, whose number stands here.
    const more = first < 0x80 ? 0 : first & 0x7f
    const start = at + 2 + more
    const length = more === 0 ? first : der.readUIntBE(at + 2, more)
    elements.push({ tag, content: der.subarray(start, start + length) })
    at = start + length
  }
  return elements
}

const childrenOf = (elements: readonly Element[]): Element[] => elements.flatMap(({ content }) => decodeDer(content))

const withTag = (wanted: number, elements: readonly Element[]): Element[] => elements.filter(({ tag }) => tag === wanted)

function encodeDer (tag: number, content: Buffer): Buffer {
  const digits = content.length.toString(16)
  const length = Buffer.from(digits.padStart(digits.length + digits.length % 2, '0'), 'hex')
  return Buffer.concat([Buffer.from(content.length < 0x80 ? [tag] : [tag, 0x80 | length.length]), length, content])
}
