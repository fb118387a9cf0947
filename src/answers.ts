import type { FastifyReply } from 'fastify'
import { createCache, type Cache } from './store/cache.ts'
import type { Store } from './store/open-store.ts'

/** A finished answer of status 200: its body, and the locales of its texts. */
export interface Answer {
  readonly body: string | Buffer
  readonly languages: ReadonlySet<string>
}

/** How much of finished answers is kept, in bytes. */
const KEPT = 16 * 1024 * 1024
/** Names of answers that are remembered. */
const NAMES = 1000
/** Up to so many characters Node sends a text in one piece with the headers, which is faster than a buffer. */
const SHORT = 4096

export type Answers = Cache<Answer>

/**
 * Answers that are the same until the next write, by all that they depend on. Who may see one is
 * decided anew for each request; what it holds is read and written once. Making it ready to be sent
 * again costs as much as sending it, so that is done for what is asked for a second time.
 */
export function createAnswers ({ revision }: Store): Answers {
  const keep = createCache<Answer>(revision.state, KEPT, ({ body }) => body.length)
  const asked = new Set<string>()
  return (name, make) => {
    if (asked.has(name)) {
      return keep(name, () => {
        const { body, languages } = make()
        return { body: body.length > SHORT ? Buffer.from(body as string) : body, languages }
      })
    }
    if (asked.size >= NAMES) asked.clear()
    asked.add(name)
    return make()
  }
}

/** Sends an answer; its headers say which locales were chosen, and by what. */
export function sendAnswer (reply: FastifyReply, { body, languages }: Answer): FastifyReply {
  reply.header('vary', 'Accept-Language')
  if (languages.size > 0) reply.header('content-language', [...languages].join(', '))
  reply.header('content-type', 'application/json; charset=utf-8')
  return reply.send(body)
}
