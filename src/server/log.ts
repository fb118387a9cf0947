import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify'
import { ignoreErrors } from '../base/stream-errors.ts'
import { readHeader } from '../http/headers.ts'
import { redactHeader, redactPath, redactQuery } from '../http/redact.ts'
import { queryOf } from '../http/target.ts'
import { formatEntry, REQUEST_MEMBERS, type RequestEntry } from './terminal.ts'

/** Loads a package when it is needed: a silent log does without pino, and one in JSON without pino-pretty. Unlike import(), it returns no promise. */
const load = createRequire(import.meta.url)
const loadPino = (): typeof import('pino') => load('pino')
const loadPretty = (): typeof import('pino-pretty') => load('pino-pretty')

/** How many bytes may wait for a reader that is slow; further lines are dropped. */
const MAX_PENDING = 1024 * 1024

/** Where a log goes: a stream, which may be a terminal. */
type LogOutput = Writable & { readonly isTTY?: boolean, readonly hasColors?: () => boolean }

/** The options of Fastify that set up a log. */
interface LogOptions {
  readonly loggerInstance?: FastifyBaseLogger
  readonly logController: LogController
}

/**
 * The log: one line of JSON for each entry, or a readable line in a terminal. It contains no tokens: of the headers
 * it has the contract version alone, and what is secret in a path or query is left out. A log that has no lines
 * of requests costs a request nothing.
 */
export function createLog (level: string, to: LogOutput = process.stderr): LogOptions {
  const withoutRequests = { logController: new LogController({ disableRequestLogging: true }) }
  if (level === 'silent') return withoutRequests
  const format = to.isTTY ? createTerminalFormat(to) : String
  ignoreErrors(to)
  const write = (line: string): void => {
    if (to.writableLength < MAX_PENDING) to.write(format(line))
  }
  const logger = loadPino()({ level, base: null }, { write })
  return { loggerInstance: logger, ...logger.isLevelEnabled('info') ? { logController: new RequestLog() } : withoutRequests }
}

/** Makes the lines of a terminal, with colours where it has them and nobody has asked for none. */
const createTerminalFormat = (to: LogOutput): (line: string) => string => loadPretty().prettyFactory({
  colorize: to.hasColors?.() ?? false,
  customColors: 'message:reset',
  ignore: ['reqId', 'res', ...REQUEST_MEMBERS].join(),
  messageFormat: (entry, messageKey, _level, { colors }) => formatEntry(entry as Partial<RequestEntry>, entry[messageKey], colors)
})

/** Logs one line for each request, once it is answered. */
class RequestLog extends LogController {
  override incomingRequest (): void {}

  override requestCompleted (_error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply)
  }
}

/** Whether a request has waited for one in the journal. */
const isWait = ({ path, query, status }: RequestEntry): boolean => path === '/_emulator/requests' && status === 200 && /(^|&)wait=/.test(query ?? '')

export function logRequest (request: FastifyRequest, reply: FastifyReply): void {
  const { method, url, session, refusal, hint } = request
  const query = queryOf(request)
  const version = readHeader(request, 'x-xbl-contract-version')
  const entry: RequestEntry = {
    method,
    path: redactPath(url),
    query: query && redactQuery(query),
    contractVersion: version && redactHeader('x-xbl-contract-version', version),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 100) / 100,
    xuid: session?.xuid,
    gamertag: session?.gamertag ?? undefined,
    ...refusal,
    hint
  }
  // Whoever follows the journal asks again and again, also while nothing comes.
  request.log[isWait(entry) ? 'debug' : 'info'](entry)
}
