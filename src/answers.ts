import type { FastifyReply } from 'fastify'
import { createCache, type Cache } from './store/cache.ts'
import type { Store } from './store/open-store.ts'

/** A finished answer of status 200: its body, and the locales of its texts. */
export interface Answer {
  readonly body: Buffer
  readonly languages: ReadonlySet<string>
}

/** How much of finished answers is kept, in bytes. */
const KEPT = 16 * 1024 * 1024

export type Answers = Cache<Answer>

/**
 * Answers that are the same until the next write, by all that they depend on. Who may see one is
 * decided anew for each request; what it holds is read and written once.
 */
export const createAnswers = ({ revision }: Store): Answers =>
  createCache<Answer>(revision.state, KEPT, ({ body }) => body.length)

/** Sends an answer; its headers say which locales were chosen, and by what. */
export function sendAnswer (reply: FastifyReply, { body, languages }: Answer): FastifyReply {
  reply.header('vary', 'Accept-Language')
  if (languages.size > 0) reply.header('content-language', [...languages].join(', '))
  reply.header('content-type', 'application/json; charset=utf-8')
  return reply.send(body)
}
