import { findSandboxes } from './sandboxes.ts'
import type { World } from './schema.ts'

/**
 * Merges a part of a world into a world: entries with a key that is there replace the members that
 * they give, others are added. What has no keys of its own (rewards, friends, sandboxes, …) is
 * replaced as a whole.
 *
 * Nothing is checked here: what is wrong with the part is wrong with the result, and found there.
 */
export function mergePatch (world: World, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const { ofTitle, ofConfiguration } = findSandboxes(world.titles)
  return mergeObject(world, patch, {
    titles: mergeList(titleKey, { achievements: mergeList(idKey, {}) }),
    users: mergeList(xuidKey, {
      titles: mergeSandboxed(titleKey, ({ titleId }) => ofTitle.get(titleId as number)),
      achievements: mergeSandboxed(progressKey, ({ serviceConfigId }) => ofConfiguration.get(text(serviceConfigId).toLowerCase()))
    }),
    sessions: mergeList(sessionKey, {})
  })
}

type Members = Readonly<Record<string, unknown>>
type Merge = (present: unknown, given: unknown) => unknown

/** What is neither a string nor a number is no key: the entry is added, and refused with the result. */
const text = (key: unknown): string => typeof key === 'string' || typeof key === 'number' ? String(key) : ''

const titleKey = ({ titleId }: Members): string => text(titleId)
const idKey = ({ id }: Members): string => text(id)
const xuidKey = ({ xuid }: Members): string => text(xuid).replace(/^0+(?=\d)/, '')
const progressKey = ({ serviceConfigId, id }: Members): string => `${text(serviceConfigId).toLowerCase()}/${text(id)}`
const sessionKey = ({ userHash, token }: Members): string => `${text(userHash)};${text(token)}`

/** Puts an entry among those that are there with its key. */
type PutEntry = (known: readonly Members[], given: Members) => Members[]

/** What is no entry comes last. */
function mergeEntries (keyOf: (entry: Members) => string, place: PutEntry): Merge {
  return (present, given) => {
    if (!Array.isArray(given) || !Array.isArray(present)) return given
    const merged = Map.groupBy(present.filter(isObject), keyOf)
    for (const entry of given.filter(isObject)) merged.set(keyOf(entry), place(merged.get(keyOf(entry)) ?? [], entry))
    return [...[...merged.values()].flat(), ...[...present, ...given].filter((entry) => !isObject(entry))]
  }
}

const mergeList = (keyOf: (entry: Members) => string, inside: Readonly<Record<string, Merge>>): Merge =>
  mergeEntries(keyOf, ([known], given) => [known === undefined ? given : mergeObject(known, given, inside)])

/**
 * Merges what a user did, where an entry that names no sandbox says what is so in every one: given, it
 * takes the place of those that name one; there, it becomes one for each sandbox once one is given that
 * names one.
 *
 * @param everywhereOf the sandboxes for which an entry stands that names none, in the world as it is.
 */
function mergeSandboxed (keyOf: (entry: Members) => string, everywhereOf: (entry: Members) => ReadonlySet<string> | undefined): Merge {
  return mergeEntries(keyOf, (known, given) => {
    const sandbox = sandboxOf(given)
    const everywhere = known.find((entry) => sandboxOf(entry) === null)
    if (sandbox === null) return [mergeObject(everywhere ?? {}, given, {})]
    const others = known.flatMap((entry) => entry === everywhere ? [...everywhereOf(entry) ?? [null]].map((each) => ({ ...entry, sandbox: each })) : [entry])
    const place = others.findIndex((entry) => sandboxOf(entry) === sandbox)
    return place === -1 ? [...others, given] : others.with(place, mergeObject(others[place] as Members, given, {}))
  })
}

const sandboxOf = ({ sandbox = null }: Members): unknown => sandbox

function mergeObject (present: Members, given: Members, inside: Readonly<Record<string, Merge>>): Members {
  // A document may have a member __proto__ or toString, which every object has.
  const merged = Object.entries(given).map(([name, value]) => [name, Object.hasOwn(inside, name) ? inside[name]?.(present[name], value) : value])
  return { ...present, ...Object.fromEntries(merged) }
}

function isObject (value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
