import type { Writable } from 'node:stream'

const ignore = (): void => {}

/**
 * Lets no error of a stream end the process: an output may be a pipe that nobody reads any more, or a
 * disk that is full. What is lost is lost.
 */
export function surviveErrors (stream: Writable): void {
  stream.off('error', ignore).on('error', ignore)
}
