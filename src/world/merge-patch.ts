import { findPublishedSandboxes } from './published-sandboxes.ts'
import type { World } from './schema.ts'

/**
 * Merges a patch, which is a part of a world document, into a world. An entry whose key the world has
 * replaces the members that it contains; other entries are added. A list without keys (rewards, friends,
 * sandboxes, …) is replaced as a whole.
 *
 * The patch is not checked here: the caller checks the result, which has the same problems.
 */
export function mergePatch (world: World, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const { ofTitle, ofConfiguration } = findPublishedSandboxes(world.titles)
  return mergeObject(world, patch, {
    titles: mergeList(titleKey, { achievements: mergeList(idKey, {}) }),
    users: mergeList(xuidKey, {
      titles: mergeBySandbox(titleKey, ({ titleId }) => ofTitle.get(titleId as number)),
      achievements: mergeBySandbox(progressKey, ({ serviceConfigId }) => ofConfiguration.get(text(serviceConfigId).toLowerCase()))
    }, dropFavorites),
    sessions: mergeList(sessionKey, {})
  })
}

type WorldObject = Readonly<Record<string, unknown>>
type Merge = (present: unknown, patch: unknown) => unknown

/** A key as text; empty for a value that cannot be a key. Such an entry is added, and the check of the result refuses it. */
const text = (key: unknown): string => typeof key === 'string' || typeof key === 'number' ? String(key) : ''

const titleKey = ({ titleId }: WorldObject): string => text(titleId)
const idKey = ({ id }: WorldObject): string => text(id)
const canonicalXuid = (xuid: unknown): string => text(xuid).replace(/^0+(?=\d)/, '')
const xuidKey = ({ xuid }: WorldObject): string => canonicalXuid(xuid)
const progressKey = ({ serviceConfigId, id }: WorldObject): string => `${text(serviceConfigId).toLowerCase()}/${text(id)}`
const sessionKey = ({ userHash, token }: WorldObject): string => `${text(userHash)};${text(token)}`

/** Merges a patch's entry into the entries that have its key. */
type MergeEntry = (present: readonly WorldObject[], patch: WorldObject) => WorldObject[]

/** Merges lists by key. Items that are not objects come last. */
function mergeByKey (keyOf: (entry: WorldObject) => string, mergeEntry: MergeEntry): Merge {
  return (present, patch) => {
    if (!Array.isArray(patch) || !Array.isArray(present)) return patch
    const merged = Map.groupBy(present.filter(isObject), keyOf)
    for (const entry of patch.filter(isObject)) merged.set(keyOf(entry), mergeEntry(merged.get(keyOf(entry)) ?? [], entry))
    return [...[...merged.values()].flat(), ...[...present, ...patch].filter((entry) => !isObject(entry))]
  }
}

/** @param adjust changes a merged entry, given its patch. */
const mergeList = (keyOf: (entry: WorldObject) => string, merges: Readonly<Record<string, Merge>>, adjust: (merged: WorldObject, patch: WorldObject) => WorldObject = (merged) => merged): Merge =>
  mergeByKey(keyOf, ([present], patch) => [present === undefined ? patch : adjust(mergeObject(present, patch, merges), patch)])

/** A user whose friends are replaced keeps those favourites who are still friends, unless the patch names the favourites, too. */
function dropFavorites (user: WorldObject, { friends, favorites }: WorldObject): WorldObject {
  const present = user['favorites']
  if (!Array.isArray(friends) || favorites !== undefined || !Array.isArray(present)) return user
  const kept = new Set(friends.map(canonicalXuid))
  return { ...user, favorites: present.filter((xuid) => kept.has(canonicalXuid(xuid))) }
}

/**
 * Merges entries of a user, which are valid in the sandbox that they name, or, when they name none, in every one.
 * A patch without a sandbox replaces the entries of all sandboxes. A patch with a sandbox splits an entry without
 * one into an entry for each sandbox.
 *
 * @param sandboxesOf the sandboxes in which an entry that names none is valid, in the present world.
 */
function mergeBySandbox (keyOf: (entry: WorldObject) => string, sandboxesOf: (entry: WorldObject) => ReadonlySet<string> | undefined): Merge {
  return mergeByKey(keyOf, (present, patch) => {
    const sandbox = namedSandbox(patch)
    const ofAll = present.find((entry) => namedSandbox(entry) === null)
    if (sandbox === null) return [mergeObject(ofAll ?? {}, patch, {})]
    const split = present.flatMap((entry) => entry === ofAll ? [...sandboxesOf(entry) ?? [null]].map((each) => ({ ...entry, sandbox: each })) : [entry])
    const index = split.findIndex((entry) => namedSandbox(entry) === sandbox)
    return index === -1 ? [...split, patch] : split.with(index, mergeObject(split[index] as WorldObject, patch, {}))
  })
}

const namedSandbox = ({ sandbox = null }: WorldObject): unknown => sandbox

/** @param merges how members are merged that are not simply replaced. */
function mergeObject (present: WorldObject, patch: WorldObject, merges: Readonly<Record<string, Merge>>): WorldObject {
  // `hasOwn`, as a document may have a member `__proto__` or `toString`, which every object inherits.
  const merged = Object.entries(patch).map(([name, value]) => [name, Object.hasOwn(merges, name) ? merges[name]?.(present[name], value) : value])
  return { ...present, ...Object.fromEntries(merged) }
}

function isObject (value: unknown): value is WorldObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
