import { isDeepStrictEqual } from 'node:util'

export const DIFFERENCE_KINDS = ['title', 'achievement', 'user', 'friend', 'play', 'progress', 'session'] as const
export type DifferenceKind = typeof DIFFERENCE_KINDS[number]

export const DIFFERENCE_OUTCOMES = ['added', 'changed', 'removed'] as const
export type DifferenceOutcome = typeof DIFFERENCE_OUTCOMES[number]

/** Members of an entry of a world, by name. */
export type DifferenceMembers = Readonly<Record<string, unknown>>

/** Something that one world has otherwise than another. What does not belong to its kind is null. Nothing of it is secret. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly what: DifferenceOutcome
  /** Whom it is about. */
  readonly xuid: string | null
  readonly gamertag: string | null
  readonly titleId: number | null
  /** The name of the title. */
  readonly title: string | null
  readonly sandbox: string | null
  /** Of a friendship: whom the user has added. */
  readonly friend: { readonly xuid: string, readonly gamertag: string } | null
  readonly achievement: { readonly serviceConfigId: string, readonly id: number, readonly name: string } | null
  /** The members that differ, as they were; null: there was no such entry. */
  readonly before: DifferenceMembers | null
  /** The same, as they are; null: there is none any more. */
  readonly after: DifferenceMembers | null
}

/** Whom and what a difference is about. */
export type DifferenceSubject = Partial<Omit<Difference, 'what' | 'before' | 'after'>> & Pick<Difference, 'kind'>

/**
 * Compares an entry with what it was.
 *
 * @returns undefined when nothing differs.
 */
export function differenceOf (subject: DifferenceSubject, before: DifferenceMembers | null, after: DifferenceMembers | null): Difference | undefined {
  if (before === null && after === null) return undefined
  const [was, is] = before === null || after === null ? [before, after] : differingMembers(before, after)
  if (was !== null && is !== null && Object.keys(is).length === 0) return undefined
  const what = was === null ? 'added' : is === null ? 'removed' : 'changed'
  const { kind, xuid = null, gamertag = null, titleId = null, title = null, sandbox = null, friend = null, achievement = null } = subject
  return { kind, what, xuid, gamertag, titleId, title, sandbox, friend, achievement, before: was, after: is }
}

/** The members whose values differ. Both have the same members. */
function differingMembers (before: DifferenceMembers, after: DifferenceMembers): [DifferenceMembers, DifferenceMembers] {
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]))
  const pick = (members: DifferenceMembers): DifferenceMembers => Object.fromEntries(names.map((name) => [name, members[name]]))
  return [pick(before), pick(after)]
}

/** How many differences there are of a kind. */
export type DifferenceCount = Readonly<Record<DifferenceOutcome, number>>
export type DifferenceCounts = Readonly<Record<DifferenceKind, DifferenceCount>>

/** Counts differences by kind. */
export function countDifferences (differences: Iterable<Difference>): DifferenceCounts {
  const counts = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, { added: 0, changed: 0, removed: 0 }])) as Record<DifferenceKind, Record<DifferenceOutcome, number>>
  for (const { kind, what } of differences) counts[kind][what]++
  return counts
}
