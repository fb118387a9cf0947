import { setImmediate } from 'node:timers/promises'

/** How many characters are written before others have their turn. */
const TURN = 64 * 1024

/**
 * A long text, piece by piece: the whole of it may be longer than a string can be, and takes longer to
 * write than other requests should wait.
 */
export async function * inTurns (pieces: Iterable<string>): AsyncGenerator<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < TURN) continue
    yield text
    text = ''
    await setImmediate()
  }
  yield text
}
