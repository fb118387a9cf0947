import type { Static } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts'
import type { Config } from '../../config/config.ts'
import { Query } from '../../http/query.ts'
import { sendPieces } from '../../http/send.ts'
import { unavailable } from '../../model/refusals.ts'
import { JournalSettingsBody } from '../body-schemas.ts'
import type { HeldRequests } from '../held-requests.ts'
import { readJournalFilter, readFilterAndWait, type Wait } from './filter-query.ts'
import type { JournalFilter } from './filter.ts'
import { readFrameFilter, type FrameFilter } from './frame-filter.ts'
import { writeHar } from './har.ts'
import type { Journal } from './journal.ts'
import { changeSettings, describeSettings, type JournalSettings } from './settings.ts'
import { waitForEntries } from './wait.ts'

/** How many requests may wait for an entry. Each new entry is compared with what every one of them waits for. */
const MOST_WAITS = 100

interface JournalRoute { Querystring: URLSearchParams }

/** Routes with which a test reads and clears the journal, and waits for what it will have. */
export function journalRoutes (app: FastifyInstance, { journal, holds, config }: {
  journal: Journal, holds: HeldRequests, config: Pick<Config, 'journal' | 'requestTimeout'>
}): void {
  const hold = prepareWaits(journal, holds)
  const list = (fixed: JournalFilter) => (request: FastifyRequest<JournalRoute>, reply: FastifyReply): unknown => {
    const { filter, wait } = readFilterAndWait(request.query, fixed, config)
    return wait === undefined ? sendEntries(reply, journal, filter) : hold(reply, filter, wait)
  }
  app.get<JournalRoute>('/_emulator/requests', list({}))
  app.get<JournalRoute>('/_emulator/requests/unmatched', list({ matched: false }))

  app.get<JournalRoute>('/_emulator/requests.har', (request, reply) => {
    const filter = readJournalFilter(request.query)
    return sendPieces(reply.header('content-disposition', 'attachment; filename="requests.har"'), writeHar(journal.iterate(filter, String), journal.frames.of))
  })

  app.get<JournalRoute>('/_emulator/requests/frames', (request, reply) => sendPieces(reply, writeFrames(journal, readFrameFilter(request.query))))

  const readSettings = (): JournalSettings => describeSettings(journal)
  app.get<JournalRoute>('/_emulator/requests/settings', ({ query }) => {
    new Query(query).requireKnown([])
    return readSettings()
  })
  app.put<{ Body: Static<typeof JournalSettingsBody> }>('/_emulator/requests/settings', { schema: { body: JournalSettingsBody } }, (request) => {
    changeSettings(journal, request.body)
    return readSettings()
  })

  app.delete('/_emulator/requests', (_request, reply) => {
    journal.clear()
    reply.code(204).send()
  })
}

/** Holds requests back until there is what they wait for, and answers them then. */
function prepareWaits (journal: Journal, holds: HeldRequests) {
  let waiting = 0
  return async (reply: FastifyReply, filter: JournalFilter, { ms, count }: Wait): Promise<FastifyReply> => {
    if (waiting === MOST_WAITS) throw unavailable(`${MOST_WAITS} requests wait for the journal already; expected at most one of each test that runs.`)
    waiting++
    const over = new AbortController()
    const found = waitForEntries(journal, filter, { count, signal: over.signal }).catch(() => {})
    const ending = await holds.hold(reply.raw, ms, found)
    over.abort()
    waiting--
    if (ending === 'stopping') throw unavailable('The emulator stops, and waits for no request.')
    return ending === 'disconnected' ? reply.hijack() : sendEntries(reply, journal, filter)
  }
}

const sendEntries = (reply: FastifyReply, journal: Journal, filter: JournalFilter): FastifyReply => sendPieces(reply, writeJournal(journal, filter))

// What is recorded after these calls, while the pieces are sent, is not in the answer.
const writeJournal = (journal: Journal, filter: JournalFilter): Generator<string> => writeList('requests', journal.iterate(filter, parseExactJson), journal.newest())
const writeFrames = (journal: Journal, filter: FrameFilter): Generator<string> => writeList('frames', journal.iterateFrames(filter), journal.frames.newest())

/** Yields an answer in pieces; an empty piece for each entry that does not match. */
function * writeList (name: string, entries: Iterable<object | undefined>, newest: number): Generator<string> {
  yield `{"${name}":[`
  let separator = ''
  for (const entry of entries) {
    yield entry === undefined ? '' : `${separator}${stringifyExactJson(entry)}`
    if (entry !== undefined) separator = ','
  }
  yield `],"newest":${newest}}`
}
