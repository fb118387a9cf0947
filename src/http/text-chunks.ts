import { setImmediate } from 'node:timers/promises'

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
