import type { JournalEntry } from '../../control/journal/entry.ts'
import type { FrameEntry } from '../../control/journal/frame.ts'
import { OUTCOMES, outcomeOf, type Outcome } from './journal-words.ts'

/** Which entries of the journal are shown, as the address of the page has it: each member is a text, empty when it does not choose. */
export interface JournalView {
  readonly method: string
  /** A status, or a class of them: `403`, `4xx`; `none` when there was none. */
  readonly status: string
  /** The beginning of the path. */
  readonly path: string
  /** The caller; `none`: nobody. */
  readonly xuid: string
  readonly titleId: string
  readonly version: string
  /** `no`: those that no route knew. */
  readonly matched: string
  /** `refused`, `hint`, `fault` or `reason`: any of them. */
  readonly why: string
  /** Words that are anywhere in it; with a minus before it, in none of its parts. */
  readonly q: string
}

const NAMES = ['method', 'status', 'path', 'xuid', 'titleId', 'version', 'matched', 'why', 'q'] as const

/** Reads a view from the parameters of an address. */
export const readView = (query: Readonly<Record<string, string>>): JournalView =>
  Object.fromEntries(NAMES.map((name) => [name, Object.hasOwn(query, name) ? query[name] as string : ''])) as unknown as JournalView

/** How many members of a view choose. */
export const countChosen = (view: JournalView): number => NAMES.filter((name) => view[name] !== '').length

/** The parameters that show everything again. */
export const EVERYTHING: Readonly<Record<string, string>> = Object.fromEntries(NAMES.map((name) => [name, '']))

/** Tells who a caller is. */
export type GamertagOf = (xuid: string) => string | undefined

/** Makes a test for entries. What it has found of an entry it remembers: entries do not change. */
export function createViewTest (view: JournalView, gamertagOf: GamertagOf): (entry: JournalEntry) => boolean {
  const known = new WeakMap<JournalEntry, boolean>()
  const hasWords = createWordTest(view.q)
  return (entry) => {
    const before = known.get(entry)
    if (before !== undefined) return before
    const result = hasChosen(entry, view) && (view.q === '' || hasWords(() => textOf(entry, gamertagOf)))
    known.set(entry, result)
    return result
  }
}

function hasChosen (entry: JournalEntry, view: JournalView): boolean {
  return (view.method === '' || entry.method === view.method) &&
    (view.status === '' || hasStatus(entry.status, view.status)) &&
    entry.path.startsWith(view.path) &&
    isOrNone(entry.claims?.xuid, view.xuid) &&
    isOrNone(entry.claims?.titleId, view.titleId) &&
    isOrNone(entry.contractVersion, view.version) &&
    (view.matched === '' || entry.matched === (view.matched !== 'no')) &&
    (view.why === '' || hasReason(entry, view.why))
}

const isOrNone = (value: string | number | null | undefined, wanted: string): boolean => wanted === '' || (value == null ? wanted === 'none' : String(value) === wanted)

const hasStatus = (status: number | null, wanted: string): boolean => String(status ?? 'none') === wanted || OUTCOMES[outcomeOf(status)].status === wanted

function hasReason ({ refusal, hint, fault, matched }: JournalEntry, why: string): boolean {
  const has: Readonly<Record<string, boolean>> = { refused: refusal !== null, hint: hint !== null, fault: fault !== null, reason: refusal !== null || hint !== null || fault !== null || !matched }
  return has[why] ?? true
}

function createWordTest (q: string): (text: () => string) => boolean {
  const words = q.toLowerCase().split(/\s+/).filter((word) => word !== '' && word !== '-')
  const [wanted, unwanted] = [words.filter((word) => !word.startsWith('-')), words.filter((word) => word.startsWith('-')).map((word) => word.slice(1))]
  return (read) => {
    const text = words.length === 0 ? '' : read().toLowerCase()
    return wanted.every((word) => text.includes(word)) && !unwanted.some((word) => text.includes(word))
  }
}

/** All that an entry says, as one text. */
function textOf (entry: JournalEntry, gamertagOf: GamertagOf): string {
  const xuid = entry.claims?.xuid
  return `${entry.method} ${entry.path}${entry.query === '' ? '' : `?${entry.query}`} ${String(entry.status ?? 'cut')} ${xuid == null ? '' : gamertagOf(xuid) ?? ''} ${JSON.stringify(entry)}`
}

/** Whether a frame belongs to a view: its words alone choose among frames, and their user. */
export function frameTest ({ q, xuid, ...others }: JournalView): (frame: FrameEntry) => boolean {
  const hasWords = createWordTest(q)
  const isOther = Object.values(others).some((value) => value !== '')
  return (frame) => !isOther && isOrNone(frame.xuid, xuid) && (q === '' || hasWords(() => `${frame.type} ${frame.direction} #${frame.connection} ${frame.xuid ?? ''} ${frame.text}`))
}

/** The parameters of a view that the emulator's own filters have; it leaves all that the view leaves, and perhaps more. */
export function serverFilterOf (view: JournalView): Readonly<Record<string, string>> {
  const isExact = /^\d+$|^none$/.test(view.status)
  const filter = {
    method: view.method,
    status: isExact ? view.status : '',
    // A star stands for any characters there.
    path: view.path.includes('*') ? '' : view.path,
    xuid: view.xuid,
    titleId: view.titleId,
    contractVersion: view.version,
    matched: view.matched === '' ? '' : String(view.matched !== 'no')
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

/** What may be chosen, as the entries have it: each value once, with how many have it, the most frequent first. */
export interface Choices {
  readonly methods: readonly Choice[]
  readonly outcomes: ReadonlyArray<{ readonly value: Outcome, readonly count: number }>
  readonly users: readonly Choice[]
  readonly titles: readonly Choice[]
  readonly versions: readonly Choice[]
}
export interface Choice { readonly value: string, readonly count: number }

export function choicesOf (entries: readonly JournalEntry[]): Choices {
  const count = <T extends string>(read: (entry: JournalEntry) => T): Array<{ readonly value: T, readonly count: number }> => {
    const counts = new Map<T, number>()
    for (const entry of entries) {
      const value = read(entry)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return Array.from(counts, ([value, count]) => ({ value, count })).sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
  }
  return {
    methods: count(({ method }) => method),
    outcomes: count(({ status }) => outcomeOf(status)),
    users: count(({ claims }) => claims?.xuid ?? 'none'),
    titles: count(({ claims }) => String(claims?.titleId ?? 'none')),
    versions: count(({ contractVersion }) => contractVersion ?? 'none')
  }
}
