import { VERSION } from '../../base/version.ts'
import type { HarEntry } from '../har-schema.ts'
import type { JournalAnswer, JournalEntry } from './entry.ts'

// An import of node:http would bring along fetch and WebSocket, which a start does without.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** The host in the address of a request that named none, or none that an address can have: RFC 2606, section 2. */
const NO_HOST = 'host.invalid'

/**
 * Yields a HAR of journal entries in pieces; an empty piece for each that is undefined.
 *
 * @param entries their bodies are texts.
 */
export function * writeHar (entries: Iterable<JournalEntry | undefined>): Generator<string> {
  yield `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'xbl-achievements-emulator', version: VERSION })},"entries":[`
  let separator = ''
  for (const entry of entries) {
    yield entry === undefined ? '' : `${separator}${JSON.stringify(toHarEntry(entry))}`
    if (entry !== undefined) separator = ','
  }
  yield ']}}'
}

function toHarEntry (entry: JournalEntry): HarEntry {
  const { time, ms, refusal, fault } = entry
  return {
    startedDateTime: `${time.slice(0, 23)}Z`,
    time: ms,
    request: toHarRequest(entry),
    response: toHarResponse(entry),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: [...refusal === null ? [] : [refusal], ...fault === null ? [] : [`Fault ${fault} happened to it.`]].join(' ')
  }
}

function toHarRequest (entry: JournalEntry): HarEntry['request'] {
  const { method, httpVersion, headers, query, body } = entry
  return {
    method,
    url: harUrl(entry),
    httpVersion: `HTTP/${httpVersion}`,
    cookies: [],
    headers: toPairs(headers),
    queryString: Array.from(new URLSearchParams(query), ([name, value]) => ({ name, value })),
    ...body !== null && { postData: { mimeType: headers['content-type'] ?? 'application/json', text: body as string } },
    headersSize: -1,
    bodySize: Number(headers['content-length'] ?? -1)
  }
}

function toHarResponse ({ status, httpVersion, answer }: JournalEntry): HarEntry['response'] {
  return {
    status: status ?? 0,
    statusText: STATUS_CODES[status ?? 0] ?? '',
    httpVersion: `HTTP/${httpVersion}`,
    cookies: [],
    headers: toPairs(answer?.headers ?? {}),
    content: toContent(answer),
    redirectURL: answer?.headers['location'] ?? '',
    headersSize: -1,
    bodySize: answer?.bytes ?? -1
  }
}

const toContent = (answer: JournalAnswer | null): HarEntry['response']['content'] => ({
  size: answer?.bytes ?? 0,
  mimeType: answer?.headers['content-type'] ?? 'x-unknown',
  ...answer != null && answer.body !== null && { text: answer.body as string }
})

const toPairs = (headers: Readonly<Record<string, string>>) => Object.entries(headers).map(([name, value]) => ({ name, value }))

/** What a Host names that an address can have: anything else in it would be read as a part of the path. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~-]+)(?::\d+)?$/i

/** The absolute address of a request, of visible ASCII characters alone. */
function harUrl ({ scheme, host, path, query }: JournalEntry): string {
  const origin = `${scheme}://${host}`
  const target = `${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`.toWellFormed().replace(/[^!-~]/gu, encodeURIComponent)
  return `${host !== null && HOST.test(host) && URL.canParse(origin) ? origin : `${scheme}://${NO_HOST}`}${target}`
}
