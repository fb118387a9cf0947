import { constants } from 'node:buffer'
import { getHeapStatistics } from 'node:v8'

/** The longest world document, in bytes: its text has to fit a string, and it takes many times as much memory while it is read. */
export const LARGEST_WORLD = Math.min(constants.MAX_STRING_LENGTH, Math.floor(getHeapStatistics().heap_size_limit / 16))
