import type { Random } from '../random.ts'
import type { Ask } from './asks.ts'
import { HOSTS, METHODS } from './pieces.ts'

/** A request as bytes of HTTP/1, and what has to follow. */
export interface Shot {
  readonly ask: Ask
  readonly bytes: Buffer
  /**
   * `answered`: exactly one answer, and the connection stays open for the next request, unless the
   * answer says that it closes. `closed`: any number of answers, each of them whole, and then the
   * server closes, because the client has said that nothing follows. `aborted`: the client is gone.
   */
  readonly end: 'answered' | 'closed' | 'aborted'
}

const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

interface Parts {
  line: string
  readonly headers: string[]
  /** The body with its framing. */
  body: string
}

/** Writes a body in chunks, with their right lengths. */
function chunked (body: string, random: Random): string {
  let text = ''
  for (let at = 0; at < body.length;) {
    const size = Math.min(body.length - at, 1 + random.below(random.pick([3, 100, 100_000])))
    text += `${size.toString(16)}${random.once(5) ? ';a="b"' : ''}\r\n${body.slice(at, at + size)}\r\n`
    at += size
    // Small chunks only at the beginning: a long body of them would cost the client more time than the server.
    if (text.length > 4096 && at < body.length) {
      text += `${(body.length - at).toString(16)}\r\n${body.slice(at)}\r\n`
      break
    }
  }
  return `${text}0\r\n${random.once(8) ? 'x-trailer: a\r\n' : ''}\r\n`
}

