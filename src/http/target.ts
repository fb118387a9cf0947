import type { IncomingMessage } from 'node:http'

/** What a path in its one spelling has none of: it is looked for in every request. */
const OTHER_SPELLING = /^(?![/*])|[%#]|[^!-~]/
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i
/** What is encoded and need not be, and what ought to be encoded and is not. */
const OCTET = /%[0-9a-f]{2}|[^!-~]/giu
/** Every visible character but those that mean something else when they are decoded: `#`, `%`, `/`, `?`. */
const PLAIN = /[!"$&-.0->@-~]/

/**
 * The target of a request in one spelling, before anything looks at it: router, journal, faults, log
 * and messages see the same path, and see it once. The query stays as it was sent.
 *
 * An absolute target (`GET http://host/path`, what a client sends to a proxy) becomes its path, and its
 * authority takes the place of `Host`, as RFC 9112, section 3.2.2, demands. A fragment is left out.
 * Slashes and dot segments stay: clients resolve them, and no path of ours has any.
 *
 * @returns the target; `headers` of the request are changed where it was absolute.
 */
export function readTarget (request: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const url = request.url ?? ''
  return OTHER_SPELLING.test(url) ? respell(url, request.headers) : url
}

function respell (url: string, headers: IncomingMessage['headers']): string {
  const [whole = ''] = url.split('#', 1)
  const absolute = ABSOLUTE.exec(whole)
  if (absolute !== null) headers.host = absolute[1]
  const target = whole.slice(absolute?.[0].length ?? 0)
  const end = target.indexOf('?')
  const [path, query] = end === -1 ? [target, ''] : [target.slice(0, end), target.slice(end)]
  return `${spellPath(path) || '/'}${query}`
}

/**
 * A path in one spelling: what need not be percent-encoded is not, what is encoded has capitals.
 * Encoded characters that would change what a path means (`%2F`, `%25`, `%3F`, `%23`), and those that
 * nobody sees, stay encoded; so does what is no UTF-8, which the router refuses.
 */
export const spellPath = (path: string): string => path.toWellFormed().replace(OCTET, spellOctet)

function spellOctet (text: string): string {
  if (text.length < 3) return encodeURIComponent(text)
  const character = String.fromCharCode(parseInt(text.slice(1), 16))
  return PLAIN.test(character) ? character : text.toUpperCase()
}

/** The path alone: a query may carry secrets, and a log line or a message keeps them. */
export function pathOf ({ url }: { url: string }): string {
  const end = url.search(/[?#]/)
  return end === -1 ? url : url.slice(0, end)
}
