import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/**
 * The names and addresses that a CA may sign for, as its certificate says it (RFC 5280, section
 * 4.2.1.10): permitted subtrees, each as its DER in hexadecimal. A subtree of names is one name and all
 * that are below it; a subtree of addresses is here a single one.
 */
export type Permitted = ReadonlySet<string>

/** The object identifier of the extension, and the same as DER has it. */
export const NAME_CONSTRAINTS = '2.5.29.30'
const OWN_ID = '551d1e'

// Tags of DER (X.690): a sequence, and what RFC 5280 numbers.
const SEQUENCE = 0x30
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87
const PERMITTED_SUBTREES = 0xa0
const EXTENSIONS = 0xa3

/** What the certificate of a CA permits; undefined when it does not say, and so permits everything. */
export function readPermitted ({ raw }: X509Certificate): Permitted | undefined {
  const toBeSigned = partsOf(readElements(raw)).slice(0, 1)
  const extensions = partsOf(partsOf(ofTag(EXTENSIONS, partsOf(toBeSigned))))
  const own = extensions.map(({ content }) => readElements(content)).find(([id]) => id?.content.toString('hex') === OWN_ID)
  if (own === undefined) return undefined
  const subtrees = partsOf(ofTag(PERMITTED_SUBTREES, partsOf(partsOf(own.slice(-1)))))
  return new Set(subtrees.map(({ tag, content }) => write(tag, content).toString('hex')))
}

/** Those of the hosts that are not permitted. */
export const findForbidden = (hosts: readonly string[], permitted: Permitted): string[] =>
  hosts.filter((host) => !withParents(host).some((each) => permitted.has(subtreeOf(each))))

/** What permits some hosts, and what is permitted already. */
export const permit = (hosts: readonly string[], permitted: Permitted = new Set()): Permitted =>
  new Set([...permitted, ...findForbidden(hosts, permitted).map(subtreeOf)])

/** The value of the extension. */
export const writePermitted = (permitted: Permitted): Buffer =>
  write(SEQUENCE, write(PERMITTED_SUBTREES, Buffer.concat([...permitted].map((subtree) => Buffer.from(subtree, 'hex')))))

/** A host, and the names that it is below. */
function withParents (host: string): string[] {
  const end = isIP(host) === 0 ? host.indexOf('.') : -1
  return end === -1 ? [host] : [host, ...withParents(host.slice(end + 1))]
}

/** The subtree of a name (of a wildcard: of the name that it is below) or of an address. */
function subtreeOf (host: string): string {
  const name = Buffer.from(host.toLowerCase().replace(/^\*\./, ''))
  const address = bytesOf(host)
  const base = address === undefined ? write(DNS_NAME, name) : write(IP_ADDRESS, Buffer.concat([address, Buffer.alloc(address.length, 0xff)]))
  return write(SEQUENCE, base).toString('hex')
}

/** An address of 4 or 16 bytes; undefined for a name. */
function bytesOf (host: string): Buffer | undefined {
  switch (isIP(host)) {
    case 4: return Buffer.from(host.split('.').map(Number))
    case 6: {
      // The shortest form, in which `::` is the one place where zeros are left out.
      const [before = [], after = []] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::').map((part) => part.split(':').filter(Boolean))
      const zeros = Array<string>(8 - before.length - after.length).fill('0')
      return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex')
    }
  }
}

interface Element { readonly tag: number, readonly content: Buffer }

function readElements (der: Buffer): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < der.length;) {
    const tag = der.readUInt8(at)
    const short = der.readUInt8(at + 1)
    // A length from 128 on has bytes of its own, and here the number of those.
    const more = short < 0x80 ? 0 : short & 0x7f
    const start = at + 2 + more
    const length = more === 0 ? short : der.readUIntBE(at + 2, more)
    elements.push({ tag, content: der.subarray(start, start + length) })
    at = start + length
  }
  return elements
}

const partsOf = (elements: readonly Element[]): Element[] => elements.flatMap(({ content }) => readElements(content))

const ofTag = (wanted: number, elements: readonly Element[]): Element[] => elements.filter(({ tag }) => tag === wanted)

function write (tag: number, content: Buffer): Buffer {
  const digits = content.length.toString(16)
  const length = Buffer.from(digits.padStart(digits.length + digits.length % 2, '0'), 'hex')
  return Buffer.concat([Buffer.from(content.length < 0x80 ? [tag] : [tag, 0x80 | length.length]), length, content])
}
