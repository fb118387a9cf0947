import { fuzzPart } from './fuzz/fuzz.ts'
import type { Part } from './part.ts'

/** Every part, in the order in which they run and are shown. */
export const PARTS: readonly Part[] = [fuzzPart]
