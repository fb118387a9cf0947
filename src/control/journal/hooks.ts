import type { TLSSocket } from 'node:tls'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { stringifyExactJson } from '../../base/exact-json.ts'
import { readHeader } from '../../http/headers.ts'
import { isOwnTarget } from '../../http/target.ts'
import { keepAnswer } from './answers.ts'
import { joinHeaders, type RecordedRequest } from './entry.ts'
import type { Journal } from './journal.ts'

/** The longest body that the journal stores, in bytes. */
const LONGEST_JOURNAL_BODY = 16 * 1024

/** No number of times that a journal was cleared. */
const NEVER = -1

declare module 'fastify' {
  interface FastifyRequest {
    /** How often the journal had been cleared when the request came; NEVER once it is in the journal, or if it is none for it. */
    journalClears: number
  }
}

/**
 * Records every request in a journal, except those for the emulator's own paths, and those that came before it was cleared:
 * a test that begins with an empty journal does not find the end of the one before. These hooks come first.
 */
export function recordRequests (app: FastifyInstance, journal: Journal): void {
  app.decorateRequest('journalClears', NEVER)
  const record = (request: FastifyRequest, { raw, statusCode, elapsedTime }: FastifyReply): void => {
    // A preflight is the browser's, which remembers the answer: a test that counts requests means those of the page.
    if (request.journalClears !== journal.clears() || request.isPreflight === true) return
    request.journalClears = NEVER
    journal.add(describeRequest(request, raw.headersSent ? statusCode : null, elapsedTime))
  }
  app.addHook('onResponse', (request, reply, done) => {
    record(request, reply)
    done()
  })
  // Fastify does not call onResponse when the connection was reset, the client disconnected, or the answer
  // broke off.
  app.addHook('onRequest', (request, reply, done) => {
    if (!isOwnTarget(request.url)) {
      request.journalClears = journal.clears()
      reply.raw.once('close', () => record(request, reply))
      if (journal.keepsAnswers()) keepAnswer(request, reply.raw)
    }
    done()
  })
}

function describeRequest (request: FastifyRequest, status: number | null, ms: number): RecordedRequest {
  const { now, method, url, session, fault, headers, raw, refusal, hint } = request
  return {
    now,
    method,
    isSecure: (raw.socket as TLSSocket).encrypted === true,
    host: headers.host ?? null,
    httpVersion: raw.httpVersion,
    url,
    headers: joinHeaders(raw.rawHeaders),
    contractVersion: readHeader(request, 'x-xbl-contract-version') ?? null,
    session,
    body: bodyText(request),
    status,
    refusal: refusal?.reason ?? null,
    hint: hint ?? null,
    ms,
    fault: fault?.id ?? null,
    matched: !request.is404 || status === 405,
    answer: status === null || request.readAnswer === undefined ? null : request.readAnswer(),
    connection: request.realTimeConnection
  }
}

/** The body as JSON; null when there is none, when it is secret, or when it is too long. */
function bodyText (request: FastifyRequest): string | null {
  const { headers, body } = request
  // Fastify computes routeOptions each time it is read, so it is not read for a request without a body.
  if (body == null || request.routeOptions.config.hasSecretBody) return null
  const text = stringifyExactJson(body)
  // A chunked body has no content-length.
  return Number(headers['content-length'] ?? Buffer.byteLength(text)) > LONGEST_JOURNAL_BODY ? null : text
}
