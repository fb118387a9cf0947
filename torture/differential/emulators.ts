import type { FastifyInstance } from 'fastify'
import { createCache, type CreateCache } from '../../src/base/cache.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { Dialect } from '../../src/model/dialect.ts'
import { buildApp } from '../../src/server/app.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { toRequest, type Reading, type Sent, type Sequence } from './steps.ts'
import { NOW, WORLD } from './world.ts'

/** A cache that stores nothing. */
export const noCache: CreateCache = (_options, make) => make

/** A member of the inputs of a cache: the name of the cache, and the member's path. An empty path is the input itself. */
export interface Member {
  readonly name: string
  readonly path: readonly string[]
}

/**
 * The emulator's cache, with keys in which one member is missing.
 *
 * @param missing returns the member that is missing at present.
 */
export const leakyCache = (missing: () => Member | undefined): CreateCache => (options, make) => {
  let input: unknown
  const kept = createCache<object, ReturnType<typeof make>>(options, () => make(input as never))
  return (given) => {
    input = given
    const member = missing()
    return kept((member?.name === options.name ? without(given, member.path) : given) as never)
  }
}

/**
 * The emulator's cache, which also reports the members of its inputs.
 *
 * @param note is called with each member and its value as JSON. Items of lists are not members.
 */
export const notingCache = (note: (member: Member, value: string) => void): CreateCache => (options, make) => {
  const noteAll = (value: unknown, path: readonly string[]): void => {
    note({ name: options.name, path }, JSON.stringify(value))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [name, member] of Object.entries(value)) noteAll(member, [...path, name])
  }
  const kept = createCache(options, make)
  return (input) => {
    // Without a mark, the cache stores nothing and makes no key.
    if (options.mark() !== null) noteAll(input, [])
    return kept(input)
  }
}

/** A copy of a value without the member at a path; null for an empty path. */
function without (value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return null
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === name ? without(member, rest) : member]))
}

/** An answer, without what differs each time. */
export type Answer = string

/** A request and its answer. */
export interface Answered {
  readonly sent: Sent
  readonly answer: Answer
}

/** An emulator that is reset before each sequence. */
export interface Emulator {
  /** The answers to a sequence. Each request is sent when its answer is taken from the generator. */
  readonly answers: (sequence: Sequence) => AsyncGenerator<Answered>
  readonly close: () => Promise<void>
}

export function createEmulator (dialect: Dialect, cache: CreateCache): Emulator {
  const database = openDatabase(':memory:')
  seed(database, mergeWorlds([{ file: 'world', document: structuredClone(WORLD) }]), 'differential')
  const { app, services } = buildApp(readConfig({ dialect, crossUser: 'privacy', logLevel: 'silent' }), { database, clock: { now: () => NOW }, createCache: cache })
  return {
    async * answers (sequence) {
      services.operations.run('world.reset', {})
      services.clock.shift(0)
      yield * walk(app, sequence)
    },
    async close () {
      await app.close()
      database.close()
    }
  }
}

async function * walk (app: FastifyInstance, { first, variants, steps }: Sequence): AsyncGenerator<Answered> {
  const readings = [first, ...variants.map((variant) => ({ ...first, ...variant }))]
  /** The readings whose answers had a next page, the newest first. */
  const pages: Array<{ reading: Reading, token: string }> = []
  for (const step of steps) {
    if (step.kind === 'write') {
      yield { sent: step.write, answer: (await send(app, step.write)).answer }
      continue
    }
    const page = step.kind === 'next' ? pages[step.back] : { reading: readings[step.variant] as Reading, token: null }
    if (page === undefined) continue
    const sent = toRequest(page.reading, page.token)
    for (let count = 0; count < step.times; count++) {
      const { answer, token } = await send(app, sent)
      if (token !== undefined && count === 0) pages.unshift({ reading: page.reading, token })
      yield { sent, answer }
    }
  }
}

async function send (app: FastifyInstance, { method, url, headers, body }: Sent): Promise<{ answer: Answer, token: string | undefined }> {
  const response = await app.inject({ method, url, headers, ...body && { payload: JSON.stringify(body) } })
  const { date: _date, 'ms-cv': _vector, ...told } = response.headers
  const text = response.payload.replace(/"traceInformation":"[^"]*"/, '')
  return { answer: `${response.statusCode} ${JSON.stringify(told)} ${text}`, token: /"continuationToken":"([^"]+)"/.exec(text)?.[1] }
}
