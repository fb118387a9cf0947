import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { build, type Emulator } from '../../helper.ts'
import { openLine, type Line, type Upgrade } from './real-time.ts'

// Clients in other languages, by the requests that they send in order: each takes what it needs out of the answers
// before, and fails without some of their members. What a client is and where it is published is in docs/clients.md.

/** What a client has taken out of answers, by a name. */
export type Taken = Record<string, string>

/** A request as a client sends it. */
export interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** The host that the client has built in, and the path: `https://…`. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** As it is sent; an object as JSON. */
  readonly body?: object | string
}

/** The kinds of a value that a client demands. */
export type Kind = 'five' | 'success' | 'refusal' | 'state' | 'text' | 'string' | 'texts' | 'digits' | 'number' | 'boolean' | 'list' | 'some' | 'object' | 'instant' | 'guid' | 'null' | 'number or null' | 'text or null'

export interface Step {
  readonly ask: (taken: Taken) => Asked
  /** By default 200. */
  readonly status?: number
  /** What the client fails without: the kind of each member, by its path in the body; with `*` for each entry of a list that is not empty. */
  readonly needs?: Needs
  /** Headers that the client fails without. */
  readonly headers?: readonly string[]
  /** What the client takes: of the body by a path, or by a function of the answer. */
  readonly take?: Readonly<Record<string, string | ((answer: LightMyRequestResponse, taken: Taken) => string | undefined)>>
}

/** A connection to rta.xboxlive.com that a client opens; a later one takes its place. */
export interface Connecting {
  readonly connect: (taken: Taken) => Upgrade
}

/** A frame that a client sends, or none, and what it needs of the next one that it is sent. */
export interface Saying extends Pick<Step, 'needs'> {
  readonly say: (taken: Taken) => string | null
  /** What the client takes of the frame, by a path. */
  readonly take?: Readonly<Record<string, string>>
}

/** A client and its flow. */
export interface Replay {
  readonly client: string
  readonly steps: ReadonlyArray<Step | Connecting | Saying>
  /** A user who signs in, in the place of the gamer; null: nobody does without a password. */
  readonly as?: string | null
  /** What the client knows without asking: by default nothing. */
  readonly given?: Taken
}

/** What a client needs of an answer: the kind of each member. */
export type Needs = Readonly<Record<string, Kind>>

/** A body that was read, and what its client needs of it. */
export interface Read { readonly body: unknown, readonly needs: Needs }

const KINDS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  // One client takes no other answer to what asks for a subscription.
  five: (value) => Array.isArray(value) && value.length === 5,
  success: (value) => value === 0,
  refusal: (value) => typeof value === 'number' && [1, 2, 3, 1001, 1002].includes(value),
  // The letter case counts in events.
  state: (value) => typeof value === 'string' && ['NotStarted', 'InProgress', 'Achieved'].includes(value),
  text: (value) => typeof value === 'string' && value !== '',
  string: (value) => typeof value === 'string',
  // As a map of texts to texts is read: one number or null breaks it.
  texts: (value) => typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string'),
  digits: (value) => typeof value === 'string' && /^\d+$/.test(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  some: (value) => Array.isArray(value) && value.length > 0,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  instant: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(value),
  guid: (value) => typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
  null: (value) => value === null,
  'number or null': (value) => value === null || typeof value === 'number',
  'text or null': (value) => value === null || typeof value === 'string'
}

/** The values at a path of a body: several where it has a star. */
function valuesAt (value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((each) => valuesAt(each, rest)) : [undefined]
  return valuesAt(typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined, rest)
}

async function send ({ app }: Emulator, { method = 'GET', url, headers = {}, body }: Asked): Promise<LightMyRequestResponse> {
  const { host, pathname, search } = new URL(url)
  return await app.inject({
    method,
    // As the client writes it: URL would encode what it need not.
    url: url.slice(url.indexOf(host) + host.length) || `${pathname}${search}`,
    headers: { ...headers, host },
    ...body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }
  })
}

