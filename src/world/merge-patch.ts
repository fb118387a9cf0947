/**
 * Merges a part of a world into a world: entries with a key that is there replace the members that
 * they give, others are added. What has no keys of its own (rewards, friends, sandboxes, …) is
 * replaced as a whole.
 *
 * Nothing is checked here: what is wrong with the part is wrong with the result, and found there.
 */
export function mergePatch (world: object, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  return mergeObject(world as Members, patch, {
    titles: mergeList(titleKey, { achievements: mergeList(idKey, {}) }),
    users: mergeList(xuidKey, { titles: mergeList(titleKey, {}), achievements: mergeList(progressKey, {}) }),
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

function mergeList (keyOf: (entry: Members) => string, inside: Readonly<Record<string, Merge>>): Merge {
  return (present, given) => {
    if (!Array.isArray(given) || !Array.isArray(present)) return given
    const merged = new Map<string, unknown>(present.map((entry) => [keyOf(entry), entry]))
    const rest = given.filter((entry) => {
      if (!isObject(entry)) return true
      const known = merged.get(keyOf(entry))
      merged.set(keyOf(entry), isObject(known) ? mergeObject(known, entry, inside) : entry)
      return false
    })
    return [...merged.values(), ...rest]
  }
}

function mergeObject (present: Members, given: Members, inside: Readonly<Record<string, Merge>>): Members {
  // A document may have a member __proto__ or toString, which every object has.
  const merged = Object.entries(given).map(([name, value]) => [name, Object.hasOwn(inside, name) ? inside[name]?.(present[name], value) : value])
  return { ...present, ...Object.fromEntries(merged) }
}

function isObject (value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
