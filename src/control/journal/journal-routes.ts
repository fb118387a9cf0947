import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { readUnsigned32, readUnsigned64 } from '../../base/integers.ts'
import { parseNumbers, writeNumbers } from '../../base/json-numbers.ts'
import { inTurns } from '../../http/pieces.ts'
import { Query } from '../../http/query.ts'
import type { Journal, JournalEntry, JournalFilter } from './journal.ts'

/** What was asked. */
export function requestRoutes (app: FastifyInstance, journal: Journal): void {
  const answer = (reply: FastifyReply, filter: JournalFilter): FastifyReply =>
    reply.type('application/json; charset=utf-8').send(Readable.from(inTurns(write(journal.look(filter, parseNumbers)))))

  app.get<{ Querystring: URLSearchParams }>('/_emulator/requests', (request, reply) => answer(reply, readFilter(request.query)))

  app.get<{ Querystring: URLSearchParams }>('/_emulator/requests/unmatched', (request, reply) =>
    answer(reply, { ...readFilter(request.query), matched: false }))

  app.delete('/_emulator/requests', (_request, reply) => {
    journal.clear()
    reply.code(204).send()
  })
}

/** The journal as JSON. */
function * write (entries: Iterable<JournalEntry | undefined>): Generator<string> {
  yield '{"requests":['
  let between = ''
  for (const entry of entries) {
    yield entry === undefined ? '' : `${between}${writeNumbers(entry)}`
    if (entry !== undefined) between = ','
  }
  yield ']}'
}

function readFilter (parameters: URLSearchParams): JournalFilter {
  const query = new Query(parameters)
  return {
    method: query.one('method', 'an HTTP method', (text) => text.toUpperCase()),
    path: query.one('path', 'the beginning of a path', (text) => text),
    status: query.one('status', 'an HTTP status', readUnsigned32),
    xuid: query.one('xuid', 'an unsigned 64-bit integer in decimal', readUnsigned64)
  }
}
