import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify'
import { ignoreErrors } from '../base/stream-errors.ts'
import { redactPath } from '../http/redact.ts'

/** Loads a package when it is needed: a silent log does without pino, and one in JSON without pino-pretty. Unlike import(), it returns no promise. */
const load = createRequire(import.meta.url)
const loadPino = (): typeof import('pino') => load('pino')
const loadPretty = (): typeof import('pino-pretty') => load('pino-pretty')

/** How many bytes may wait for a reader that is slow; further lines are dropped. */
const MAX_PENDING = 1024 * 1024

/** The options of Fastify that set up a log. */
interface LogOptions {
  readonly loggerInstance?: FastifyBaseLogger
  readonly logController: LogController
}

/**
 * The log: one line of JSON for each entry, or a readable line in a terminal. It contains no tokens: no
 * header is logged, and of a query only the parameter that a refusal names. A silent log costs a request nothing.
 */
export function createLog (level: string, to: Writable & { isTTY?: boolean } = process.stderr): LogOptions {
  if (level === 'silent') return { logController: new LogController({ disableRequestLogging: true }) }
  const format = to.isTTY ? loadPretty().prettyFactory({ ignore: 'reqId' }) : String
  ignoreErrors(to)
  const write = (line: string): void => {
    if (to.writableLength < MAX_PENDING) to.write(format(line))
  }
  return { loggerInstance: loadPino()({ level, base: null }, { write }), logController: new RequestLog() }
}

/** Logs one line for each request, once it is answered. */
class RequestLog extends LogController {
  override incomingRequest (): void {}

  override requestCompleted (_error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply)
  }
}

export function logRequest (request: FastifyRequest, reply: FastifyReply): void {
  const ms = Math.round(reply.elapsedTime * 100) / 100
  request.log.info({ method: request.method, path: redactPath(request.url), status: reply.statusCode, ms, xuid: request.session?.xuid, ...request.refusal })
}