const pathOf = (path: string): string[] => path === '' ? [] : path.split('.')

/** The members that a client misses in a body, or finds to be of another kind. */
export function findWrong ({ body, needs }: Read): string[] {
  return Object.entries(needs).flatMap(([path, kind]) => {
    const values = valuesAt(body, pathOf(path))
    return values.length > 0 && values.every(KINDS[kind]) ? [] : [`${path} is ${JSON.stringify(values).slice(0, 80)}; expected ${kind}`]
  })
}

/** What a replay goes on with. */
interface Progress {
  readonly t: Test
  readonly client: string
  readonly emulator: Emulator
  readonly taken: Taken
  line: Line | undefined
}

/**
 * Sends what a client sends; each answer has to have what the client needs. The gamer signs in wherever a person would be
 * asked.
 *
 * @returns what was read.
 */
export async function replay (t: Test, { client, steps, as = 'gamer', given = {} }: Replay, dialect: 'documented' | 'live'): Promise<Read[]> {
  const emulator = build(t, { config: { dialect, signInAs: as, unknownTokens: null } })
  const progress: Progress = { t, client, emulator, taken: { ...given }, line: undefined }
  const read: Read[] = []
  if (steps.some((step) => 'connect' in step)) await emulator.app.listen({ port: 0, host: '127.0.0.1' })
  for (const step of steps) {
    if ('connect' in step) {
      progress.line = await openLine(t, emulator.app, step.connect(progress.taken))
      continue
    }
    const found = 'ask' in step ? await exchange(progress, step) : await converse(progress, step)
    if (found === undefined) return read
    read.push(found)
  }
  return read
}

/** Sends a request. @returns what was read, or nothing when the test has failed. */
async function exchange ({ t, client, emulator, taken }: Progress, { ask, status = 200, needs = {}, headers = [], take = {} }: Step): Promise<Read | undefined> {
  const asked = ask(taken)
  const what = `${client}: ${asked.method ?? 'GET'} ${asked.url.replace(/\?.*/, '')}`
  const answer = await send(emulator, asked)
  if (answer.statusCode !== status) {
    t.fail(`${what}: ${answer.statusCode} ${answer.body.slice(0, 300)}; expected ${status}`)
    return undefined
  }
  for (const name of headers) t.ok(answer.headers[name] !== undefined, `${what}: the header ${name}`)
  const body: unknown = /json/.test(String(answer.headers['content-type'])) && answer.body !== '' ? answer.json() : undefined
  t.strictSame(findWrong({ body, needs }), [], what)
  const values = Object.entries(take).map(([name, from]) => [name, typeof from === 'string' ? valuesAt(body, from.split('.'))[0] : from(answer, taken)] as const)
  return takeValues({ t, what, taken, values, text: answer.body }) ? { body, needs } : undefined
}

/** Sends a frame, and reads the next one. @returns what was read, or nothing when the test has failed. */
async function converse ({ t, client, taken, line }: Progress, { say, needs = {}, take = {} }: Saying): Promise<Read | undefined> {
  const frame = say(taken)
  const what = `${client}: ${frame ?? 'an event'}`
  if (frame !== null) line?.send(frame)
  const body = await line?.next()
  t.strictSame(findWrong({ body, needs }), [], `${what}: ${JSON.stringify(body)}`)
  const values = Object.entries(take).map(([name, from]) => [name, valuesAt(body, from.split('.'))[0]] as const)
  return takeValues({ t, what, taken, values, text: JSON.stringify(body) }) ? { body, needs } : undefined
}

/** False when the test has failed, because one of them is not there. @param text the answer. */
function takeValues ({ t, what, taken, values, text }: { t: Test, what: string, taken: Taken, values: ReadonlyArray<readonly [string, unknown]>, text: string }): boolean {
  for (const [name, value] of values) {
    if (typeof value !== 'string' && typeof value !== 'number') {
      t.fail(`${what}: there is no ${name} to take; ${text.slice(0, 300)}`)
      return false
    }
    taken[name] = String(value)
  }
  return true
}
