import { readConfig } from '../../src/config/read-config.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import type { Ask } from './asks.ts'
import { CANARY, FAULTY_XUID } from './pieces.ts'
import type { Answer } from './read-answers.ts'

export type Dialect = 'documented' | 'live'

/** Every status that an operation describes, but 500, which only what fails is answered with, and those that a URL, a type of body and an Expect can be refused with before there is a route. */
const STATUSES = new Set([
  ...DIALECTS.flatMap((dialect) => listOperations(readConfig({ dialect })).flatMap(({ answers }) => Object.keys(answers).map(Number))).filter((status) => status !== 500),
  414, 415, 417
])
/** Headers of every answer: docs/specification.md, Paths and headers. */
const ALWAYS = ['cache-control', 'x-content-type-options', 'ms-cv']

/** The sorted names of the members of an error body, in each dialect. */
const OF_DIALECT: Readonly<Record<Dialect, string>> = { documented: 'errorCode,errorMessage', live: 'code,description,source,traceInformation' }
const OF_IGDB = 'message,status'
/** Some of them have a page beside it. */
const OF_SIGN_IN = ['Identity,Message,XErr', 'Identity,Message,Redirect,XErr', 'Identity,Message,WebPage,XErr']
/** Of login.live.com and login.microsoftonline.com, also for paths that these do not have, under their names. */
const OF_LOGIN = ['correlation_id,error,error_description', 'correlation_id,error,error_codes,error_description,error_uri,timestamp,trace_id']
const OF_RATE_LIMIT = 'currentRequests,limitType,maxRequests,periodInSeconds,version'

/** Parts of stack traces, file names and SQL, which no answer may contain. */
const INSIDES = /\n\s+at |node_modules|\/src\/[a-z-]+|file:\/\/\/|\.(ts|js):\d|SqliteError|SQLITE_|node:internal|ENOENT|TypeError|Cannot read prop|is not a function/

/** True for requests to which faults may happen. */
export const mayFail = ({ path }: Ask): boolean => path.includes(FAULTY_XUID)

/**
 * What is wrong with an answer, for any request; undefined when nothing is.
 *
 * @param ask null when the bytes that were sent are not a request.
 * @param sent the bytes that the client sent: an answer may repeat tokens that they contain.
 */
export function findWrong (answer: Answer, { ask, sent, dialect }: { ask: Ask | null, sent: Buffer, dialect: Dialect }): string | undefined {
  const { status, headers, body } = answer
  if (!STATUSES.has(status) && !((status === 500 || status === 502) && ask !== null && mayFail(ask))) return status === 500 ? 'an answer of 500' : `the status is ${status}`
  const missing = ALWAYS.find((name) => !headers.has(name))
  if (missing !== undefined) return `no ${missing} with ${status}`
  const double = [...headers].find(([name, value]) => name !== 'set-cookie' && value.includes('\n'))
  if (double !== undefined) return `${double[0]} comes twice`
  if ((status === 401) !== headers.has('www-authenticate')) return `www-authenticate with ${status}`
  if ((status === 405) && !headers.has('allow')) return 'no allow with 405'
  if ((status === 301 || status === 302 || status === 307) && !headers.has('location')) return `no location with ${status}`
  const leaked = findLeaked(answer, sent, ask)
  if (leaked !== undefined) return leaked
  if (body.length === 0) return undefined
  return findWrongBody(answer, ask, dialect)
}

function findWrongBody ({ status, headers, body }: Answer, ask: Ask | null, dialect: Dialect): string | undefined {
  const type = headers.get('content-type') ?? ''
  if (type === '') return `a body without content-type, ${status}`
  if (!/^application\/json\b/.test(type)) return status >= 400 ? `a refusal is ${type}` : undefined
  const text = body.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return `the body is no JSON, ${status}`
  }
  if (status < 300) return undefined
  if (INSIDES.test(text)) return 'a refusal shows insides of the emulator'
  if (value === null || typeof value !== 'object') return 'a refusal is no object'
  const members = Object.keys(value).sort().join()
  const allowed = [OF_DIALECT[dialect], OF_IGDB, ...OF_LOGIN, ...status === 401 ? OF_SIGN_IN : [], ...status === 429 ? [OF_RATE_LIMIT] : []]
  if (!allowed.includes(members)) return `a refusal has the members ${members.slice(0, 100)}`
  if (members === OF_IGDB && ask !== null && !isOfIgdb(ask.path)) return `a refusal of ${status} is one of the IGDB view elsewhere`
  return undefined
}

/** True for a path of the IGDB view, also with an authority, in other letter case, or percent-encoded. */
const isOfIgdb = (path: string): boolean => /^\/+achievements(\/|$|;|\W)/i.test(plainPathOf(path))

function plainPathOf (path: string): string {
  const [pathname = ''] = path.replace(/^https?:\/\/[^/]*/i, '').split('?')
  return pathname.replace(/%([0-9a-f]{2})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

const CANARIES = /canary-[a-z]+/g

/** Finds a token of the world that the client has not sent. Only an export of the world may contain them. */
function findLeaked ({ headers, body }: Answer, sent: Buffer, ask: Ask | null): string | undefined {
  if (ask !== null && /^\/_emulator\/(world|sessions)/i.test(decoded(ask.path))) return undefined
  const said = body.includes(CANARY) ? body.toString('latin1') : ''
  const shown = `${[...headers.values()].join('\n')}\n${said}`
  if (!shown.includes(CANARY)) return undefined
  const own = sent.toString('latin1')
  const foreign = shown.match(CANARIES)?.find((token) => !own.includes(token))
  return foreign === undefined ? undefined : 'an answer has the token of another session'
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path.replace(/^https?:\/\/[^/]*/i, ''))
  } catch {
    return path
  }
}
