import type { Writable } from 'node:stream'

const ignore = (): void => {}

/**
 * Ignores the errors of an output, which would end the process: it may be a pipe whose reader has gone, or a
 * file on a full disk. What cannot be written is lost.
 */
export function ignoreErrors (stream: Writable): void {
  stream.off('error', ignore).on('error', ignore)
}
