import type { Database, Statement } from 'better-sqlite3'
import type { CacheFactory } from '../../base/cache.ts'
import { countDifferences, differenceOf, DIFFERENCE_KINDS, type Difference, type DifferenceCount, type DifferenceCounts, type DifferenceKind, type DifferenceSubject, type DifferenceMembers } from '../../model/difference.ts'
import { compareWorlds } from '../../world/compare.ts'
import type { World } from '../../world/schema.ts'
import { readBaseline } from './baseline.ts'
import { IS_SAME, LOGGED_TABLES, RECORDED_KINDS, recordedDifferences, type RecordedKind } from './logged-tables.ts'
import type { Row } from './rows.ts'

/** Which differences are read. */
export interface DifferenceRange {
  /** Null: all kinds. */
  readonly kind: DifferenceKind | null
  /** The XUID or the gamertag of the user whom they are about; null: anybody and nobody. */
  readonly user: string | null
  /** What a page before has said; null: from the start. */
  readonly after: string | null
  /** How many at most; one row more may be read than fit. */
  readonly limit: number
}

/** A part of the differences, in the order of their kinds. */
export interface DifferencePage {
  readonly differences: Difference[]
  /** After which the next page begins; null: there is no more. */
  readonly next: string | null
}

/**
 * Prepares to compare the present with the world that a reset goes back to. What was changed since is in the undo logs
 * (migrations/002-undo.ts), so that this takes as long as there are changes, and not as there are users. Of a world that
 * was merged the start is kept as a document: the two are compared once after each change.
 */
export function prepareDifferences (database: Database, { cache, exportWorld }: { cache: CacheFactory, exportWorld: () => World }) {
  const findBaseline = database.prepare<[], string | null>('SELECT baseline FROM world').pluck()
  const compareMerged = cache.state({ name: 'differences', size: 1 }, (_key: 'all'): Difference[] =>
    [...compareWorlds(readBaseline(findBaseline.get() as string), exportWorld())])
  const isMerged = database.prepare<[], number>('SELECT baseline IS NOT NULL FROM world').pluck()
  database.function('in_order', { deterministic: true }, inOrder)
  const recorded = prepareRecorded(database)
  return {
    /** A page of the differences. */
    listDifferences (range: DifferenceRange): DifferencePage {
      return isMerged.get() === 1 ? pageOf(compareMerged('all'), range) : recorded.read(range)
    },

    /** How many differences there are of each kind. */
    countDifferences: (): DifferenceCounts => isMerged.get() === 1 ? countDifferences(compareMerged('all')) : recorded.count()
  }
}

/** The same JSON, the members of each object by name. */
const inOrder = (text: string): string => JSON.stringify(JSON.parse(text, (_name, value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, value[name]])) : value))

/** A page of a list that is there as a whole; its keys are places in it. */
function pageOf (all: readonly Difference[], { kind, user, after, limit }: DifferenceRange): DifferencePage {
  const wanted = user?.toLowerCase()
  const isListed = (difference: Difference): boolean =>
    (kind === null || difference.kind === kind) && (wanted === undefined || difference.xuid === wanted || difference.gamertag?.toLowerCase() === wanted)
  const differences: Difference[] = []
  for (let index = after === null ? 0 : Number(after) + 1; index < all.length; index++) {
    const difference = all[index] as Difference
    if (!isListed(difference)) continue
    differences.push(difference)
    if (differences.length === limit) return { differences, next: all.slice(index + 1).some(isListed) ? String(index) : null }
  }
  return { differences, next: null }
}

type KeyParameters = Record<string, string | number | null>

