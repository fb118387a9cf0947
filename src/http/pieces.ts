import { setImmediate } from 'node:timers/promises'

/** How many characters are written before others have their turn. */
const TURN = 64 * 1024
/** And for how long, in ms: many pieces may be empty. */
const LONGEST_TURN = 10

/**
 * A long text, piece by piece: the whole of it may be longer than a string can be, and takes longer to
 * write than other requests should wait.
 *
 * @param now a clock, in ms.
 */
export async function * inTurns (pieces: Iterable<string>, now = (): number => performance.now()): AsyncGenerator<string> {
  let text = ''
  let end = now() + LONGEST_TURN
  for (const piece of pieces) {
    text += piece
    if (text.length < TURN && now() < end) continue
    yield text
    text = ''
    await setImmediate()
    end = now() + LONGEST_TURN
  }
  yield text
}