function partsOf (ask: Ask, random: Random): Parts {
  const host = random.once(8) ? random.pick(HOSTS) : '127.0.0.1'
  const target = random.once(25) ? `${random.pick(['http', 'https', 'HTTP'])}://${random.pick(HOSTS.slice(0, 10))}${random.pick(['', ':80', ':65536'])}${ask.path}` : ask.path
  const headers = ask.headers.map(([name, value]) => `${random.once(10) ? name.toUpperCase() : name}: ${value}`)
  if (!random.once(30)) headers.push(`Host: ${host}`)
  if (random.once(20)) headers.push(...random.times(random.below(40), () => `x-${random.below(1000)}: ${random.below(1e6)}`))
  if (random.once(25)) headers.push(random.pick(['origin: https://evil.example', 'origin: null', 'sec-fetch-site: cross-site', 'content-encoding: gzip', 'content-type: text/plain', 'cookie: a=b', 'range: bytes=0-0', 'if-none-match: *', 'accept: text/html', 'te: trailers', 'x-forwarded-host: evil.example']))
  if (ask.body === null) return { line: `${ask.method} ${target} HTTP/1.1`, headers, body: '' }
  const body = latin(ask.body)
  const isChunked = random.once(4)
  headers.push(isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`)
  if (random.once(15)) headers.push('Expect: 100-continue')
  return { line: `${ask.method} ${target} HTTP/1.1`, headers, body: isChunked ? chunked(body, random) : body }
}

const write = ({ line, headers, body }: Parts, end = '\r\n'): string => `${[line, ...headers].join(end)}${end}${end}${body}`

/** Requests that are not HTTP/1.1, are ambiguous, or ask for another protocol. */
const BREAKS: ReadonlyArray<readonly [number, (parts: Parts, random: Random) => string]> = [
  [3, (parts, random) => write({ ...parts, headers: [...parts.headers, `Content-Length: ${random.pick(['-1', '+5', '5, 5', '5,6', '0x5', ' ', '1e1', '99999999999999999999', '5 5'])}`] })],
  [3, (parts) => write({ ...parts, headers: [...parts.headers, 'Content-Length: 5', 'Transfer-Encoding: chunked'] })],
  [3, (parts, random) => write({ ...parts, headers: [...parts.headers, `Transfer-Encoding: ${random.pick(['gzip', 'identity', 'chunked, chunked', 'xchunked', 'chunked, gzip', '\tchunked', 'CHUNKED', 'chunked\u000b'])}`], body: '5\r\nhello\r\n0\r\n\r\n' })],
  [4, (parts, random) => write({ line: parts.line.replace(/^\w+/, 'POST'), headers: [...parts.headers.filter((each) => !/^(content-l|transfer)/i.test(each)), 'Transfer-Encoding: chunked'], body: random.pick(['zz\r\n', '-1\r\n', '5\r\nhelloX', '5\nhello\n0\n\n', 'ffffffffffffffff\r\n', '5', '5\r\nhel', '00000000000000000005\r\nhello\r\n0\r\n\r\n', '5;'.padEnd(20_000, 'e'), '0\r\nx: '.padEnd(20_000, 'y'), '0\r\n\r\nGET / HTTP/1.1\r\n\r\n', '0x5\r\nhello\r\n0\r\n\r\n'] as const) })],
  [3, (parts, random) => write({ line: parts.line.replace(/^\w+/, 'POST'), headers: [...parts.headers, `Content-Length: ${parts.body.length + 1 + random.below(1000)}`], body: parts.body })],
  [3, (parts, random) => write({ ...parts, headers: [...parts.headers, random.pick(['no colon', 'a : b', ' folded', ': none', 'a\u0000: b', 'a: \u0000', 'a: b\rc', 'a: b\nc: d', 'ä: ö', 'a: \u007f', `${'n'.repeat(9000)}: a`, '[]: a', 'a\t: b'])] })],
  [2, (parts, random) => write({ ...parts, headers: [...parts.headers, ...random.times(random.pick([60, 1900, 2100]), () => 'a: b')] })],
  [2, (parts, random) => write({ ...parts, headers: [...parts.headers, `${random.pick(['x-large', 'authorization', 'accept-language', 'cookie', 'host', 'ms-cv', 'user-key'])}: ${'a,'.repeat(random.pick([4000, 7000, 9000, 40_000]))}`] })],
  [2, (parts, random) => write({ ...parts, headers: [...parts.headers, 'Host: a', 'Host: b', ...random.times(2, () => `authorization: ${random.below(9)}`)] })],
  [3, (parts, random) => write({ ...parts, line: parts.line.replace(/HTTP\/1\.1$/, random.pick(['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'HTTP/1.', 'HTP/1.1', '', 'http/1.1', 'HTTP/1.1 ', 'ICE/1.0', 'RTSP/1.0'])) })],
  [3, (parts, random) => write({ ...parts, line: parts.line.replace(/^\w+/, random.pick(['get', 'FOO', 'G', '', 'GET\u0000', 'GETGET', 'M-SEARCH', 'SOURCE', 'PRI', '\u00ff'])) })],
  [2, (parts, random) => write({ ...parts, line: parts.line.replace(/ (\S*) /, (_all, path: string) => ` ${random.pick([`${path}\u0000`, `${path} x`, `${path}\tx`, `${path}é`, 'users', '*', '', '//', 'http://', 'http:///', 'http://[::1', `?${path}`, `#${path}`, `${path}#x`, 'http://a@b:c@d/', '\\', `/${'p'.repeat(random.pick([8000, 15_000, 17_000]))}`])} `) })],
  [0.1, (parts, random) => write({ ...parts, line: `CONNECT ${random.pick(['achievements.xboxlive.com:443', '127.0.0.1:1', '/', '*', 'a'])} HTTP/1.1` })],
  [2, (parts, random) => write({ ...parts, headers: [...parts.headers, 'Connection: Upgrade', `Upgrade: ${random.pick(['websocket', 'h2c', 'TLS/1.0', 'a'.repeat(2000), ''])}`, 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Version: 13'] })],
  [1, (parts, random) => write({ ...parts, headers: [...parts.headers, `Expect: ${random.pick(['200-ok', '', '100-continue, 100-continue', 'a'.repeat(1000)])}`] })],
  [1, (parts, random) => write({ ...parts, headers: [...parts.headers, `Connection: ${random.pick(['close', 'keep-alive, close', 'a', 'host', ''])}`] })],
  [1, (parts) => write(parts, '\n')],
  [1, (parts) => `\r\n\r\n${write(parts)}`],
  [1, (parts) => ` ${write(parts)}`],
  [1, (_parts, random) => random.pick(['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0', '\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003', '\0'.repeat(100), '\r\n'.repeat(500), '{"a":1}', 'GET', 'GET /', '\u0005\u0001\0', 'A'.repeat(70_000)] as const)],
  [1, (_parts, random) => String.fromCharCode(...random.times(random.below(300), () => random.below(256)))],
  [1, (parts, random) => write(parts) + write({ ...parts, line: `${random.pick(METHODS.slice(2))} /pipelined HTTP/1.1`, headers: [], body: '' }).repeat(random.below(30))]
]

/** Writes a request as valid, nearly valid or invalid HTTP/1.1. */
export function writeShot (asked: Ask, random: Random): Shot {
  const how = random.below(40)
  // Not HEAD for such bytes: if they are no request, their answer has a body.
  const ask = how > 0 && how <= 4 && asked.method === 'HEAD' ? { ...asked, method: 'GET' } : asked
  const parts = partsOf(ask, random)
  if (how === 0) {
    const text = write(parts)
    return { ask, bytes: Buffer.from(text.slice(0, random.below(text.length)), 'latin1'), end: 'aborted' }
  }
  if (how <= 4) return { ask, bytes: Buffer.from(random.weighted(BREAKS)(parts, random), 'latin1'), end: 'closed' }
  return { ask, bytes: Buffer.from(write(parts), 'latin1'), end: 'answered' }
}