function prepareRecorded (database: Database) {
  const statements = new Map<string, Statement<[KeyParameters], Row>>()
  const statementFor = (kind: RecordedKind, isRanged: boolean, isOfUser: boolean): Statement<[KeyParameters], Row> => {
    const name = `${kind} ${isRanged} ${isOfUser}`
    const statement = statements.get(name) ?? database.prepare<[KeyParameters], Row>(`${recordedDifferences(LOGGED_TABLES[kind], { isRanged, isOfUser })} LIMIT :limit`)
    statements.set(name, statement)
    return statement
  }
  const count = database.prepare<[], DifferenceCount & { kind: RecordedKind }>(RECORDED_KINDS.map(countSql).join(' UNION ALL '))
  return {
    read ({ kind, user, after, limit }: DifferenceRange): DifferencePage {
      const [position, ...key] = after?.split(',') ?? []
      const begin = position === undefined ? 0 : RECORDED_KINDS.indexOf(position as RecordedKind)
      // A page that began before the world was merged, or put back, goes on nowhere.
      const kinds = begin === -1 ? [] : RECORDED_KINDS.slice(begin).filter((each) => kind === null || each === kind)
      const found: Array<{ place: string, differences: Difference[] }> = []
      for (const each of kinds) {
        if (found.length > limit) break
        const range = each === position ? key : null
        const parameters = { user, limit: limit + 1 - found.length, ...Object.fromEntries((range ?? []).map((value, index) => [`key${index}`, keyValue(each, index, value)])) }
        const { key: columns } = LOGGED_TABLES[each]
        for (const row of statementFor(each, range !== null, user !== null).all(parameters)) {
          found.push({ place: [each, ...columns.map((_column, index) => row[`key${index}`])].join(','), differences: toDifferences(each, row) })
        }
      }
      const page = found.slice(0, limit)
      return { differences: page.flatMap(({ differences }) => differences), next: found.length > limit ? (page.at(-1) as { place: string }).place : null }
    },

    count (): DifferenceCounts {
      const counted = new Map<DifferenceKind, DifferenceCount>(count.all().map(({ kind, ...numbers }) => [kind, numbers]))
      return Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, counted.get(kind) ?? { added: 0, changed: 0, removed: 0 }])) as DifferenceCounts
    }
  }
}

/** A column of a key: sandboxes are text, all others numbers. */
const keyValue = (kind: RecordedKind, index: number, value: string): string | number => LOGGED_TABLES[kind].key[index] === 'sandbox' ? value : Number(value)

const countSql = (kind: RecordedKind): string => `SELECT '${kind}' AS kind,
  total(now IS NOT NULL AND (was IS NULL OR NOT (${IS_SAME}))) AS added,
  total(was IS NOT NULL AND now IS NOT NULL AND ${IS_SAME}) AS changed,
  total(was IS NOT NULL AND (now IS NULL OR NOT (${IS_SAME}))) AS removed
FROM (${recordedDifferences(LOGGED_TABLES[kind], { isRanged: false, isOfUser: false })})`

/** The differences of a row: two when another entry has got the key of the one before. */
function toDifferences (kind: RecordedKind, row: Row): Difference[] {
  const [was, now, startPerson, presentPerson, startFriend, presentFriend] = ['was', 'now', 'startPerson', 'presentPerson', 'startFriend', 'presentFriend'].map((name) => JSON.parse(row[name] ?? 'null'))
  const about = (person: DifferenceMembers | null, friend: DifferenceMembers | null): DifferenceSubject => ({
    kind,
    ...person,
    ...friend !== null && { friend: friend as { xuid: string, gamertag: string } },
    ...row['titleId'] !== undefined && { titleId: row['titleId'], title: row['title'], sandbox: row['inSandbox'] },
    ...row['scid'] !== undefined && { achievement: { serviceConfigId: row['scid'], id: row['id'], name: row['name'] } }
  })
  const isSame = startPerson?.xuid === presentPerson?.xuid && row['startIdentity'] === row['presentIdentity']
  const pairs = was === null || now === null || isSame ? [[was, now]] : [[was, null], [null, now]]
  return pairs.map(([before, after]) => differenceOf(after === null ? about(startPerson, startFriend) : about(presentPerson, presentFriend), before, after) as Difference)
}
