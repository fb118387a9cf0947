import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts'
import { readUnsigned32, readUnsigned64 } from '../../base/integers.ts'
import { Query } from '../../http/query.ts'
import { sendPieces } from '../../http/send.ts'
import type { Journal, JournalEntry, JournalFilter } from './journal.ts'

/** Routes with which a test reads and clears the journal. */
export function journalRoutes (app: FastifyInstance, journal: Journal): void {
  const send = (reply: FastifyReply, filter: JournalFilter): FastifyReply => sendPieces(reply, writeJson(journal.iterate(filter, parseExactJson)))

  app.get<{ Querystring: URLSearchParams }>('/_emulator/requests', (request, reply) => send(reply, readJournalFilter(request.query)))

  app.get<{ Querystring: URLSearchParams }>('/_emulator/requests/unmatched', (request, reply) => send(reply, { ...readJournalFilter(request.query), matched: false }))

  app.delete('/_emulator/requests', (_request, reply) => {
    journal.clear()
    reply.code(204).send()
  })
}

/** Yields the answer in pieces; an empty piece for each request that does not match. */
function * writeJson (entries: Iterable<JournalEntry | undefined>): Generator<string> {
  yield '{"requests":['
  let separator = ''
  for (const entry of entries) {
    yield entry === undefined ? '' : `${separator}${stringifyExactJson(entry)}`
    if (entry !== undefined) separator = ','
  }
  yield ']}'
}

function readJournalFilter (parameters: URLSearchParams): JournalFilter {
  const query = new Query(parameters)
  return {
    method: query.one('method', 'an HTTP method', (text) => text.toUpperCase()),
    path: query.one('path', 'the beginning of a path', String),
    status: query.one('status', 'an HTTP status', readUnsigned32),
    xuid: query.one('xuid', 'an unsigned 64-bit integer in decimal', readUnsigned64)
  }
}
