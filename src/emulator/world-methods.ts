import { Type } from '@sinclair/typebox'
import { foreignKind } from '../base/validation.ts'
import { describeAbout, type About } from '../control/about.ts'
import { describeHealth, type Health } from '../control/health.ts'
import { requireTitle } from '../control/title-routes.ts'
import { requireValid } from '../http/body.ts'
import { DIFFERENCE_KINDS, type Difference, type DifferenceKind } from '../model/difference.ts'
import { EVERY } from '../model/list.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { ListedTitle } from '../model/title.ts'
import { requireWorld } from '../operations/world.ts'
import type { World, WorldTitle } from '../world/schema.ts'
import type { WorldAchievementInput, WorldInput, WorldPlayedTitleInput, WorldProgressInput, WorldSessionInput, WorldTitleInput, WorldUserInput } from '../world/world-input.ts'
import type { MethodContext } from './context.ts'

/** A part of a world: what has the key of an entry that is there changes the members that are given, all else is added. */
export interface WorldPatch {
  readonly titles?: ReadonlyArray<Partial<Omit<WorldTitleInput, 'achievements'>> & {
    readonly titleId: number
    readonly achievements?: ReadonlyArray<Partial<WorldAchievementInput> & { readonly id: number }>
  }>
  readonly users?: ReadonlyArray<Partial<Omit<WorldUserInput, 'titles' | 'achievements'>> & {
    readonly xuid: string
    readonly titles?: ReadonlyArray<Partial<WorldPlayedTitleInput> & { readonly titleId: number }>
    readonly achievements?: readonly WorldProgressInput[]
  }>
  readonly sessions?: readonly WorldSessionInput[]
  readonly userKeys?: readonly string[]
}

export interface WorldMethods {
  /** Which emulator this is, and how large its world is. */
  readonly health: () => Health
  /** What is served, where and how. */
  readonly about: () => About
  /** The present state, as a world document that starts an identical emulator. */
  readonly world: () => World
  /** Puts another world in the place of this one. A reset goes back to it. */
  readonly replaceWorld: (world: WorldInput) => void
  /** Merges a part of a world into this one. */
  readonly patchWorld: (part: WorldPatch) => void
  /**
   * Goes back to the world of the start, or of the last `replaceWorld`. With `everything`, what was kept or set up beside
   * it goes, too: the clock, faults and the requests that they hold back, the journal, the counts of the rate limits, the
   * scrolls of the IGDB view, and the tokens of sign-ins.
   */
  readonly reset: (options?: { readonly everything?: boolean }) => void
  /** What is otherwise than at the start: than what a reset goes back to. Of a user (a XUID or gamertag), or a kind, alone. */
  readonly differences: (filter?: { readonly kind?: DifferenceKind, readonly user?: string }) => Difference[]
  /** The titles, in the order of their ids, without their achievements. */
  readonly titles: () => ListedTitle[]
  /** A title with its achievements, as a world has it. */
  readonly title: (titleId: number) => WorldTitle
}

const ResetOptions = Type.Object({
  everything: Type.Boolean({ default: false, errorMessage: 'true or false' })
}, { default: {}, additionalProperties: false, errorMessage: 'an object' })

/** More than any world has. */
const MOST_DIFFERENCES = 1e9

const DifferenceFilter = Type.Object({
  kind: Type.Union([...DIFFERENCE_KINDS.map((kind) => Type.Literal(kind)), Type.Null()], { default: null, errorMessage: `one of ${DIFFERENCE_KINDS.join(', ')}` }),
  user: Type.Union([Type.String(), Type.Null()], { default: null, errorMessage: 'a XUID in quotes, or a gamertag' })
}, { default: {}, additionalProperties: false, errorMessage: 'an object' })

export function worldMethods ({ served: { queue, services, services: { store }, resetEverything, addresses }, change }: MethodContext): WorldMethods {
  return {
    health: () => describeHealth(services),
    about: () => describeAbout(services, addresses),
    world: store.world.export,
    replaceWorld: (world) => {
      const document = requireWorld('world', copyOf(world))
      change('world.replace', () => ({ world: document, source: 'replaceWorld' }))
    },
    patchWorld: (part) => change('world.merge', () => ({ part: copyOf(part) })),
    reset: (options) => {
      if (requireValid(ResetOptions, options, 'The options of reset').everything) queue.runNow(resetEverything)
      else change('world.reset', () => ({}))
    },
    differences: (filter) => {
      const { kind, user } = requireValid(DifferenceFilter, filter, 'The filter')
      return store.world.listDifferences({ kind, user, after: null, limit: MOST_DIFFERENCES }).differences
    },
    titles: () => store.catalogue.listTitles({ after: null, limit: EVERY }),
    title: (titleId) => requireTitle(store, String(titleId))
  }
}

/**
 * A copy of a document of the caller's, which becomes part of the world and is changed.
 *
 * @param refuse makes the error for what is no data, such as a function or a Map; by default a 400.
 */
export function copyOf<T> (document: T, refuse: (message: string) => Error = invalidRequest): T {
  // structuredClone copies a Map, too, which would be read as an empty world.
  const kind = foreignKind(document)
  if (kind !== undefined) throw refuse(`The world is ${kind}; expected an object with titles, users and sessions.`)
  try {
    return structuredClone(document)
  } catch (error) {
    throw refuse(`The world cannot be copied: ${(error as Error).message}`)
  }
}
