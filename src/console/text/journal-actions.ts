import type { JournalEntry } from '../../control/journal/entry.ts'
import type { SentRequest } from './curl.ts'

/** Stands in the journal for what is secret. */
const SECRET = '…'

/** Headers that belong to the connection, to a browser, or to the token, and are made anew. */
const MADE_ANEW = /^(?:accept-encoding|authorization|connection|content-length|cookie|expect|host|http2-settings|keep-alive|origin|pragma|priority|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|upgrade-insecure-requests|user-agent|via)$/

/** A request that is sent again, and what is different about it. */
export interface Repetition {
  readonly request: SentRequest
  /** Whether a token of the same claims has to be sent with it. */
  readonly needsToken: boolean
  /** What the journal does not have, so that it is left out: "the header x-token". */
  readonly missing: readonly string[]
}

/** What is sent to ask the same again. */
export function repetitionOf (entry: JournalEntry): Repetition {
  const { method, path, query, headers, body, claims } = entry
  const kept = Object.entries(headers).filter(([name]) => !MADE_ANEW.test(name))
  const isTokenLost = headers['authorization'] !== undefined && claims === null
  return {
    request: {
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: Object.fromEntries(kept.filter(([, value]) => !value.includes(SECRET))),
      ...body !== null && { body }
    },
    needsToken: claims !== null,
    missing: [
      ...isTokenLost ? ['its Authorization, which was not valid'] : [],
      ...kept.filter(([, value]) => value.includes(SECRET)).map(([name]) => `the header ${name}, which is secret`),
      ...body === null && hadBody(headers) ? ['its body, which the journal does not have'] : []
    ]
  }
}

const hadBody = (headers: JournalEntry['headers']): boolean => Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined

/** Why a request cannot be sent again by the page; null when it can. */
export function obstacleOf ({ path, query, body, headers, connection, method }: JournalEntry): string | null {
  if (connection !== undefined) return 'It has become a WebSocket, which the page does not open.'
  if (path.includes(SECRET) || query.includes(SECRET)) return 'A part of its address is secret, and not in the journal.'
  if (!path.startsWith('/')) return 'Its target is no path.'
  if (body === null && hadBody(headers)) return 'Its body is not in the journal: secret, too long, or no JSON.'
  if (/^(?:CONNECT|TRACE|TRACK)$/i.test(method)) return `A page may not send ${method}.`
  return (method === 'GET' || method === 'HEAD') && body !== null ? `A page may not send ${method} with a body.` : null
}

/** Whether a request asks to change something. */
export const isWrite = ({ method }: Pick<JournalEntry, 'method'>): boolean => !/^(?:GET|HEAD|OPTIONS)$/i.test(method)

/** The longest path that a fault takes. */
const LONGEST_FAULT_PATH = 256

/** A fault that happens to the next request like this one. */
export interface SuggestedFault {
  readonly method: string
  readonly path: string
  readonly xuid?: string
  readonly status: number
  readonly times: number
}

/** The fault that is suggested for requests like one: it is answered with 503, once. */
export function faultLike ({ method, path, claims }: JournalEntry): SuggestedFault {
  // What is secret in it, or too long, is any characters.
  const shown = path.replaceAll(SECRET, '*')
  const pattern = shown.length > LONGEST_FAULT_PATH ? `${shown.slice(0, LONGEST_FAULT_PATH - 1)}*` : shown
  return { method, path: pattern, ...claims?.xuid != null && { xuid: claims.xuid }, status: 503, times: 1 }
}

/** The parameters of the place Weather with which a fault is begun there. */
export const newFaultQuery = (entry: JournalEntry): Readonly<Record<string, string>> => ({ new: JSON.stringify(faultLike(entry)) })

/** The name of a file of requests. @param host with its port. @param now ms since 1970. */
export const harFileName = (host: string, now: number): string =>
  `requests-${host.replace(/[^\w.-]+/g, '-')}-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}.har`

/** Leaves in a HAR the entries with these ids. */
export function pickFromHar<T extends { readonly log: { readonly entries: ReadonlyArray<{ readonly _id: number }> } }> (har: T, isWanted: (id: number) => boolean): T {
  return { ...har, log: { ...har.log, entries: har.log.entries.filter(({ _id: id }) => isWanted(id)) } }
}
