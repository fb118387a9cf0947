/** How a client asks on a connection, as far as it matters where the request is for. */
export interface Request {
  /** Asks a proxy for a tunnel; asks a proxy by an absolute URL; or asks a host itself. */
  readonly kind: 'tunnel' | 'absolute' | 'origin'
  /** Empty when it is an address, or is not said. */
  readonly host: string
  readonly port?: number
  /** False while more of it is to come that is for the proxy. */
  readonly isWhole: boolean
  /** What a proxy answers when it has made a tunnel. */
  readonly answer?: string
}

/** How many characters of what is written are read: more than most servers take as the head of a request. */
const LONGEST_HEAD = 16 * 1024
/** As many of them tell what is no request. */
const GLANCE = 64

/** The beginning of a request, cut off anywhere. */
const BEGINNING = /^[\r\n]*[A-Z]{1,20}(?:$| +(?:$|[/*[]|[\w.+-]+(?:$|:(?:$|[/\d])| +HTTP)))/i
// As far as the first line goes; a whole one has the version of HTTP, other than a line of a log.
const TUNNEL = /^\s*CONNECT +(\[[^\]]*\]|[^\s:]+)(?::(\d+))? (?:[^\n]*$|[^\n]*HTTP\/\d)/i
const ABSOLUTE_REQUEST = /^\s*[A-Z]+ +[A-Z][A-Z\d+.-]*:\/\/(?:[^\s/?#]*@)?(\[[^\]]*\]|[^\s/:?#]+)[ /:?#](?:[^\n]*$|[^\n]* HTTP\/\d)/i
const ORIGIN = /^\s*[A-Z]+ +\S+ +HTTP\/1\.[01]\r?\n/i
const HOST_LINE = /\nhost:[ \t]*(\[[^\]]*\]|[^\s:]+)[\s:]/i
const END_OF_HEAD = /\n\r?\n/

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n'
const SOCKS4_GRANTED = '\0\x5a\0\0\0\0\0\0'
const SOCKS5_GRANTED = '\x05\0\0\x01\0\0\0\0\0\0'

/** False for most of what is no beginning of a request, at little cost: everything that a process writes passes here. */
export function mayBegin (chunk: string | Buffer, encoding?: BufferEncoding): boolean {
  if (typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'latin1') return mayBegin(Buffer.from(chunk, encoding))
  const first = typeof chunk === 'string' ? chunk.charCodeAt(0) : chunk[0]
  if (first === undefined || first > 122) return false
  if (first < 65) return first === 4 || first === 5 || first === 10 || first === 13
  return BEGINNING.test(glanceAt(chunk))
}

function glanceAt (chunk: string | Buffer): string {
  if (typeof chunk !== 'string') return chunk.toString('latin1', 0, GLANCE)
  return chunk.length > GLANCE ? chunk.slice(0, GLANCE) : chunk
}

/** The beginning of what is written, a character for each byte. */
export const decodeChunk = (chunk: string | Buffer, encoding: BufferEncoding): string =>
  (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk).toString('latin1', 0, LONGEST_HEAD)

/** Reads what a client writes: `'more'` when that may be the beginning of a request, null when it is none. */
export function readRequest (text: string): Request | 'more' | null {
  const isWhole = END_OF_HEAD.test(text)
  const tunnel = TUNNEL.exec(text)
  if (tunnel !== null) return { kind: 'tunnel', host: tunnel[1] as string, port: Number(tunnel[2] ?? 443), isWhole, answer: ESTABLISHED }
  const absolute = ABSOLUTE_REQUEST.exec(text)
  if (absolute !== null) return { kind: 'absolute', host: absolute[1] as string, isWhole }
  if (ORIGIN.test(text)) {
    const host = HOST_LINE.exec(isWhole ? text.slice(0, text.search(END_OF_HEAD) + 1) : text)?.[1]
    if (host !== undefined || isWhole) return { kind: 'origin', host: host ?? '', isWhole }
  } else if (!BEGINNING.test(text) || text.trimStart().includes('\n')) {
    return readSocks(Buffer.from(text, 'latin1'))
  }
  return text.length < LONGEST_HEAD ? 'more' : null
}

/** Reads how a SOCKS proxy is asked for a tunnel: version 5 (RFC 1928, section 4), 4 and 4a. */
function readSocks (bytes: Buffer): Request | null {
  const [version, command] = bytes
  if (command !== 1 || bytes.length < 9) return null
  if (version === 5) {
    const host = bytes[3] === 3 ? bytes.toString('latin1', 5, bytes.length - 2) : ''
    return { kind: 'tunnel', host, port: bytes.readUInt16BE(bytes.length - 2), isWhole: true, answer: SOCKS5_GRANTED }
  }
  // Version 4a has an address that is none, and the name behind the user's.
  const host = bytes.readUInt32BE(4) < 256 ? bytes.toString('latin1', 8).split('\0')[1] as string : ''
  return version === 4 ? { kind: 'tunnel', host, port: bytes.readUInt16BE(2), isWhole: true, answer: SOCKS4_GRANTED } : null
}
