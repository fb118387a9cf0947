import { formatInstant } from '../../base/instant.ts'
import { redact, redactHeader, redactPath, redactQuery } from '../../http/redact.ts'
import { queryOf } from '../../http/target.ts'
import type { Claims, Session } from '../../model/session.ts'

/** A request that the emulator was sent, as a test sees it. It contains no token. */
export interface JournalEntry {
  /** Counts requests since the start. */
  readonly id: number
  /** When it came, on the emulator's clock. */
  readonly time: string
  readonly method: string
  /** `https` when it came over TLS. */
  readonly scheme: 'http' | 'https'
  /** The host that it asked, with the port if it named one; null when it named no host. */
  readonly host: string | null
  /** `1.0`, `1.1` or `2.0`. */
  readonly httpVersion: string
  /** In canonical spelling, however it was sent. */
  readonly path: string
  readonly query: string
  /** By name in lower case; values of a repeated header are joined by commas. `…` stands for what is secret. */
  readonly headers: Readonly<Record<string, string>>
  readonly contractVersion: string | null
  /** The claims of its token; null when it had no valid one. */
  readonly claims: Claims | null
  /** The body as JSON; null when there was none, when it was no JSON, secret, or too long. */
  readonly body: unknown
  /** Null when the connection ended before an answer began. */
  readonly status: number | null
  /** Why it was refused; null when it was not. */
  readonly refusal: string | null
  /** Why its list may be empty against what its sender expects, and what to send instead; null for nothing. */
  readonly hint: string | null
  /** How long the answer took, in ms. */
  readonly ms: number
  /** The id of the fault that happened to it; null for none. */
  readonly fault: number | null
  /** False when no route knew it. */
  readonly matched: boolean
  /** What was answered; null unless answers are kept, and when the connection ended before an answer began. */
  readonly answer: JournalAnswer | null
  /** Of a request that has become a WebSocket (status 101) alone: the number of the connection, which its frames name, too. */
  readonly connection?: number
}

/** An answer in the journal. */
export interface JournalAnswer {
  /** Those that the emulator has set, as `headers` of a request. */
  readonly headers: Readonly<Record<string, string>>
  /** How many bytes of the body were written. */
  readonly bytes: number
  /** As JSON where it is JSON, otherwise as a text; null when there was none, when it was secret, or too long. */
  readonly body: unknown
}

/**
 * What the journal stores of a request. It becomes the entry that a test sees only when a test reads the
 * journal: most requests are never looked at.
 */
export interface RecordedRequest extends Pick<JournalEntry, 'method' | 'host' | 'httpVersion' | 'contractVersion' | 'status' | 'refusal' | 'hint' | 'ms' | 'fault' | 'matched'> {
  /** The clock, in ms since 1970. */
  readonly now: number
  readonly isSecure: boolean
  /** The path in canonical spelling, and the query as it was sent. */
  readonly url: string
  /** As {@link joinHeaders} joins them. */
  readonly headers: string
  readonly session: Session | undefined
  /** The body as JSON text, which takes much less memory than the parsed value can. */
  readonly body: string | null
  readonly answer: RecordedAnswer | null
  /** The number of the connection that it has become; undefined for other requests. */
  readonly connection?: number | undefined
}

/** What the journal stores of an answer. */
export interface RecordedAnswer {
  readonly headers: string
  readonly bytes: number
  readonly body: string | null
}

export interface NumberedRequest {
  readonly id: number
  readonly request: RecordedRequest
}

/** No name or value of a header contains it. */
const SEPARATOR = '\0'

/**
 * Joins names and values, in turn, to one text: thirty small ones would have to be moved by the garbage collection as
 * long as the journal keeps them.
 */
export const joinHeaders = (namesAndValues: readonly unknown[]): string => namesAndValues.join(SEPARATOR)

/** Headers by name in lower case, without what is secret. The `:path` and the like of HTTP/2 are left out. */
function splitHeaders (joined: string): Record<string, string> {
  const parts = joined.split(SEPARATOR)
  const headers = new Map<string, string>()
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = (parts[at] as string).toLowerCase()
    if (name.startsWith(':')) continue
    const value = redactHeader(name, parts[at + 1] as string)
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return Object.fromEntries(headers)
}

/** The query of a recorded target, without secrets. */
export const shownQuery = (url: string): string => redactQuery(queryOf({ url }) ?? '')

/** @param parse parses the JSON of a body. */
export function toEntry ({ id, request }: NumberedRequest, parse: (text: string) => unknown): JournalEntry {
  const { now, method, isSecure, host, httpVersion, url, headers, contractVersion, session, body, status, refusal, hint, ms, fault, matched, answer, connection } = request
  return {
    id,
    time: formatInstant(now),
    method,
    scheme: isSecure ? 'https' : 'http',
    host: host && redactHeader('host', host),
    httpVersion,
    path: redactPath(url),
    query: shownQuery(url),
    headers: splitHeaders(headers),
    contractVersion: contractVersion && redactHeader('x-xbl-contract-version', contractVersion),
    claims: session === undefined
      ? null
      : { xuid: session.xuid, titleId: session.titleId, sandbox: session.sandbox, location: session.location, thirdPartySite: session.thirdPartySite },
    body: body === null ? null : parse(redact(body)),
    status,
    refusal,
    hint,
    ms: Math.round(ms * 100) / 100,
    fault,
    matched,
    answer: answer === null ? null : toAnswer(answer, parse),
    ...connection !== undefined && { connection }
  }
}

function toAnswer ({ headers: joined, bytes, body: written }: RecordedAnswer, parse: (text: string) => unknown): JournalAnswer {
  const body = written && redact(written)
  const headers = splitHeaders(joined)
  const isJson = /\bjson\b/.test(headers['content-type'] ?? '')
  return { headers, bytes, body: body !== null && isJson ? parseIfValid(body, parse) : body }
}

/** A fault may have sent half of a JSON text, or something else. */
function parseIfValid (text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text)
  } catch {
    return text
  }
}
