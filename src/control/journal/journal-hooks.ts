import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { writeNumbers } from '../../base/json-numbers.ts'
import { pathOf } from '../../http/target.ts'
import { readHeader } from '../../http/request-headers.ts'
import type { Journal, Note } from './journal.ts'

/** A longer body is left out. */
const LONGEST_BODY = 16 * 1024
const OWN_PATH = /^\/_emulator(\/|$)/i

/** Writes every request into a journal, but for those of the emulator's own paths. */
export function keepJournal (app: FastifyInstance, journal: Journal): void {
  app.decorateRequest('isNoted', false)
  const note = (request: FastifyRequest, { raw, statusCode, elapsedTime }: FastifyReply): void => {
    if (request.isNoted || OWN_PATH.test(pathOf(request))) return
    request.isNoted = true
    journal.add(noteOf(request, raw.headersSent ? statusCode : null, elapsedTime))
  }
  app.addHook('onResponse', (request, reply, done) => {
    note(request, reply)
    done()
  })
  // What is never answered whole never comes to onResponse: the connection was reset, the client
  // hung up, or the answer broke off.
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => note(request, reply))
    done()
  })
}

function noteOf (request: FastifyRequest, status: number | null, ms: number): Note {
  const { now, method, url, session, happening } = request
  return {
    now,
    method,
    url,
    contractVersion: readHeader(request, 'x-xbl-contract-version') ?? null,
    session,
    body: bodyOf(request),
    status,
    ms,
    fault: happening?.fault.id ?? null,
    matched: !request.is404 || status === 405
  }
}

/** What was sent, as JSON; null when that is secret, or was much. */
function bodyOf (request: FastifyRequest): string | null {
  const { headers, body } = request
  // Fastify makes the options anew each time: what has no body does not ask for them.
  if (body == null || request.routeOptions.config.hasSecretBody) return null
  const text = writeNumbers(body)
  // A body that comes in chunks does not say how long it is.
  return Number(headers['content-length'] ?? Buffer.byteLength(text)) > LONGEST_BODY ? null : text
}
