import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify'
import { redactPath } from '../http/redact.ts'
import { pathOf } from '../http/target.ts'
import { surviveErrors } from '../base/survive-errors.ts'

/** What a log that nobody reads, or that no person reads, does without: at once, where an import() would be a promise. */
const load = createRequire(import.meta.url)

/** How much waits for a reader that is slow, in bytes; what comes then is lost. */
const MOST_PENDING = 1024 * 1024

const loadPretty = (): typeof import('pino-pretty') => load('pino-pretty')

/**
 * The log: a JSON line each, or a readable one in a terminal. Tokens are never in it: no header is
 * logged, and no query but for the parameter that a refusal is about.
 *
 * @returns the options of Fastify that set it up; a log that nobody reads costs a request nothing.
 */
export function createLog (level: string, to: Writable & { isTTY?: boolean } = process.stdout): LogOptions {
  if (level === 'silent') return { logController: new LogController({ disableRequestLogging: true }) }
  const pino: typeof import('pino') = load('pino')
  const show = to.isTTY ? loadPretty().prettyFactory({ ignore: 'reqId' }) : String
  surviveErrors(to)
  const write = (line: string): void => {
    if (to.writableLength < MOST_PENDING) to.write(show(line))
  }
  return { loggerInstance: pino({ level, base: null }, { write }), logController: new RequestLog() }
}

interface LogOptions {
  readonly loggerInstance?: FastifyBaseLogger
  readonly logController: LogController
}

/** One line a request, when it is answered. */
class RequestLog extends LogController {
  override incomingRequest (): void {}

  override requestCompleted (_error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply)
  }
}

export function logRequest (request: FastifyRequest, reply: FastifyReply): void {
  const ms = Math.round(reply.elapsedTime * 100) / 100
  request.log.info({ method: request.method, path: redactPath(pathOf(request)), status: reply.statusCode, ms, xuid: request.session?.xuid, ...request.refusal })
}
