import { accessPart } from './access/access.ts'
import { differentialPart } from './differential/differential.ts'
import { fuzzPart } from './fuzz/fuzz.ts'
import { holdPart } from './hold/hold.ts'
import { killsPart } from './kills/kills.ts'
import type { Part } from './part.ts'
import { rtaPart } from './rta/rta.ts'
import { slowPart } from './slow/slow.ts'
import { soakPart } from './soak/soak.ts'

/** Every part, in the order in which they run and are shown. */
export const PARTS: readonly Part[] = [fuzzPart, killsPart, holdPart, accessPart, differentialPart, slowPart, rtaPart, soakPart]
