import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { HEADER_DEFAULTS } from './headers.ts'

/** Sends a value as JSON, with the Content-Type of the service that answers. */
export function sendJson (reply: FastifyReply, body: object): FastifyReply {
  return sendText(reply.type(reply.request.headerDefaults.jsonType), JSON.stringify(body))
}

/** Sends a text whose Content-Type is set. Without a serializer of the reply's own Fastify would add a charset to it. */
export function sendText (reply: FastifyReply, text: string): FastifyReply {
  return reply.serializer(String).send(text)
}

/** Sends a long JSON text, piece by piece as it is written. */
export const sendPieces = (reply: FastifyReply, pieces: Iterable<string>): FastifyReply =>
  reply.type(HEADER_DEFAULTS.documented.jsonType).send(Readable.from(chunksOf(pieces)))

/** How many characters a chunk has before other requests are handled. */
const CHUNK_LENGTH = 64 * 1024
/** How long a chunk is put together at most, in ms: many pieces may be empty. */
const MAX_DURATION = 10

/**
 * Puts the pieces of a long text together to chunks, and lets other requests be handled after each chunk.
 * The whole text may be longer than a string can be, and take long to write.
 *
 * @param now a clock, in ms.
 */
export async function * chunksOf (pieces: Iterable<string>, now = (): number => performance.now()): AsyncGenerator<string> {
  let text = ''
  let end = now() + MAX_DURATION
  for (const piece of pieces) {
    text += piece
    if (text.length < CHUNK_LENGTH && now() < end) continue
    yield text
    text = ''
    await setImmediate()
    end = now() + MAX_DURATION
  }
  yield text
}
