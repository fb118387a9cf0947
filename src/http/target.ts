import type { IncomingMessage } from 'node:http'

/** Matches a target that is not in canonical spelling yet. Every request is tested. */
const NOT_CANONICAL = /^(?![/*])|[%#]|[^!-~]/
/** A path of which there are clients that repeat a slash: of a service of Xbox Live, or of a tenant of login.microsoftonline.com. [msal] */
const SERVICE_PATH = /^\/(?:users|common|consumers|[\da-f-]{36})\//i
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i
/** A percent-encoded octet, or a character that has to be percent-encoded. */
const OCTET = /%[0-9a-f]{2}|[^!-~]/giu
/** The visible characters that mean the same encoded or not: all but `#`, `%`, `/` and `?`. */
const DECODABLE = /[!"$&-.0->@-~]/

/**
 * Brings the target of a request into canonical spelling before anything else reads it, so that router,
 * journal, faults, log and messages see the same path. The query stays as it was sent.
 *
 * An absolute target (`GET http://host/path`, which clients send to a proxy) becomes its path, and its
 * authority replaces the Host header, as RFC 9112, section 3.2.2, demands. A fragment is removed.
 * Dot segments stay, and so do repeated slashes outside of `/users/` and of a tenant's paths: clients resolve them, and no route has any.
 * ASP.NET, which the live service runs on, takes them for one.
 *
 * @returns the target. The request's `headers.host` is changed if the target was absolute.
 */
export function readTarget (request: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const url = request.url ?? ''
  return NOT_CANONICAL.test(url) || (url.includes('//') && SERVICE_PATH.test(url)) ? canonicalize(url, request.headers) : url
}

function canonicalize (url: string, headers: IncomingMessage['headers']): string {
  const [whole = ''] = url.split('#', 1)
  const absolute = ABSOLUTE.exec(whole)
  if (absolute !== null) headers.host = absolute[1]
  const target = whole.slice(absolute?.[0].length ?? 0)
  const path = pathOf({ url: target })
  const spelled = canonicalPath(path) || '/'
  return `${SERVICE_PATH.test(spelled) ? spelled.replace(/\/{2,}/g, '/') : spelled}${target.slice(path.length)}`
}

/**
 * A path in canonical spelling: only what has to be percent-encoded is, with capital hexadecimal digits.
 * `%2F`, `%25`, `%3F` and `%23`, which would change the meaning of the path, stay encoded, and so do
 * invisible characters and octets that are not UTF-8, which the router refuses.
 */
export const canonicalPath = (path: string): string => path.toWellFormed().replace(OCTET, canonicalOctet)

function canonicalOctet (text: string): string {
  if (text.length < 3) return encodeURIComponent(text)
  const character = String.fromCharCode(parseInt(text.slice(1), 16))
  return DECODABLE.test(character) ? character : text.toUpperCase()
}

/** True for a target of the emulator's own, and not of a service that it stands for. */
export const isOwnTarget = (target: string): boolean => /^\/_emulator([/?]|$)/i.test(target)

/** The path of a target that readTarget has returned. A query may carry secrets, which belong into no log line or message. */
export function pathOf ({ url }: { url: string }): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

/** The query of such a target, without the question mark; undefined when there is none. */
export function queryOf ({ url }: { url: string }): string | undefined {
  const end = url.indexOf('?')
  return end === -1 ? undefined : url.slice(end + 1)
}
