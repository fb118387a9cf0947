import type { Test } from 'tap'
import type { Dialect } from '../src/model/dialect.ts'
import { FILTER_NAMES, NEUTRAL, toRequest, VALUES, type FilterName, type Reading } from '../torture/differential/steps.ts'
import { TITLES } from '../torture/differential/world.ts'
import { build } from './helper.ts'

/**
 * A world that has every combination of what filters tell apart, and what each filter keeps of it, decided without
 * SQL. A new filter needs a row in KEEPS, and in VARIANTS what its values tell apart.
 */

/** What the achievements of a title differ in. A title has one of each combination. */
const VARIANTS: ReadonlyArray<ReadonlyArray<Partial<Defined>>> = [
  [{ isSecret: false }, { isSecret: true }],
  [
    { achievementType: 'Persistent', timeWindow: null },
    { achievementType: 'Challenge', timeWindow: { startDate: '2019-01-01T00:00:00Z', endDate: '2020-06-20T00:00:00Z' } },
    { achievementType: 'Challenge', timeWindow: { startDate: '2019-01-01T00:00:00Z', endDate: '2020-06-10T00:00:00Z' } }
  ]
]

interface Defined {
  readonly isSecret: boolean
  readonly achievementType: string
  readonly timeWindow: { readonly startDate: string, readonly endDate: string } | null
}

export interface Known extends Defined {
  /** No two have the same, in all titles. */
  readonly id: number
  readonly titleId: number
  readonly generation: 'modern' | 'xbox360'
  readonly isUnlocked: boolean
}

/** Whether a filter with a value keeps an achievement in a list. */
export const KEEPS: Readonly<Record<FilterName, (known: Known, value: string, reading: Reading) => boolean>> = {
  titleId: ({ titleId }, value) => value.split(',').includes(String(titleId)),
  types: ({ achievementType }, value) => value.split(',').includes(achievementType),
  unlockedOnly: ({ isUnlocked }, value, reading) => isUnlocked || value === 'false' || isOfDefinitions(reading),
  possibleOnly: () => true
}

export const isOfDefinitions = ({ resource, possibleOnly }: Reading): boolean => resource === 'titleachievements' || possibleOnly === 'true'

/** Whether all filters of a reading keep an achievement. */
export const keeps = (known: Known, reading: Reading): boolean =>
  FILTER_NAMES.every((name) => reading[name] === null || KEEPS[name](known, reading[name], reading))

/** The achievements of one title: each combination, once unlocked and once not. */
function knownOf ({ titleId, generation }: Pick<Known, 'titleId' | 'generation'>): Known[] {
  const combined = VARIANTS.reduce((made, variants) => made.flatMap((one) => variants.map((variant) => ({ ...one, ...variant }))), [{}])
  return [true, false].flatMap((isUnlocked) => combined.map((one) => ({ ...one, isUnlocked })))
    // Descending, so that the order by id is not that of definition.
    .map((one, index) => ({ ...one as Defined & { isUnlocked: boolean }, id: 100 * titleId + 50 - index, titleId, generation }))
}

/** Two titles of each generation. A list of a title has everything of its configuration, so each has its own. */
export const configurationOf = (titleId: number): string => `aaaaaaaa-0000-0000-0000-0000000000${titleId}`
const WORLD_TITLES = ([[30, 'modern'], [10, 'modern'], [40, 'xbox360'], [35, 'xbox360']] as const).map(([titleId, generation]) => ({ titleId, generation }))
export const KNOWN = WORLD_TITLES.flatMap(knownOf)

const world = {
  titles: WORLD_TITLES.map((title) => ({
    ...title,
    name: String(title.titleId),
    serviceConfigId: configurationOf(title.titleId),
    achievements: KNOWN.filter(({ titleId }) => titleId === title.titleId)
      .map(({ id, titleId, generation, isUnlocked, ...defined }) => ({ id, name: String(id), ...defined }))
  })),
  users: [{
    xuid: NEUTRAL.xuid,
    gamertag: 'gamer',
    achievements: KNOWN.filter(({ isUnlocked }) => isUnlocked).map(({ id, titleId }) => ({
      serviceConfigId: configurationOf(titleId), id, percentComplete: 100, timeUnlocked: `2020-01-${10 + id % 7}T00:00:00Z`
    }))
  }],
  sessions: [{ userHash: NEUTRAL.userHash, token: NEUTRAL.token, xuid: NEUTRAL.xuid }]
}

/** Each list, in each generation. The catalogue has to be asked with a title: here, with every one. */
export const LISTS: ReadonlyArray<Pick<Reading, 'resource' | 'version'> & { generation: Known['generation'], titleId: string | null }> = [
  { resource: 'achievements', version: '2', generation: 'modern', titleId: null },
  { resource: 'achievements', version: '1', generation: 'xbox360', titleId: null },
  { resource: 'titleachievements', version: '1', generation: 'xbox360', titleId: TITLES.join() }
]

export const given = (name: FilterName): string[] => VALUES[name].filter((value) => value !== null)

export interface Page {
  readonly status: number
  readonly ids: number[]
  readonly items: unknown
  readonly token: string | null
  readonly total: number
}

export function ask (t: Test, dialect: Dialect) {
  const { app, ...emulator } = build(t, { world, config: { dialect } })
  const read = async (reading: Reading, token: string | null = null): Promise<Page> => {
    const { statusCode, body } = await app.inject(toRequest(reading, token))
    const { achievements = [], pagingInfo } = JSON.parse(body)
    return { status: statusCode, ids: achievements.map(({ id }: { id: string | number }) => Number(id)), items: achievements, token: pagingInfo?.continuationToken ?? null, total: pagingInfo?.totalRecords }
  }
  const readWhole = async (reading: Reading): Promise<Page> => await read({ ...reading, maxItems: 1000 })
  /** The ids of all pages, and each count that is not the expected one. */
  const walk = async (reading: Reading, { size, total }: { size: number, total: number }, by: 'token' | 'skipItems'): Promise<unknown[]> => {
    const seen: unknown[] = []
    let token: string | null = '0'
    for (let skip = 0; by === 'token' ? token !== null : skip <= total; skip += size) {
      const page: Page = await read({ ...reading, maxItems: size, ...by === 'skipItems' && { skipItems: skip } }, by === 'token' ? token : null)
      seen.push(...page.ids, ...page.total === total ? [] : [`totalRecords ${page.total}`])
      if (page.ids.length === 0 && by === 'token') break
      token = page.token
    }
    return seen
  }
  return { app, ...emulator, read, readWhole, walk }
}

export const sameItems = (one: Page, other: Page): boolean => JSON.stringify(one.items) === JSON.stringify(other.items)

export const nameOf = ({ resource, version, ...query }: Reading): string =>
  `${resource} v${version} ${['orderBy', ...FILTER_NAMES].map((name) => [name, query[name as FilterName]]).filter(([, value]) => value !== null).map((pair) => pair.join('=')).join('&')}`
