import { VERSION } from '../../base/version.ts'
import type { HarEntry, HarMessage } from '../har-schema.ts'
import type { JournalAnswer, JournalEntry } from './entry.ts'
import { toFrameEntry, type RecordedFrame } from './frame.ts'

// An import of node:http would bring along fetch and WebSocket, which a start does without.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** The host in the address of a request that named none, or none that an address can have: RFC 2606, section 2. */
const NO_HOST = 'host.invalid'

/**
 * Yields a HAR of journal entries in pieces; an empty piece for each that is undefined.
 *
 * @param entries their bodies are texts.
 * @param framesOf the frames of a connection, as they are stored.
 */
export function * writeHar (entries: Iterable<JournalEntry | undefined>, framesOf: (connection: number) => readonly RecordedFrame[]): Generator<string> {
  yield `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'xbl-achievements-emulator', version: VERSION })},"entries":[`
  let separator = ''
  for (const entry of entries) {
    if (entry === undefined) {
      yield ''
      continue
    }
    yield `${separator}${JSON.stringify(toHarEntry(entry)).slice(0, -1)}`
    if (entry.connection !== undefined) yield * writeMessages(framesOf(entry.connection))
    yield '}'
    separator = ','
  }
  yield ']}}'
}

function toHarEntry (entry: JournalEntry): HarEntry {
  const { id, time, ms, refusal, fault, connection } = entry
  return {
    _id: id,
    startedDateTime: `${time.slice(0, 23)}Z`,
    time: ms,
    request: toHarRequest(entry),
    response: toHarResponse(entry),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: [...refusal === null ? [] : [refusal], ...fault === null ? [] : [`Fault ${fault} happened to it.`]].join(' '),
    ...connection !== undefined && { _resourceType: 'websocket' }
  }
}

/** Yields the frames as the network panel of Chromium writes them, with opcodes of RFC 6455. It writes no end of a connection. */
function * writeMessages (frames: readonly RecordedFrame[]): Generator<string> {
  yield ',"_webSocketMessages":['
  let separator = ''
  for (const frame of frames) {
    const { direction, type, time, text } = toFrameEntry(frame)
    if (type === 'close') continue
    const message: HarMessage = { type: direction === 'in' ? 'send' : 'receive', time: Date.parse(time) / 1000, opcode: type === 'text' ? 1 : 2, data: text }
    yield `${separator}${JSON.stringify(message)}`
    separator = ','
  }
  yield ']'
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
function harUrl ({ scheme: asked, host, path, query, connection }: JournalEntry): string {
  const scheme = connection === undefined ? asked : { http: 'ws', https: 'wss' }[asked]
  const origin = `${scheme}://${host}`
  const target = `${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`.toWellFormed().replace(/[^!-~]/gu, encodeURIComponent)
  return `${host !== null && HOST.test(host) && URL.canParse(origin) ? origin : `${scheme}://${NO_HOST}`}${target}`
}
