import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import type { Database } from 'better-sqlite3'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Test } from 'tap'
import type { Config } from '../src/config/config.ts'
import { findWrongAnswer, findWrongRefusal, operationsByRoute, toOpenApiPath, type SentAnswer } from './openapi/described-answers.ts'

/** With what a request is refused before a route is found for it: by Host or Origin, by path, by method, by the size of its headers; or the emulator fails. */
const WITHOUT_ROUTE = [400, 403, 404, 405, 431, 500, 503]
/** With what a request that a fault holds back is answered instead: it takes too long, or the emulator stops. */
const HELD_BACK = [408, 503]
/** Methods that change nothing. */
const READING = ['GET', 'HEAD']

/**
 * Runs `create`, which makes an application, and judges every answer of the application from then on: the test fails when its
 * status, headers or body are not what the operation of its route says, or when a request was refused and the world has changed.
 *
 * What is sent is taken at the response itself, because lists are sent past Fastify's hooks. The hooks are the application's
 * first, so that they see what the application's own refuse.
 */
export function watchAnswers<T> (t: Test, { config, database }: { config: Config, database: Database }, create: () => T): T {
  const watch = (message: unknown): void => addWatch((message as { fastify: FastifyInstance }).fastify, { t, config, database })
  subscribe('fastify.initialization', watch)
  try {
    return create()
  } finally {
    unsubscribe('fastify.initialization', watch)
  }
}

interface Watch {
  readonly t: Test
  readonly config: Config
  readonly database: Database
}

function addWatch (app: FastifyInstance, watch: Watch): void {
  const operations = operationsByRoute(watch.config)
  const writes = createWriteWatch(watch.database)
  app.addHook('onRequest', (request, reply, done) => {
    // A path that OpenAPI does not have is of this test alone, or a part of the page with the document.
    const { method, routeOptions: { url } } = request
    const operation = url === undefined ? undefined : operations.get(`${method === 'HEAD' ? 'GET' : method} ${toOpenApiPath(url)}`)
    if (operation === undefined && url !== undefined) return done()
    onSent(request, reply, (sent) => {
      const wrong = judge(request, sent) ?? (sent.status >= 400 ? writes.findChange(request) : undefined)
      writes.forget(request)
      if (wrong !== undefined) watch.t.fail(`${method} ${request.url}: ${wrong}`)
    })
    done()
  })
  app.addHook('preHandler', (request, _reply, done) => {
    if (!READING.includes(request.method)) writes.remember(request)
    done()
  })

  const judge = (request: FastifyRequest, sent: SentAnswer): string | undefined => {
    const { method, is404, fault, routeOptions: { url } } = request
    const { config } = watch
    if (request.isPreflight) return sent.status === 204 && sent.body === '' ? undefined : `a preflight is answered with ${sent.status}`
    if (is404 || url === undefined) {
      if (!WITHOUT_ROUTE.includes(sent.status)) return `${sent.status} without a route`
      return undefined
    }
    const operation = operations.get(`${method === 'HEAD' ? 'GET' : method} ${toOpenApiPath(url)}`)
    if (operation === undefined) return undefined
    // The answer is lost, or half of it.
    if (fault?.effect != null) return undefined
    if (fault != null && fault.status !== null) {
      if (sent.status !== fault.status && !HELD_BACK.includes(sent.status)) return `a fault of ${fault.status} answers ${sent.status}`
      return fault.body !== null || sent.status === 304
        ? undefined
        : findWrongRefusal(sent, { ...operation, dialect: config.dialect })
    }
    // What a fault holds back for too long.
    if (fault != null && HELD_BACK.includes(sent.status)) return undefined
    return findWrongAnswer(sent, operation, config)
  }
}

/** Takes what is sent in answer to a request, when the last of it is handed over. */
function onSent ({ method }: FastifyRequest, { raw }: FastifyReply, take: (sent: SentAnswer) => void): void {
  const response: ServerResponse = raw
  const { writeHead, write, end } = response
  const chunks: Array<string | Uint8Array> = []
  let head: object = {}
  let hasEnded = false
  const add = (chunk: unknown): void => { if (!hasEnded && (typeof chunk === 'string' || chunk instanceof Uint8Array)) chunks.push(chunk) }
  Object.assign(response, {
    writeHead (...args: unknown[]) {
      if (typeof args.at(-1) === 'object' && args.at(-1) !== null) head = args.at(-1) as object
      return Reflect.apply(writeHead, response, args)
    },
    write (...args: unknown[]) {
      add(args[0])
      return Reflect.apply(write, response, args)
    },
    end (...args: unknown[]) {
      add(args[0])
      if (!hasEnded) {
        hasEnded = true
        const only = chunks.length === 1 && typeof chunks[0] === 'string' ? chunks[0] : Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string))).toString()
        take({ status: response.statusCode, headers: { ...response.getHeaders(), ...head }, body: method === 'HEAD' ? null : only })
      }
      return Reflect.apply(end, response, args)
    }
  })
}

/** Tells whether a request has changed the database, when no other was handled meanwhile. */
function createWriteWatch (database: Database) {
  // Also counts what is undone: then the database has to be looked at.
  const count = database.prepare<[], number>('SELECT total_changes()').pluck()
  const before = new Map<FastifyRequest, { readonly count: number, readonly content: Buffer, isAlone: boolean }>()
  return {
    remember (request: FastifyRequest): void {
      for (const other of before.values()) other.isAlone = false
      before.set(request, { count: count.get() as number, content: database.serialize(), isAlone: before.size === 0 })
    },
    forget: (request: FastifyRequest): void => { before.delete(request) },
    findChange (request: FastifyRequest): string | undefined {
      const known = before.get(request)
      if (known === undefined || !known.isAlone || count.get() === known.count || known.content.equals(database.serialize())) return undefined
      return 'it is refused, and has changed the database'
    }
  }
}
