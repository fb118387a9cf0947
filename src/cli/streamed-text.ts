import { open } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { draftOf, withoutDraftName } from '../base/draft-file.ts'
import { isNoFile } from '../base/replace-file.ts'
import { print, type CommandProcess } from './output.ts'

/** How much is gathered before it is written, in characters. */
const PIECE = 0x10000

/**
 * Writes a text to a file that may be larger than the memory. A file has its name once it is complete; a pipe or a
 * device is written to.
 *
 * @param mayReplace whether a file of that name may be replaced.
 * @param signal ends the work; nothing is left of the file then.
 * @throws an error of the file system. Its code is EEXIST when there is such a file, and it may not be replaced.
 */
export async function streamToFile (file: string, texts: Iterable<string>, { mayReplace, signal }: { mayReplace: boolean, signal: AbortSignal }): Promise<void> {
  const draft = isNoFile(file) ? undefined : draftOf(file, mayReplace)
  const handle = await (draft === undefined ? open(file, 'w') : open(draft.path, 'wx').catch((error: Error) => { throw withoutDraftName(error) }))
  try {
    for (const piece of gather(texts)) {
      signal.throwIfAborted()
      await handle.write(piece)
    }
    await handle.close()
    draft?.publish()
  } finally {
    await handle.close()
    draft?.discard()
  }
}

/** Writes a text to standard output that may be larger than the memory, and stops when its reader has gone. */
export async function streamToOutput (process: CommandProcess, texts: Iterable<string>): Promise<void> {
  for (const piece of gather(texts)) {
    if (!await print(process, piece)) return
    // A signal can end the process.
    await setImmediate()
  }
}

function * gather (texts: Iterable<string>): Generator<string> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}
